/** Rows of a file as people that could be added: what depends on the row alone. */
import { judgeContact, judgePerson, type PersonDraft, readIdentifier } from "../accounts/accounts.ts";
import type { Meaning } from "./columns.ts";
import { asNewPerson, type FilePerson, readPerson } from "./person.ts";
import type { FileRow } from "./reading/row.ts";
import type { ImportSettings } from "./settings.ts";
import type { Note, Refused } from "./verdicts.ts";

type FileValues = Readonly<Record<string, string>>;

export interface Candidate {
  kind: "person";
  line: number;
  /** Names the person within the file and, with `match`, among those who are there. */
  key: string;
  person: FilePerson;
  draft: PersonDraft;
  notes: Note[];
  values: Readonly<Record<string, string>>;
}

/** A confirmed number that a dump tells of separately. */
export interface NumberRow {
  kind: "number";
  line: number;
  externalId: string;
  value: string;
  key: string;
  confirmed: boolean;
}

export type JudgedRow =
  | Candidate
  | NumberRow
  | { kind: "skipped"; line: number; shown: string; notes: Note[] }
  | { kind: "refused"; line: number; shown: string; why: Refused; values: Readonly<Record<string, string>> };

export async function judgeRow(row: FileRow, settings: ImportSettings): Promise<JudgedRow> {
  const { line } = row;
  if (row.kind === "broken") {
    // As much as tells the line again; where a column holds passwords, nothing of it.
    const isSecret = Object.values(settings.columns).some(isOfPasswords);
    const text = isSecret ? "" : row.text.replaceAll("\0", "").slice(0, 200);
    return { kind: "refused", line, shown: text.slice(0, 80), why: row.why, values: { "": text } };
  }
  if (row.table === "b_user_phone_auth") return judgeNumber(line, row.values);
  const read = readPerson(row.values, settings.columns);
  const values = withoutPasswords(row.values, settings);
  if (read.kind === "skipped") return { kind: "skipped", line, shown: "", notes: [read.why] };
  if (read.kind === "refused") return { kind: "refused", line, shown: read.shown, why: read.why, values };
  const { person, notes } = read;
  const refused = (why: Refused): JudgedRow => ({ kind: "refused", line, shown: person.name, why, values });
  if (person.login === "") return refused("nobody");
  let judged = await judgePerson(asNewPerson(person, false));
  if (judged.kind === "refused" && judged.field === "phone") {
    notes.push("phone-left-out");
    person.phone = "";
    judged = await judgePerson(asNewPerson(person, false));
  }
  if (judged.kind === "refused") return refused(judged.field === "phone" ? "nobody" : judged.field);
  const { draft } = judged;
  return { kind: "person", line, key: await keyOf(person, draft, settings), person, draft, notes, values };
}

const isOfPasswords = (meaning: Meaning) => meaning === "hash" || meaning === "password";

/** What is kept of a row for the file to take back: of a dump the columns that are read, and never a hash. */
function withoutPasswords(values: FileValues, { columns, source }: ImportSettings): FileValues {
  const kept = source.format === "bitrix" ? Object.keys(columns) : Object.keys(values);
  return Object.fromEntries(
    kept.map((name) => [name, isOfPasswords(columns[name] ?? "login") ? "" : (values[name] ?? "")]),
  );
}

async function keyOf(person: FilePerson, draft: PersonDraft, { match }: ImportSettings): Promise<string> {
  if (match === "external-id" && person.externalId !== "") return `id ${person.externalId}`;
  const email = draft.identifiers.find(({ kind }) => kind === "email")?.key;
  if (match === "email" && email !== undefined) return `email ${email}`;
  return `login ${await loginKeyOf(person.login)}`;
}

/** As it is read at sign-in; the draft has been judged, so it can be. */
export async function loginKeyOf(login: string): Promise<string> {
  const read = await readIdentifier(login);
  return read.kind === "understood" ? read.identifier.key : "";
}

async function judgeNumber(line: number, values: Readonly<Record<string, string>>): Promise<JudgedRow> {
  const { USER_ID: externalId = "", PHONE_NUMBER: number = "", CONFIRMED = "" } = values;
  const judged = await judgeContact("phone", number);
  if (judged.kind !== "fine" || externalId === "") {
    return { kind: "skipped", line, shown: externalId, notes: ["phone-left-out"] };
  }
  const { value, key } = judged.contact;
  return { kind: "number", line, externalId, value, key, confirmed: CONFIRMED === "Y" };
}
