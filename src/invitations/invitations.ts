/** A letter or SMS that leads somebody new to their first password. */
import {
  type Account,
  type Contact,
  contactsOf,
  holdAccount,
  type Person,
  personById,
  placeContact,
  proveMailbox,
  raiseGeneration,
} from "../accounts/accounts.ts";
import {
  admitSms,
  putMessage,
  type SmsGuardTools,
  smsConfirmed,
  traceAbout,
  traceSeen,
} from "../delivery/delivery.ts";
import { unlinkSince } from "../identities/identities.ts";
import type { NoticeTools } from "../notifications/notifications.ts";
import {
  type Choice,
  changePassword,
  type Hashing,
  hashChosen,
  judgeChoice,
  removePassword,
} from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import type { Store, Writer } from "../platform/store/store.ts";
import { type PolicyTools, policyOf } from "../policies/policies.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import {
  findProof,
  issueProof,
  liveProof,
  type Proof,
  readKey,
  redeemedHere,
  redeemProof,
  supersedeProof,
} from "../proofs/proofs.ts";
import { endAllSessions } from "../sessions/sessions.ts";

export type InviteTools = NoticeTools;

export interface AcceptTools extends NoticeTools, PolicyTools {
  portals: Portals;
  store: Store;
  hashing: Hashing;
}

/** Long enough for a night and a working day. */
export const INVITATION_MS = 24 * 3_600_000;

const PURPOSE = "invitation";

export type InvitedBy = "email" | "sms";

/**
 * Puts the letter or SMS into the outbox, in the caller's transaction; the earlier invitation ends,
 * whichever way it went. `language` is for who has not chosen one; `by`: a letter unless said otherwise.
 * An SMS may go to a number that nobody has proved yet, since its link is what proves it; the caller asks
 * `admitInvitation` first.
 */
export async function invite(
  tools: InviteTools,
  write: Writer,
  wish: { accountId: string; language: Language; by?: InvitedBy },
): Promise<{ kind: "sent" } | { kind: "no-mailbox" | "no-phone" }> {
  const person = await personById(write, wish.accountId);
  const channel = wish.by ?? "email";
  const reached = person && (channel === "email" ? mailboxOf(person) : phoneOf(person));
  if (!reached) return { kind: channel === "email" ? "no-mailbox" : "no-phone" };
  const { account } = person;
  const older = await liveProof(tools, write, { account, purpose: PURPOSE, form: "link" });
  const proof = await issueProof(tools, write, {
    purpose: PURPOSE,
    form: "link",
    account,
    flowId: null,
    sentTo: reached.key,
    lifetimeMs: INVITATION_MS,
  });
  if (older) await supersedeProof(tools, write, older, proof);
  await putMessage(tools, write, {
    kind: channel === "email" ? "invitation" : "invitation-sms",
    channel,
    accountId: account.id,
    to: channel === "email" ? reached.value : reached.key,
    about: proof.id,
    language: account.language ?? wish.language,
    data: { proof: proof.id },
    giveUpAfterMs: INVITATION_MS,
  });
  return { kind: "sent" };
}

/**
 * Whether an invitation may go to this number by SMS: the caps of all SMS hold for it. To be asked before the
 * transaction, which it is counted apart from.
 */
export function admitInvitation(tools: SmsGuardTools, to: string) {
  return admitSms(tools, { to, accountId: `invitation ${to}`, source: `invitation ${to}` });
}

/** Where an SMS to this person would go; undefined: they have no phone. */
export function phoneOf({ contacts }: Pick<Person, "contacts">): Contact | undefined {
  const phones = contacts.filter((contact) => contact.kind === "phone");
  return phones.find((contact) => contact.proven) ?? phones[0];
}

function mailboxOf({ contacts }: Person): Contact | undefined {
  const mailboxes = contacts.filter((contact) => contact.kind === "email");
  return mailboxes.find((contact) => contact.proven) ?? mailboxes[0];
}

/** Whom this key invites; undefined when it no longer works. Only the trace of its message hears of it. */
export async function invitedBy(tools: AcceptTools, key: string): Promise<Person | undefined> {
  const state = await stateOfKey(tools, key);
  const accountId = state.kind === "live" ? state.proof.account_id : null;
  if (state.kind === "live") await traceSeen(tools, state.proof.id, "seen");
  return accountId === null ? undefined : personById(tools.store.read, accountId);
}

export interface Acceptance {
  key: string;
  /** Names this browser's flow, so that a form sent twice is known again. */
  visit: string;
  password: string;
  repeated: string;
  address: string;
  device: string;
  language: Language;
}

