/** What becomes of each row of a batch, by what the database says now. Changes nothing. */
import {
  type Account,
  type KeyOwner,
  ownersOf,
  type Person,
  peopleByIds,
  type Role,
  ranksAbove,
} from "../accounts/accounts.ts";
import { withPassword } from "../passwords/passwords.ts";
import type { Reader } from "../platform/store/store.ts";
import { type Candidate, type JudgedRow, loginKeyOf, type NumberRow } from "./judging.ts";
import * as rows from "./rows.ts";
import type { ImportSettings } from "./settings.ts";
import type { Note, Refused } from "./verdicts.ts";

/** Who brings the file, with the rank of this moment. */
export interface Bringer {
  id: string;
  role: Role;
}

export type Decision =
  | {
      kind: "add";
      row: Candidate;
      notes: Note[];
      identifiers: Candidate["draft"]["identifiers"];
      shares: boolean;
    }
  | { kind: "change"; row: Candidate; notes: Note[]; account: Account; change: Change }
  | { kind: "leave"; row: Candidate; notes: Note[]; account: Account }
  | { kind: "number"; row: NumberRow; account: Person }
  /** The dry run: the person would be there by then. */
  | { kind: "number-of-coming"; row: NumberRow }
  | { kind: "skip"; line: number; shown: string; notes: Note[] }
  | { kind: "refuse"; line: number; shown: string; key: string; why: Refused; values: Candidate["values"] };

export interface Change {
  fields: Partial<Pick<Account, "name" | "position" | "department" | "time_zone" | "language">>;
  status?: Account["status"];
  contacts: Candidate["draft"]["identifiers"];
  linksId: boolean;
  bringsPassword: boolean;
}

/** Everything that a batch has to know of the database, in six look-ups. */
interface Known {
  byExternalId: Map<string, string>;
  owners: Map<string, KeyOwner[]>;
  people: Map<string, Person>;
  passwords: Set<string>;
  earlier: Set<string>;
}

export async function decide(
  read: Reader,
  importId: string,
  batch: readonly JudgedRow[],
  settings: ImportSettings,
  bringer: Bringer,
): Promise<Decision[]> {
  const known = await look(read, importId, batch);
  const logins = await loginKeys(batch);
  const decisions: Decision[] = [];
  for (const row of batch) {
    const decision = decideOne(row, { known, settings, bringer, logins });
    decisions.push(decision);
    if (decision.kind === "add") remember(known, decision);
    if (decision.kind === "add" || decision.kind === "change" || decision.kind === "leave")
      known.earlier.add(decision.row.key);
  }
  return decisions;
}

async function loginKeys(batch: readonly JudgedRow[]): Promise<Map<JudgedRow, string>> {
  const keys = new Map<JudgedRow, string>();
  for (const row of batch) if (row.kind === "person") keys.set(row, await loginKeyOf(row.person.login));
  return keys;
}

async function look(read: Reader, importId: string, batch: readonly JudgedRow[]): Promise<Known> {
  const candidates = batch.filter((row) => row.kind === "person");
  const numbers = batch.filter((row) => row.kind === "number");
  const externalIds = [
    ...candidates.map(({ person }) => person.externalId).filter(Boolean),
    ...numbers.map(({ externalId }) => externalId),
  ];
  const byExternalId = await rows.accountsByExternalId(read, externalIds);
  const keys = [
    ...candidates.flatMap(({ draft }) => draft.identifiers.map(({ key }) => key)),
    ...numbers.map(({ key }) => key),
  ];
  const owners = Map.groupBy(await ownersOf(read, keys), ({ key }) => key);
  const found = new Set([
    ...byExternalId.values(),
    ...[...owners.values()].flat().map(({ account_id }) => account_id),
  ]);
  const people = new Map((await peopleByIds(read, [...found])).map((each) => [each.account.id, each]));
  const first = Math.min(...batch.map(({ line }) => line));
  const named = [...candidates.map(({ key }) => key), ...numbers.map(({ externalId }) => `id ${externalId}`)];
  const earlier = named.length > 0 ? await rows.earlierKeys(read, importId, named, first) : new Set<string>();
  return {
    byExternalId,
    owners,
    people,
    passwords: await withPassword(read, [...found]),
    earlier,
  };
}

interface Setting {
  known: Known;
  settings: ImportSettings;
  bringer: Bringer;
  logins: ReadonlyMap<JudgedRow, string>;
}

function decideOne(row: JudgedRow, setting: Setting): Decision {
  switch (row.kind) {
    case "skipped":
      return { kind: "skip", line: row.line, shown: row.shown, notes: row.notes };
    case "refused":
      return { kind: "refuse", line: row.line, shown: row.shown, key: "", why: row.why, values: row.values };
    case "number":
      return decideNumber(row, setting);
    case "person":
      return decidePerson(row, setting);
  }
}

function decideNumber(row: NumberRow, { known, settings }: Setting): Decision {
  const { byExternalId, people, owners, earlier } = known;
  const shown = row.externalId;
  const { line } = row;
  // Somebody of another system may have the same number, so it counts for those whom this file named by it.
  if (settings.match !== "external-id") return { kind: "skip", line, shown, notes: ["number-without-id"] };
  const isNamed = earlier.has(`id ${row.externalId}`);
  const account = isNamed ? people.get(byExternalId.get(row.externalId) ?? "") : undefined;
  if (!account && isNamed) return { kind: "number-of-coming", row };
  if (!account) return { kind: "skip", line, shown, notes: ["no-such-person"] };
  const foreign = (owners.get(row.key) ?? []).some(({ account_id }) => account_id !== account.account.id);
  if (foreign) return { kind: "skip", line, shown, notes: ["phone-taken"] };
  return { kind: "number", row, account };
}

