/** Who exists, what each may type to be found, and the generation counter that kills old proofs. */

import { parseMailAddress } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import { readPhone } from "../platform/language/phone.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import { emailKey, type Identifier, readIdentifier } from "./identifier.ts";
import { type Account, asContact, type Contact, newAccount, type Person, withIdentifiers } from "./person.ts";
import { isPlainName } from "./plain-name.ts";
import * as rows from "./rows.ts";

export {
  type BroughtPerson,
  bringPeople,
  fillAccount,
  holdBringing,
  type KeyOwner,
  ownersOf,
} from "./bringing/bring.ts";
export { editPerson, setRole, setStatus } from "./changes.ts";
export { type JudgedContact, judgeContact, placeContact, removeContact } from "./contacts.ts";
export { type Identifier, readIdentifier, type TypedIdentifier } from "./identifier.ts";
export { reviveMailbox, suspendMailbox } from "./mailboxes.ts";
export {
  countPeople,
  type ListedPerson,
  listedPeople,
  listPeople,
  MOST_COUNTED,
  type PeopleFilter,
  type PeopleOrder,
  type PeoplePage,
  type PeoplePlace,
  searchIsIndexed,
  searchWords,
  walkPeople,
} from "./people/people.ts";
export { type Account, type Contact, type Person, peopleByIds } from "./person.ts";
export {
  judgePersonalData,
  keepPersonalData,
  keepPhoto,
  type PersonalData,
  photoNamed,
  timeZones,
} from "./personal.ts";
export { isPlainName } from "./plain-name.ts";
export { ranksAbove, roles } from "./ranks.ts";
export {
  accountById,
  accountsOfRole,
  holdAccount,
  noteSignIn,
  ownerExists,
  raiseGeneration,
} from "./rows.ts";

export type Role = Account["role"];
export type Status = Account["status"];

/**
 * The account that the identifier alone names; undefined when nobody's, or when several share the mailbox.
 */
export function findAccount(read: Reader, identifier: Identifier): Promise<Account | undefined> {
  return rows.accountBySignInKey(read, identifier.key);
}

/**
 * Reads the rows of whoever stands next to an identifier that is nobody's, so that it takes as long as with
 * somebody's. Tells nothing.
 */
export async function readAsIfKnown(read: Reader, identifier: Identifier): Promise<void> {
  const neighbour = await rows.accountAfterKey(read, identifier.key);
  await contactsOf(read, neighbour?.id ?? "");
}

/** Up to 20 accounts that have this mailbox or number, oldest first. */
export async function peopleAtMailbox(read: Reader, key: string): Promise<Person[]> {
  const accounts = await rows.accountsByKey(read, key);
  return accounts.length === 0 ? [] : withIdentifiers(read, accounts);
}

/** Undefined for an unknown id. */
export async function personById(read: Reader, id: string): Promise<Person | undefined> {
  const account = await rows.accountById(read, id);
  return account && (await withIdentifiers(read, [account]))[0];
}

/**
 * Everybody in the order of their making, `most` at a time, beginning after the given id ("" = the first).
 */
export async function peopleAfter(read: Reader, after: string, most: number): Promise<Person[]> {
  const accounts = await rows.accountsAfter(read, after, most);
  return accounts.length === 0 ? [] : withIdentifiers(read, accounts);
}

/** The stored contacts of an account; costs the same for an id that nobody has. */
export async function contactsOf(read: Reader, accountId: string): Promise<Contact[]> {
  return (await rows.identifiersOf(read, [accountId])).flatMap(asContact);
}

export interface NewPerson {
  login: string;
  name: string;
  email: string | undefined;
  phone: string | undefined;
  role: Role;
  language: Language | null;
  /** Whoever adds the person vouches for the contacts; otherwise they wait for proof. */
  contactsProven: boolean;
}

export type JudgedPerson =
  | { kind: "fine"; draft: PersonDraft }
  | { kind: "refused"; field: "login" | "email" | "phone" | "name" };

export type AddOutcome =
  | { kind: "added"; id: string }
  | { kind: "taken"; field: "login" | "email" | "phone" };

/** A person whose fields are usable, in canonical spelling; made by `judgePerson`. */
export interface PersonDraft {
  person: NewPerson;
  identifiers: { kind: "login" | "email" | "phone"; value: string; key: string }[];
}

/** Says which field is unusable. Before the transaction, since reading a phone number loads its tables. */
export async function judgePerson(person: NewPerson): Promise<JudgedPerson> {
  if (!isPlainName(person.name)) return { kind: "refused", field: "name" };
  const login = person.login.normalize("NFC").trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,99}$/u.test(login)) return { kind: "refused", field: "login" };
  const identifiers: PersonDraft["identifiers"] = [];
  // Read as it will be read at sign-in: a login that is an address or a number is one with that contact.
  const readLogin = await readIdentifier(login);
  if (readLogin.kind !== "understood") return { kind: "refused", field: "login" };
  if (person.email !== undefined) {
    const address = parseMailAddress(person.email);
    if (address.kind === "refused") return { kind: "refused", field: "email" };
    identifiers.push({ kind: "email", value: person.email.trim(), key: emailKey(address.address) });
  }
  if (person.phone !== undefined) {
    const phone = await readPhone(person.phone);
    if (phone.kind !== "number") return { kind: "refused", field: "phone" };
    identifiers.push({ kind: "phone", value: phone.shown, key: phone.e164 });
  }
  if (!identifiers.some((item) => item.key === readLogin.identifier.key)) {
    identifiers.unshift({ kind: "login", value: login, key: readLogin.identifier.key });
  }
  return { kind: "fine", draft: { person, identifiers } };
}

/**
 * Adds the person, or says which field belongs to somebody already: across logins, e-mails and phones every
 * spelling names one account. Of two that race for one key the later one is told. Against a change of contact
 * that takes the key at that very moment the unique constraint stands, and throws.
 */
export async function addPerson(
  tools: { clock: Clock; store: Pick<Store, "kind"> },
  write: Writer,
  draft: PersonDraft,
): Promise<AddOutcome> {
  const { person, identifiers } = draft;
  await rows.holdAdding(write, tools.store.kind);
  const taken = new Set(
    await rows.takenKeys(
      write,
      identifiers.map((item) => item.key),
    ),
  );
  const clash = identifiers.find((item) => taken.has(item.key));
  if (clash) return { kind: "taken", field: clash.kind };

  const now = tools.clock.now();
  const id = newId();
  const rowsOfIdentifiers = identifiers.map((item) => ({
    id: newId(),
    account_id: id,
    ...item,
    sign_in_key: item.key,
    confirmed_at: item.kind !== "login" && person.contactsProven ? now : null,
    created_at: now,
  }));
  await rows.insertAccount(write, newAccount(id, person, now), rowsOfIdentifiers);
  return { kind: "added", id };
}

/**
 * The holder of the mailbox proved it. The first time, whatever a stranger may have put beside it goes:
 * unproven phones (the caller replaces the password, ends the sessions and unlinks outside accounts). True
 * when it was the first time.
 */
export async function proveMailbox(
  write: Writer,
  accountId: string,
  key: string,
  now: number,
): Promise<boolean> {
  const first = await rows.confirmEmail(write, accountId, key, now);
  await rows.forgetBounce(write, key);
  if (first) await rows.removeUnconfirmedPhones(write, accountId);
  return first;
}
