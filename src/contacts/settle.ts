import {
  type Contact,
  contactsOf,
  holdAccount,
  type Person,
  personById,
  placeContact,
  proveMailbox,
  raiseGeneration,
  removeContact,
} from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { smsConfirmed, traceAbout } from "../delivery/delivery.ts";
import { unlinkSince } from "../identities/identities.ts";
import { notifyOwner } from "../notifications/notifications.ts";
import { removePassword } from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Writer } from "../platform/store/store.ts";
import { enterCode, findProof, type Proof, readKey, redeemProof } from "../proofs/proofs.ts";
import { endAllSessions } from "../sessions/sessions.ts";
import { type Asking, type ContactTools, pendingChange, purposeOf } from "./ask.ts";
import * as rows from "./rows.ts";

/** Who confirms, and from where; the account that is signed in there, if one is. */
export interface Confirming {
  signedIn: string | null;
  address: string;
  device: string;
  language: Language;
}

export type LinkLook =
  | { kind: "live"; person: Person; was: string | null; now: string }
  /** This very link did it, and it is still so. */
  | { kind: "confirmed"; now: string }
  /** Somebody else has the address by now. */
  | { kind: "refused" }
  | { kind: "over" };

/** What the link of a confirmation letter would do now. Changes nothing, whoever looks: mail scanners do. */
export async function lookAtLink(tools: ContactTools, secret: string): Promise<LinkLook> {
  const { read } = tools.store;
  const found = await changeBehind(tools, secret);
  if (!found) return { kind: "over" };
  const { change, live } = found;
  const now = change.new_value ?? "";
  if (change.state === "confirmed") return { kind: "confirmed", now };
  if (change.state === "refused") return { kind: "refused" };
  const person = await personById(read, change.account_id);
  if (!live || change.state !== "pending" || !person) return { kind: "over" };
  return { kind: "live", person, was: change.old_value, now };
}

export type LinkOutcome =
  /** `anew`: the password went, since its holder had never proved the address; recovery sets another. */
  { kind: "confirmed"; now: string; anew: boolean } | { kind: "refused" } | { kind: "over" };

/**
 * Puts the new address into force. It comes from the row of the change alone. The same press again ends in
 * `confirmed`; of two that race for one address the later is refused.
 */
export async function confirmByLink(
  tools: ContactTools,
  secret: string,
  by: Confirming,
): Promise<LinkOutcome> {
  const found = await changeBehind(tools, secret);
  const outcome =
    found?.live && found.change.state === "pending"
      ? await tools.store.transact((write) => commit(tools, write, found, secret, by))
      : undefined;
  if (outcome && outcome.kind !== "over") return outcome;
  const look = await lookAtLink(tools, secret);
  if (look.kind === "live") return { kind: "over" };
  return look.kind === "confirmed" ? { ...look, anew: false } : look;
}

export type PhoneOutcome =
  | { kind: "confirmed" }
  | { kind: "wrong"; triesLeft: number }
  | { kind: "dead"; because: "tries" | "time" }
  /** Somebody else has the number by now. */
  | { kind: "refused" }
  | { kind: "throttled"; retryAt: number };

/** Judges the six digits for the new number, and puts it into force. The same form again: `confirmed`. */
export async function confirmByCode(
  tools: ContactTools,
  typed: string,
  asking: Asking,
): Promise<PhoneOutcome> {
  const { read } = tools.store;
  const pending = await pendingChange(tools, read, asking.accountId, "phone");
  if (!pending) return afterCode(tools, asking.accountId);
  const entry = { subject: asking.accountId, proofId: pending.proofId, typed, source: asking.source };
  const entered = await enterCode(tools, entry);
  if (entered.kind === "dead" && entered.because === "time") return afterCode(tools, asking.accountId);
  if (entered.kind !== "right") return entered;
  const by = { ...asking, signedIn: asking.accountId };
  const outcome = await tools.store.transact(async (write) => {
    const change = await rows.changeById(write, pending.id);
    if (!change) return { kind: "over" as const };
    await smsConfirmed(tools, write, pending.now.key);
    return commit(tools, write, { change, proof: entered.proof }, typed, by);
  });
  return outcome.kind === "over" ? afterCode(tools, asking.accountId) : { kind: outcome.kind };
}

/** A form sent twice: the first of them has put the number into force. */
async function afterCode(tools: ContactTools, accountId: string): Promise<PhoneOutcome> {
  const last = await rows.newestChange(tools.store.read, accountId, "phone");
  const since = tools.clock.now() - tools.settings.recoveryCodeLifetimeMs;
  const done = last?.state === "confirmed" && last.new_key !== null && (last.confirmed_at ?? 0) >= since;
  return done ? { kind: "confirmed" } : { kind: "dead", because: "time" };
}

