/** Passwords: judged, hashed, checked, and changed with everything that a change has to bring along. */
import {
  type AddOutcome,
  accountById,
  addPerson,
  type Person,
  type PersonDraft,
  raiseGeneration,
} from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { type NoticeTools, notifyOwner } from "../notifications/notifications.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import { type PolicyTools, policyOf } from "../policies/policies.ts";
import { endAllSessions, type SessionWish, type StartedSession, startSession } from "../sessions/sessions.ts";
import type { Hashing } from "./hashing.ts";
import { type Judgement, judgePassword, type PasswordRules } from "./policy.ts";
import * as rows from "./rows.ts";
import { missingText, words } from "./words.ts";

export {
  type Adoptable,
  type Adoption,
  adoptable,
  createHashing,
  type Hashing,
  HashingOverloaded,
} from "./hashing.ts";
export { type ChosenHash, hashChosen } from "./history.ts";
export type { Judgement, PasswordRules } from "./policy.ts";
export { quietHashingThreads } from "./quiet-threads.ts";
export { type DueChange, dueChange, tooYoungUntil } from "./renewal.ts";
export { shownRules } from "./shown-rules.ts";

/** Who does it and from where, as the notice and the audit tell it. */
export interface Visitor {
  address: string;
  device: string;
  /** Where it was done; the notice looks like it. */
  portalId?: string;
}

export type Choice =
  | { kind: "fine" }
  | { kind: "differs" }
  | { kind: "refused"; judgement: RefusedJudgement };
export type RefusedJudgement = Exclude<Judgement, { kind: "fine" }>;

/**
 * Judges a newly chosen password and its repetition by what holds for its owner. The person's own names make
 * weak passwords. Whether it was used before, `hashChosen` tells.
 */
export function judgeChoice(
  rules: PasswordRules,
  choice: { password: string; repeated: string },
  person: Pick<Person, "login" | "contacts"> & { name: string },
  portalName: string,
): Choice {
  const own = [person.name, person.login, portalName, ...person.contacts.map((contact) => contact.value)];
  const judgement = judgePassword(rules, choice.password, own);
  if (judgement.kind !== "fine") return { kind: "refused", judgement };
  return choice.password.normalize("NFC") === choice.repeated.normalize("NFC")
    ? { kind: "fine" }
    : { kind: "differs" };
}

/** The sentence for a choice that was not taken, at the field that it is about. */
export function choiceProblem(
  choice: Exclude<Choice, { kind: "fine" }>,
  language: Language,
  fields: { password: string; repeat: string },
): { field: string; text: string } {
  const say = words[language];
  if (choice.kind === "differs") return { field: fields.repeat, text: say.differs };
  const { judgement } = choice;
  switch (judgement.kind) {
    case "too-short":
      return { field: fields.password, text: say["too-short"](judgement.minimum) };
    case "too-long":
      return { field: fields.password, text: say["too-long"](judgement.maximum) };
    case "missing":
      return { field: fields.password, text: missingText(judgement.classes, language) };
    case "used-before":
      return { field: fields.password, text: say["used-before"](judgement.count) };
    case "common":
    case "own-word":
    case "unusable-character":
      return { field: fields.password, text: say[judgement.kind] };
  }
}

/**
 * Adds a person together with the first password, in the caller's transaction; nobody is told, since nothing
 * of theirs changed. `hash` was made before, outside of the transaction. Or says which field is taken.
 */
export async function addWithPassword(
  tools: { clock: Clock; store: Pick<Store, "kind"> },
  write: Writer,
  wish: { draft: PersonDraft; hash: string; actor: string; by: string; address: string },
): Promise<AddOutcome> {
  const { draft, hash, actor, by, address } = wish;
  const added = await addPerson(tools, write, draft);
  if (added.kind === "taken") return added;
  await rows.keepPassword(
    write,
    { accountId: added.id, hash, form: null, onceUntil: null, remembered: 0 },
    tools.clock.now(),
  );
  await recordEvent(tools, write, {
    action: "account.added",
    actor,
    accountId: added.id,
    address,
    detail: { by, role: draft.person.role },
  });
  return added;
}

/**
 * The one way to give an account another password. In the caller's transaction: every session and remembered
 * device ends, every outstanding proof dies, every proven contact is told, the audit has it. `hash` was made
 * before, outside of the transaction. With `stay` the one who changed it goes on in a session begun anew.
 */
