/** How the e-mail and the phone of an account change: asked, proved, in force, undone. */
export {
  type Asking,
  type AskOutcome,
  askAgain,
  askForChange,
  type ContactTools,
  cancelChange,
  type PendingChange,
  pendingChange,
} from "./ask.ts";
export { purgeContactChanges } from "./rows.ts";
export {
  confirmByCode,
  confirmByLink,
  type LinkLook,
  type LinkOutcome,
  lookAtLink,
  type PhoneOutcome,
  removePhone,
  replaceMailbox,
} from "./settle.ts";
export { replacedSince, type Undone, undoChanges, whatWouldBeUndone } from "./undo.ts";