function decidePerson(row: Candidate, setting: Setting): Decision {
  const refuse = (why: Refused): Decision => {
    const { line, key, values, person } = row;
    return { kind: "refuse", line, shown: person.name, key, why, values };
  };
  const { known, settings, bringer } = setting;
  if (known.earlier.has(row.key)) return refuse("doubled");
  const found = accountsFor(row, settings, known, setting.logins.get(row) ?? "");
  if (found.length > 1) return refuse("several");
  const [accountId] = found;
  const person = known.people.get(accountId ?? "");
  if (person) {
    if (person.account.id === bringer.id) return refuse("own-account");
    if (!ranksAbove(bringer.role, person.account.role)) return refuse("rank-above");
    if (settings.match === "external-id" && !sharesKey(row, person, known)) return refuse("id-of-another");
    return decideChange(row, person, known);
  }
  const role = row.person.role ?? "person";
  if (role !== "person" && !ranksAbove(bringer.role, role)) return refuse("role-above");
  return decideAdd(row, setting) ?? refuse("login-taken");
}

/** Two systems count their people from one, so the same number alone is not the same person. */
function sharesKey(row: Candidate, { account }: Person, { owners }: Known): boolean {
  return row.draft.identifiers.some(({ key }) =>
    owners.get(key)?.some(({ account_id }) => account_id === account.id),
  );
}

/** Whom the row means, by what the import goes by. */
function accountsFor(row: Candidate, { match }: ImportSettings, known: Known, login: string): string[] {
  const { externalId } = row.person;
  if (match === "external-id" && externalId !== "") {
    const found = known.byExternalId.get(externalId);
    return found === undefined ? [] : [found];
  }
  const email = row.draft.identifiers.find(({ kind }) => kind === "email")?.key;
  const isByEmail = match === "email" && email !== undefined;
  const owners = known.owners.get(isByEmail ? email : login) ?? [];
  const fitting = owners.filter(({ kind }) => !isByEmail || kind === "email");
  return [...new Set(fitting.map(({ account_id }) => account_id))];
}

/** Undefined when the login is somebody's. */
function decideAdd(row: Candidate, { known, logins }: Setting): Decision | undefined {
  const login = logins.get(row) ?? "";
  if ((known.owners.get(login) ?? []).length > 0) return undefined;
  const notes = [...row.notes];
  let shares = false;
  const identifiers = row.draft.identifiers.filter(({ kind, key }) => {
    const owners = known.owners.get(key) ?? [];
    if (owners.length === 0) return true;
    if (kind === "phone") {
      notes.push("phone-taken");
      return false;
    }
    // Staff keep a mailbox that is theirs alone, and nobody's login becomes a mailbox.
    const sharable = owners.every(
      (owner) => owner.kind === "email" && known.people.get(owner.account_id)?.account.role === "person",
    );
    notes.push(sharable ? "email-shared" : "email-taken");
    shares ||= sharable;
    return sharable;
  });
  return { kind: "add", row, notes, identifiers, shares };
}

/** Later rows of the batch find this person as if they were there. */
function remember({ owners, people }: Known, { row, identifiers }: Extract<Decision, { kind: "add" }>): void {
  const id = `coming ${row.line}`;
  for (const { key, kind } of identifiers) {
    owners.set(key, [...(owners.get(key) ?? []), { key, kind, account_id: id }]);
  }
  const role = row.person.role ?? "person";
  people.set(id, { account: { id, role } as Account, login: row.person.login, contacts: [] });
}

function decideChange(row: Candidate, person: Person, known: Known): Decision {
  const { account } = person;
  const notes = [...row.notes];
  const wanted = row.person;
  const fields: Change["fields"] = {};
  const name = row.draft.person.name.normalize("NFC").trim();
  if (!isSame(name, account.name) && name !== wanted.login) fields.name = name;
  if (wanted.position !== null && !isSame(wanted.position, account.position))
    fields.position = wanted.position;
  if (wanted.department !== null && !isSame(wanted.department, account.department))
    fields.department = wanted.department;
  if (wanted.timeZone !== null && wanted.timeZone !== account.time_zone) fields.time_zone = wanted.timeZone;
  if (wanted.language !== null && account.language === null) fields.language = wanted.language;
  const contacts = row.draft.identifiers.filter(({ kind, key }) => {
    if (kind === "login" || person.contacts.some((contact) => contact.key === key)) return false;
    const isFree = (known.owners.get(key) ?? []).length === 0;
    if (!isFree) notes.push(kind === "phone" ? "phone-taken" : "email-taken");
    // What somebody signs in with is not exchanged by a file.
    else if (person.contacts.some((contact) => contact.kind === kind)) notes.push("contact-kept");
    return isFree && !person.contacts.some((contact) => contact.kind === kind);
  });
  const change: Change = {
    fields,
    contacts,
    linksId: wanted.externalId !== "" && known.byExternalId.get(wanted.externalId) === undefined,
    bringsPassword: (wanted.hash !== "" || wanted.password !== "") && !known.passwords.has(account.id),
    ...(wanted.status !== undefined && wanted.status !== account.status && { status: wanted.status }),
  };
  const isNothing =
    Object.keys(fields).length === 0 &&
    contacts.length === 0 &&
    !change.linksId &&
    !change.bringsPassword &&
    change.status === undefined;
  return isNothing ? { kind: "leave", row, notes, account } : { kind: "change", row, notes, account, change };
}

/** What differs in its blanks alone is the same: files are read without doubled ones. */
function isSame(said: string, kept: string | null): boolean {
  return said === (kept ?? "").trim().replace(/\s+/g, " ");
}