/** Takes the phone away; nothing has to be proved but who asks. */
export async function removePhone(tools: ContactTools, asking: Asking): Promise<void> {
  await tools.store.transact(async (write) => {
    const account = await holdAccount(write, tools.store.kind, asking.accountId);
    const was = (await contactsOf(write, asking.accountId)).find((contact) => contact.kind === "phone");
    if (account?.status !== "active" || !was) return;
    const now = tools.clock.now();
    const change: rows.ChangeRow = {
      id: newId(),
      account_id: account.id,
      kind: "phone",
      old_value: was.value,
      old_key: was.key,
      old_proven: was.proven ? 1 : 0,
      new_value: null,
      new_key: null,
      proof_id: "",
      state: "pending",
      asked_at: now,
      confirmed_at: null,
    };
    await rows.endPending(write, account.id, "phone", "replaced");
    await rows.insertChange(write, change);
    await removeContact(write, account.id, was);
    await comeIntoForce(tools, write, change, { was, now: null }, { ...asking, signedIn: account.id });
  });
}

/**
 * Puts an address that the desk's applicant has proved in the place of the account's mailbox, in the caller's
 * transaction, which holds the account. The mailbox that goes is told, and can take it back. False when
 * somebody else has the address by now.
 */
export async function replaceMailbox(
  tools: ContactTools,
  write: Writer,
  accountId: string,
  mailbox: Pick<Contact, "value" | "key">,
  by: Omit<Confirming, "signedIn">,
): Promise<boolean> {
  const now = tools.clock.now();
  const before = (await contactsOf(write, accountId)).filter(({ kind }) => kind === "email");
  const was = before[0] ?? null;
  const contact: Contact = { kind: "email", ...mailbox, proven: true };
  if (!(await placeContact(write, accountId, contact, now, now))) return false;
  for (const old of before) if (old.key !== contact.key) await removeContact(write, accountId, old);
  const change: rows.ChangeRow = {
    id: newId(),
    account_id: accountId,
    kind: "email",
    old_value: was?.value ?? null,
    old_key: was?.key ?? null,
    old_proven: was?.proven ? 1 : 0,
    new_value: contact.value,
    new_key: contact.key,
    proof_id: "",
    state: "pending",
    asked_at: now,
    confirmed_at: null,
  };
  await rows.endPending(write, accountId, "email", "replaced");
  await rows.insertChange(write, change);
  const told = { was: was?.proven ? was : null, now: contact };
  await comeIntoForce(tools, write, change, told, { ...by, signedIn: null });
  return true;
}

interface Found {
  change: rows.ChangeRow;
  proof: Proof;
}

async function changeBehind(
  tools: ContactTools,
  typed: string,
): Promise<(Found & { live: boolean }) | undefined> {
  const secret = readKey(typed);
  if (!secret) return undefined;
  const { read } = tools.store;
  const state = await findProof(tools, read, { purpose: purposeOf.email, form: "link", secret });
  const change = "proof" in state ? await rows.changeByProof(read, state.proof.id) : undefined;
  return "proof" in state && change ? { change, proof: state.proof, live: state.kind === "live" } : undefined;
}

/**
 * The one way in which a contact comes into force. The proof is spent either way: a refused change begins
 * anew.
 */
async function commit(
  tools: ContactTools,
  write: Writer,
  { change, proof }: Found,
  secret: string,
  by: Confirming,
): Promise<LinkOutcome> {
  const { id, account_id: accountId, kind, new_value: value, new_key: key } = change;
  // Other changes of this account wait, and then find the generation grown.
  await holdAccount(write, tools.store.kind, accountId);
  if (value === null || key === null || key !== proof.sent_to) return { kind: "over" };
  if (!(await redeemProof(tools, write, { proof, secret, visit: id }))) return { kind: "over" };
  await traceAbout(tools, write, id, "used");
  const now = tools.clock.now();
  const before = await contactsOf(write, accountId);
  const first = kind === "email" && !before.some((contact) => contact.proven);
  const contact: Contact = { kind, value, key, proven: true };
  if (!(await placeContact(write, accountId, contact, first ? null : now, now))) {
    await rows.setState(write, id, "refused");
    return { kind: "refused" };
  }
  const was = before.find((each) => each.kind === kind && each.key === change.old_key) ?? null;
  if (was && was.key !== key) await removeContact(write, accountId, was);
  const anew = first && by.signedIn !== accountId;
  if (first) await proveMailbox(write, accountId, key, now);
  if (anew) {
    // Whoever set the password or linked an outside account may have typed somebody else's address.
    await removePassword(write, accountId);
    await unlinkSince(write, accountId, 0);
    await endAllSessions(tools, write, accountId);
  }
  await comeIntoForce(tools, write, change, { was: was?.proven ? was : null, now: contact }, by);
  return { kind: "confirmed", now: value, anew };
}

/** Earlier links and codes die, everybody concerned is told, and the change can be undone from now on. */
async function comeIntoForce(
  tools: ContactTools,
  write: Writer,
  { id, account_id: accountId, kind }: rows.ChangeRow,
  change: { was: Contact | null; now: Contact | null },
  { address, device, language }: Confirming,
): Promise<void> {
  await raiseGeneration(write, accountId, tools.clock.now());
  await notifyOwner(tools, write, {
    accountId,
    kind: kind === "email" ? "email-changed" : "phone-changed",
    language,
    visitor: { address, device },
    change,
  });
  // After the notice, so that its veto is not younger than the change that it undoes.
  await rows.setState(write, id, "confirmed", tools.clock.now());
  await recordEvent(tools, write, {
    action: "contact.changed",
    actor: accountId,
    accountId,
    address,
    detail: { kind, removed: change.now ? 0 : 1, device },
  });
}
