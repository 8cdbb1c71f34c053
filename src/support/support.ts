/** The desk: help for who has neither mailbox nor phone nor password. */
export { appealCase, withdrawCase } from "./applicant.ts";
export {
  type ApproveOutcome,
  approveCase,
  involvedInCase,
  lookAtCaseVeto,
  pressCaseVeto,
  recallCase,
  type VetoLook,
} from "./approval.ts";
export {
  askPhoneCode,
  countEvidence,
  type EvidenceKind,
  type EvidenceRow,
  enterPhoneCode,
  evidenceById,
  evidenceKinds,
  evidenceOf,
} from "./evidence/evidence.ts";
export { answerVouch, askColleague, isAsked, isUnanswered, type Weakness } from "./evidence/vouching.ts";
export { type DeskFigures, deskFigures, FIGURES_DAYS, type QueueNow, queueNow } from "./figures.ts";
export { type FinishOutcome, finishCase, type LinkLook, lookAtCaseLink, sendLinkAgain } from "./finish.ts";
export { caseMail } from "./mail.ts";
export { type CaseForm, confirmCase, openCase, sendKeyAgain } from "./opening.ts";
export { type DeskPolicy, deskPolicyFor } from "./policy.ts";
export { findCases, NEVER_DUE, type QueueFilter, type QueuePlace, queue } from "./queue/rows.ts";
export { type Risk, risksOf } from "./risks.ts";
export {
  type CaseRow,
  caseById,
  caseByNumber,
} from "./rows.ts";
export {
  answerCase,
  handOver,
  nameAccount,
  noteDocument,
  noteInside,
  noteMeeting,
  type ProposeOutcome,
  proposeCase,
  putBack,
  refuseCase,
  returnCase,
  type StaffOutcome,
  takeCase,
} from "./staff.ts";
export { type CaseState, isHandled, isOpen, type Move, seenStates } from "./states.ts";
export { purgeCases, startTending, tendCases } from "./tending.ts";
export {
  downloadHeaders,
  type FileRow,
  fileOf,
  judgeFiles,
  keepTemplate,
  LONGEST_TEXT,
  MOST_FILE_BYTES,
  MOST_FILES,
  readWords,
  removeTemplate,
  sizeText,
  type TemplateRow,
  type ThreadEntry,
  templatesOf,
  threadOf,
} from "./thread/thread.ts";
export type { Doer, SupportTools } from "./tools.ts";
