/** What is said in a case: by the applicant on the page and by letter, by staff, and among staff. */
import type { Language } from "../../platform/language/language.ts";
import { newId } from "../../platform/secrets/ids.ts";
import type { Reader, Writer } from "../../platform/store/store.ts";
import * as budgets from "../../platform/throttle/budgets.ts";
import { spend } from "../../platform/throttle/throttle.ts";
import { promisedAt } from "../opening.ts";
import * as cases from "../rows.ts";
import { isOpen } from "../states.ts";
import { type Doer, moveCase, type SupportTools } from "../tools.ts";
import { type JudgedFile, MOST_CASE_FILES } from "./files.ts";
import * as rows from "./rows.ts";

export {
  downloadHeaders,
  type FilesOutcome,
  type JudgedFile,
  judgeFiles,
  MOST_FILE_BYTES,
  MOST_FILES,
} from "./files.ts";
export { type EntryRow, type FileLabel, type FileRow, fileOf, type TemplateRow } from "./rows.ts";
export { keepTemplate, removeTemplate, templatesOf } from "./templates.ts";

export const LONGEST_TEXT = 4_000;

export interface ThreadEntry extends rows.EntryRow {
  files: rows.FileLabel[];
}

/** The whole thread, oldest first. */
export async function threadOf(read: Reader, caseId: string): Promise<ThreadEntry[]> {
  const [entries, files] = await Promise.all([rows.entriesOf(read, caseId), rows.filesOf(read, caseId)]);
  const byEntry = Map.groupBy(files, (file) => file.entry_id);
  return entries.map((entry) => ({ ...entry, files: byEntry.get(entry.id) ?? [] }));
}

export interface Said {
  text: string;
  files: readonly JudgedFile[];
  /** Of a letter: who sent it, whether that is the confirmed address, and whether it was kept before. */
  letter?: { from: string; confirmed: boolean; firstTime(write: Writer): Promise<boolean> };
}

export type SayOutcome =
  | { kind: "said" }
  /** The case takes no more words. */
  | { kind: "over" }
  | { kind: "full" }
  | { kind: "throttled"; retryAt: number };

/**
 * The applicant's words. A case that waited for them goes back to its handler, with an answer promised anew.
 * A letter from an address that nobody confirmed is kept, shown as such, and moves nothing.
 */
export async function sayAsApplicant(
  tools: SupportTools,
  caseId: string,
  said: Said,
  by: Doer,
): Promise<SayOutcome> {
  const limited = await spend(tools, [{ budget: budgets.deskReplies, subject: caseId }]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  return tools.store.transact(async (write): Promise<SayOutcome> => {
    const found = await cases.caseById(write, caseId);
    if (!found || !isOpen(found.state)) return { kind: "over" };
    const kept = await rows.filesOf(write, caseId);
    if (kept.length + said.files.length > MOST_CASE_FILES) return { kind: "full" };
    if (said.letter && !(await said.letter.firstTime(write))) return { kind: "said" };
    const foreign = said.letter?.confirmed === false;
    await enter(tools, write, caseId, {
      kind: foreign ? "foreign" : "applicant",
      authorId: null,
      said,
    });
    if (foreign) return { kind: "said" };
    const now = tools.clock.now();
    if (found.state === "asked") {
      await moveCase(tools, write, found, { move: "answer", by, set: { due_at: promisedAt(tools, now) } });
    } else {
      await cases.setCase(write, caseId, { moved_at: now });
    }
    return { kind: "said" };
  });
}

/** Puts words into the thread; the entry's id. */
export async function enter(
  tools: SupportTools,
  write: Writer,
  caseId: string,
  entry: { kind: rows.EntryRow["kind"]; authorId: string | null; said: Said },
): Promise<string> {
  const id = newId();
  const { text, files, letter } = entry.said;
  await rows.insertEntry(write, {
    id,
    case_id: caseId,
    at: tools.clock.now(),
    kind: entry.kind,
    author_id: entry.authorId,
    sender: letter?.from ?? "",
    text,
  });
  for (const file of files) {
    await rows.insertFile(write, { id: newId(), case_id: caseId, entry_id: id, ...file });
  }
  return id;
}

/** «120 КБ», «1,5 МБ». */
export function sizeText(bytes: number, language: Language): string {
  const kb = Math.max(1, Math.round(bytes / 1024));
  const units = { ru: ["КБ", "МБ"], en: ["KB", "MB"] }[language];
  const amount = kb < 1024 ? kb : Math.round(kb / 102.4) / 10;
  return `${amount.toLocaleString(language)}\u00a0${units[kb < 1024 ? 0 : 1]}`;
}

/** The typed words, as they are kept; undefined when they are none, or too many. */
export function readWords(typed: string): string | undefined {
  const text = typed
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return text !== "" && text.length <= LONGEST_TEXT ? text : undefined;
}