export type AcceptOutcome =
  | { kind: "accepted"; login: string }
  | { kind: "choice"; person: Person; choice: Exclude<Choice, { kind: "fine" }> }
  | { kind: "gone" };

/** Sets the first password. Of many parallel tries one wins; the same form again ends in `accepted`. */
export async function acceptInvitation(tools: AcceptTools, wish: Acceptance): Promise<AcceptOutcome> {
  tools.hashing.assertRoom();
  const state = await stateOfKey(tools, wish.key);
  const person = "proof" in state && (await personById(tools.store.read, state.proof.account_id ?? ""));
  if (!person) return { kind: "gone" };
  if (state.kind === "redeemed" && redeemedHere(tools, state.proof, wish.visit)) {
    return { kind: "accepted", login: person.login };
  }
  if (state.kind !== "live") return { kind: "gone" };
  await traceSeen(tools, state.proof.id, "opened");
  const rules = policyOf(tools, person.account);
  const names = { ...person, name: person.account.name };
  const choice = judgeChoice(rules, wish, names, tools.portals.defaultPortal().name);
  if (choice.kind !== "fine") return { kind: "choice", person, choice };
  const wanted = { accountId: person.account.id, password: wish.password, rules };
  const hashed = await hashChosen(tools, wanted);
  if (hashed.kind === "refused") return { kind: "choice", person, choice: hashed };
  const { hash } = hashed;
  const won = await tools.store.transact((write) => commit(tools, write, state.proof, person, hash, wish));
  return won ? { kind: "accepted", login: person.login } : { kind: "gone" };
}

/**
 * Takes the invitation without a first password, in the caller's transaction, which links the outside account
 * that will open this one: as with a password, the letter's mailbox is proven, sessions and proofs end, and
 * what others set before its first proof goes. Undefined when the invitation no longer works or is another
 * account's.
 */
export async function acceptWithoutPassword(
  tools: AcceptTools,
  write: Writer,
  wish: { key: string; visit: string; accountId: string },
): Promise<Account | undefined> {
  const { key, visit, accountId } = wish;
  const state = await findProof(tools, write, { purpose: PURPOSE, form: "link", secret: readKey(key) ?? "" });
  if (state.kind !== "live" || state.proof.account_id !== accountId) return undefined;
  const { proof } = state;
  const account = await holdAccount(write, tools.store.kind, accountId);
  if (account?.status !== "active") return undefined;
  if (!(await redeemProof(tools, write, { proof, secret: key, visit }))) return undefined;
  const now = tools.clock.now();
  if (await proveReached(tools, write, proof)) {
    await unlinkSince(write, accountId, 0);
    await removePassword(write, accountId);
  }
  await raiseGeneration(write, accountId, now);
  await endAllSessions(tools, write, accountId);
  return holdAccount(write, tools.store.kind, accountId);
}

async function commit(
  tools: AcceptTools,
  write: Writer,
  proof: Proof,
  { account }: Person,
  hash: string,
  wish: Acceptance,
): Promise<boolean> {
  await holdAccount(write, tools.store.kind, account.id);
  if (!(await redeemProof(tools, write, { proof, secret: wish.key, visit: wish.visit }))) return false;
  const first = await proveReached(tools, write, proof);
  if (first) await unlinkSince(write, account.id, 0);
  await changePassword(tools, write, {
    accountId: account.id,
    hash,
    how: "invitation",
    actor: account.id,
    language: account.language ?? wish.language,
    visitor: { address: wish.address, device: wish.device },
  });
  return true;
}

/**
 * Whoever opened the invitation holds what it was sent to. True when it is the first contact of theirs that
 * anybody proved.
 */
async function proveReached(tools: AcceptTools, write: Writer, { id, account_id, sent_to }: Proof) {
  const accountId = account_id ?? "";
  const now = tools.clock.now();
  await traceAbout(tools, write, id, "used");
  if (!sent_to.startsWith("+")) return proveMailbox(write, accountId, sent_to, now);
  const contacts = await contactsOf(write, accountId);
  const phone = contacts.find(({ kind, key }) => kind === "phone" && key === sent_to);
  if (phone) await placeContact(write, accountId, phone, now, now);
  await smsConfirmed(tools, write, sent_to);
  return !contacts.some(({ proven }) => proven);
}

function stateOfKey(tools: AcceptTools, key: string) {
  const secret = readKey(key) ?? "";
  return findProof(tools, tools.store.read, { purpose: PURPOSE, form: "link", secret });
}
