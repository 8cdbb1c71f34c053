/** A letter that leads somebody new to their first password. */
import {
  type Account,
  type Contact,
  holdAccount,
  type Person,
  personById,
  proveMailbox,
  raiseGeneration,
} from "../accounts/accounts.ts";
import { putMessage } from "../delivery/delivery.ts";
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

/**
 * Puts the letter into the outbox, in the caller's transaction; the earlier invitation ends. `language` is
 * for who has not chosen one.
 */
export async function invite(
  tools: InviteTools,
  write: Writer,
  wish: { accountId: string; language: Language },
): Promise<{ kind: "sent" } | { kind: "no-mailbox" }> {
  const person = await personById(write, wish.accountId);
  const mailbox = person && mailboxOf(person);
  if (!mailbox) return { kind: "no-mailbox" };
  const { account } = person;
  const older = await liveProof(tools, write, { account, purpose: PURPOSE, form: "link" });
  const proof = await issueProof(tools, write, {
    purpose: PURPOSE,
    form: "link",
    account,
    flowId: null,
    sentTo: mailbox.key,
    lifetimeMs: INVITATION_MS,
  });
  if (older) await supersedeProof(tools, write, older, proof);
  await putMessage(tools, write, {
    kind: "invitation",
    channel: "email",
    accountId: account.id,
    to: mailbox.value,
    language: account.language ?? wish.language,
    data: { proof: proof.id },
    giveUpAfterMs: INVITATION_MS,
  });
  return { kind: "sent" };
}

function mailboxOf({ contacts }: Person): Contact | undefined {
  const mailboxes = contacts.filter((contact) => contact.kind === "email");
  return mailboxes.find((contact) => contact.proven) ?? mailboxes[0];
}

/** Whom this key invites; undefined when it no longer works. Changes nothing. */
export async function invitedBy(tools: AcceptTools, key: string): Promise<Person | undefined> {
  const state = await stateOfKey(tools, key);
  const accountId = state.kind === "live" ? state.proof.account_id : null;
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
  if (await proveMailbox(write, accountId, proof.sent_to, now)) {
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
  const first = await proveMailbox(write, account.id, proof.sent_to, tools.clock.now());
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

function stateOfKey(tools: AcceptTools, key: string) {
  const secret = readKey(key) ?? "";
  return findProof(tools, tools.store.read, { purpose: PURPOSE, form: "link", secret });
}