export async function changePassword(
  tools: NoticeTools & PolicyTools,
  write: Writer,
  change: {
    accountId: string;
    hash: string;
    /** `one-time`: made by the service and shown to staff; `first-own`: chosen in its place. */
    how: "recovery" | "profile" | "one-time" | "first-own" | "invitation" | "desk";
    actor: string;
    language: Language;
    visitor: Visitor;
    /** Fingerprint of the form that it came from; see `cameFromForm`. */
    form?: string;
    stay?: Omit<SessionWish, "account">;
    /** With `one-time`: until when it opens the page where its owner chooses another, and nothing else. */
    onceUntil?: number;
  },
): Promise<StartedSession | null> {
  const { accountId, hash, how, actor, language, visitor, form = null, stay, onceUntil = null } = change;
  const account = await accountById(write, accountId);
  if (!account) throw new Error("a password belongs to an account");
  // The present one is compared by itself, so one less is kept of those before it.
  const remembered = Math.max(0, policyOf(tools, account).passwordHistory - 1);
  await rows.keepPassword(write, { accountId, hash, form, onceUntil, remembered }, tools.clock.now());
  await raiseGeneration(write, accountId, tools.clock.now());
  await endAllSessions(tools, write, accountId);
  const session = stay ? await startSession(tools, write, { ...stay, account }) : null;
  await notifyOwner(tools, write, { accountId, kind: "password-changed", language, visitor });
  await recordEvent(tools, write, {
    action: "password.changed",
    actor,
    accountId,
    address: visitor.address,
    detail: { how, device: visitor.device },
  });
  return session;
}

/**
 * The first passwords of many accounts that come from elsewhere, in the caller's transaction. Nobody is told:
 * nothing of theirs changed. Accounts that have a password keep it.
 */
export function bringPasswords(
  write: Writer,
  brought: readonly { accountId: string; hash: string }[],
  now: number,
): Promise<void> {
  return rows.bringPasswords(write, brought, now);
}

/** Which of these accounts have a password. */
export function withPassword(read: Reader, accountIds: readonly string[]): Promise<Set<string>> {
  return rows.withPassword(read, accountIds);
}

/**
 * From now on no password opens the account, as if it had none: whoever set the one in force may be a
 * stranger. Recovery sets the next one.
 */
export function removePassword(write: Writer, accountId: string): Promise<void> {
  return rows.removePassword(write, accountId);
}

/** True when the password in force came from this very form: it was sent twice, or its answer was lost. */
export async function cameFromForm(read: Reader, accountId: string, form: string): Promise<boolean> {
  return (await rows.passwordOf(read, accountId))?.changed_by === form;
}

/** When the account's password was last set; undefined when it has none. */
export async function passwordChangedAt(read: Reader, accountId: string): Promise<number | undefined> {
  return (await rows.passwordOf(read, accountId))?.changed_at;
}

export type PasswordCheck =
  /** `once`: a one-time password, which opens only the page where its owner chooses another. */
  { kind: "matches"; once: boolean; changedAt: number } | { kind: "differs" };

/**
 * Compares a typed password with the account's. An unknown account (null) costs the same hash in the same
 * pool. A hash made with other parameters than today's is made anew. Throws `HashingOverloaded` when the pool
 * is full.
 */
export async function checkPassword(
  tools: { clock: Clock; hashing: Hashing; store: Store },
  accountId: string | null,
  typed: string,
): Promise<PasswordCheck> {
  const kept = await rows.passwordOf(tools.store.read, accountId ?? "");
  const verdict = await tools.hashing.verify(kept?.hash ?? null, typed);
  if (verdict.kind !== "matches" || !kept) return { kind: "differs" };
  if (kept.once_until !== null) {
    const works = kept.once_until > tools.clock.now();
    return works ? { kind: "matches", once: true, changedAt: kept.changed_at } : { kind: "differs" };
  }
  if (verdict.stale) {
    const hash = await tools.hashing.hash(typed);
    await tools.store.transact((write) => rows.keepRehash(write, kept.account_id, kept.hash, hash));
  }
  return { kind: "matches", once: false, changedAt: kept.changed_at };
}
