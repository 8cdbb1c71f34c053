/** What becomes of a row, and why. */
import type { ImportRowsTable } from "../platform/store/tables.ts";
import type { Broken } from "./reading/row.ts";

export type Verdict = ImportRowsTable["verdict"];

export const verdicts: readonly Verdict[] = ["added", "updated", "unchanged", "number", "skipped", "refused"];

/** Why a row is refused; each has its sentence in words.ts. */
export type Refused =
  | Broken
  | "unusable-sign"
  | "nobody"
  | "name"
  | "login"
  | "email"
  | "login-taken"
  | "role-unknown"
  | "role-above"
  | "rank-above"
  | "own-account"
  | "id-of-another"
  | "status-unclear"
  | "doubled"
  | "several";

/** What is worth knowing of a row that is taken. */
export type Note =
  | "phone-left-out"
  | "phone-taken"
  | "email-shared"
  | "email-taken"
  | "contact-kept"
  | "position-left-out"
  | "department-left-out"
  | "signs-in-elsewhere"
  | "hash-too-costly"
  | "hash-too-quick"
  | "hash-unknown"
  | "hash-kept"
  | "password-unusable"
  | "external-type"
  | "no-such-person"
  | "number-without-id";

/**
 * `noted`: the rows, of whatever verdict, that there is something to say about. `line`: the last one that was
 * reached; what is kept of later lines is what an earlier step said.
 */
export type Counts = Record<Verdict | "noted" | "line", number>;

export function noCounts(): Counts {
  return { added: 0, updated: 0, unchanged: 0, number: 0, skipped: 0, refused: 0, noted: 0, line: 0 };
}
