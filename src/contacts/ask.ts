import {
  type Account,
  type Contact,
  contactsOf,
  holdAccount,
  type Person,
  peopleAtMailbox,
} from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { admitSmsAfter, putMessage, type SmsGuardTools } from "../delivery/delivery.ts";
import type { NoticeTools } from "../notifications/notifications.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spend } from "../platform/throttle/throttle.ts";
import {
  endProofsSince,
  issueProof,
  type Proof,
  stateOf,
  supersedeProof,
  TRIES_PER_CODE,
} from "../proofs/proofs.ts";
import * as rows from "./rows.ts";

export interface ContactTools extends NoticeTools, SmsGuardTools {
  store: Store;
  settings: NoticeTools["settings"];
}

/** A confirmation letter's link (NIST SP 800-63B-4, 4.2.1: at most 24 hours by e-mail). */
const LINK_LIFETIME_MS = 24 * 3_600_000;

/** The purpose of the proof that confirms a change of this kind. */
export const purposeOf = { email: "change of e-mail", phone: "change of phone" } as const;

/** Whoever asks is signed in and has just proved it; their account alone is at stake. */
export interface Asking {
  accountId: string;
  source: string;
  address: string;
  device: string;
  /** For who has not chosen one. */
  language: Language;
}

export type AskOutcome =
  | { kind: "asked" }
  /** The contact is theirs and proven already. */
  | { kind: "own" }
  | { kind: "throttled"; retryAt: number };

/**
 * Asks for another e-mail or phone, or for the first proof of the present one. The old one stays in force. A
 * contact that somebody else has ends alike and costs the same rows, but the message goes to its owner. The
 * same contact asked for again gets the same link or code while it lives; another one takes its place.
 */
export async function askForChange(tools: ContactTools, wish: Contact, asking: Asking): Promise<AskOutcome> {
  const { read } = tools.store;
  const own = (await contactsOf(read, asking.accountId)).find((contact) => contact.key === wish.key);
  if (own?.proven && own.kind === wish.kind) return { kind: "own" };
  const holder = (await peopleAtMailbox(read, wish.key)).find(
    ({ account }) => account.id !== asking.accountId,
  );
  const admitted = await admit(tools, wish, asking, holder !== undefined);
  if (admitted.kind === "throttled") return admitted;
  await tools.store.transact(async (write) => {
    const account = await holdAccount(write, tools.store.kind, asking.accountId);
    if (account?.status !== "active") return;
    const proof = await proofFor(tools, write, account, wish);
    await rows.endPending(write, account.id, wish.kind, "replaced");
    const change = await keepChange(tools, write, account, wish, proof);
    await putMessage(tools, write, messageFor(tools, { wish, holder, change, account, admitted }, asking));
    await recordEvent(tools, write, {
      action: "contact.asked",
      actor: account.id,
      accountId: account.id,
      address: asking.address,
      detail: { kind: wish.kind, result: holder ? "taken" : admitted.kind, device: asking.device },
    });
  });
  return { kind: "asked" };
}

/** The same message once more for the change that waits; nothing when none does. */
export async function askAgain(
  tools: ContactTools,
  kind: Contact["kind"],
  asking: Asking,
): Promise<AskOutcome> {
  const pending = await pendingChange(tools, tools.store.read, asking.accountId, kind);
  if (!pending) return { kind: "asked" };
  return askForChange(tools, { kind, ...pending.now, proven: false }, asking);
}

export interface PendingChange {
  id: string;
  /** null: there is none yet. */
  was: string | null;
  now: { value: string; key: string };
  proofId: string;
  askedAt: number;
}

/** The change of this kind that waits for its proof, if one does. */
export async function pendingChange(
  tools: Pick<ContactTools, "clock">,
  read: Reader,
  accountId: string,
  kind: Contact["kind"],
): Promise<PendingChange | undefined> {
  const found = (await rows.changesOf(read, accountId, "pending")).find((change) => change.kind === kind);
  if (!found || found.new_value === null || found.new_key === null) return undefined;
  const state = await stateOf(tools, read, found.proof_id);
  if (state.kind !== "live") return undefined;
  const { id, old_value: was, new_value: value, new_key: key, proof_id: proofId, asked_at: askedAt } = found;
  return { id, was, now: { value, key }, proofId, askedAt };
}

/** «Отменить»: what was asked for is over, and its link or code with it. */
export async function cancelChange(
  tools: ContactTools,
  kind: Contact["kind"],
  { accountId, address, device }: Asking,
): Promise<void> {
  await tools.store.transact(async (write) => {
    await holdAccount(write, tools.store.kind, accountId);
    await rows.endPending(write, accountId, kind, "cancelled");
    await endProofsSince(tools, write, { accountId, purpose: purposeOf[kind], since: 0 });
    await recordEvent(tools, write, {
      action: "contact.cancelled",
      actor: accountId,
      accountId,
      address,
      detail: { kind, device },
    });
  });
}

type Admitted = { kind: "admitted" } | { kind: "held"; by: string };

async function admit(
  tools: ContactTools,
  wish: Contact,
  { accountId, source }: Asking,
  taken: boolean,
): Promise<Admitted | { kind: "throttled"; retryAt: number }> {
  if (wish.kind === "phone") {
    const told = [{ budget: budgets.changeSms, subject: accountId }];
    return admitSmsAfter(tools, told, { to: wish.key, accountId: taken ? null : accountId, source });
  }
  const limited = await spend(tools, [
    { budget: budgets.changeLettersTo, subject: wish.key },
    { budget: budgets.changeLetters, subject: accountId },
  ]);
  return limited.kind === "limited" ? { kind: "throttled", retryAt: limited.retryAt } : { kind: "admitted" };
}

/** The proof of before when it is for the same contact and still good; else a new one in its place. */
async function proofFor(tools: ContactTools, write: Writer, account: Account, wish: Contact): Promise<Proof> {
  const pending = (await rows.changesOf(write, account.id, "pending")).find(({ kind }) => kind === wish.kind);
  const state = await stateOf(tools, write, pending?.proof_id ?? "");
  const live = state.kind === "live" ? state.proof : undefined;
  if (live && pending?.new_key === wish.key && live.tries < TRIES_PER_CODE) return live;
  const newer = await issueProof(tools, write, {
    purpose: purposeOf[wish.kind],
    form: wish.kind === "email" ? "link" : "code",
    account,
    flowId: wish.kind === "email" ? null : account.id,
    sentTo: wish.key,
    lifetimeMs: wish.kind === "email" ? LINK_LIFETIME_MS : tools.settings.recoveryCodeLifetimeMs,
  });
  if (live) await supersedeProof(tools, write, live, newer);
  return newer;
}

async function keepChange(
  tools: ContactTools,
  write: Writer,
  account: Account,
  wish: Contact,
  proof: Proof,
): Promise<rows.ChangeRow> {
  const was = (await contactsOf(write, account.id)).find((contact) => contact.kind === wish.kind);
  const change: rows.ChangeRow = {
    id: newId(),
    account_id: account.id,
    kind: wish.kind,
    old_value: was?.value ?? null,
    old_key: was?.key ?? null,
    old_proven: was?.proven ? 1 : 0,
    new_value: wish.value,
    new_key: wish.key,
    proof_id: proof.id,
    state: "pending",
    asked_at: tools.clock.now(),
    confirmed_at: null,
  };
  await rows.insertChange(write, change);
  return change;
}

/**
 * The new contact gets the proof; the owner of a foreign one hears of the attempt by letter, since an SMS
 * would cost money and say less. What nobody should get is a shadow, which is the same work.
 */
function messageFor(
  tools: ContactTools,
  what: {
    wish: Contact;
    holder: Person | undefined;
    change: rows.ChangeRow;
    account: Account;
    admitted: Admitted;
  },
  asking: Asking,
) {
  const { wish, holder, change, account, admitted } = what;
  if (holder) {
    const mailboxes = holder.contacts.filter((contact) => contact.kind === "email");
    const to = mailboxes.find((each) => each.key === wish.key) ?? mailboxes.find((each) => each.proven);
    return {
      kind: "contact-taken",
      channel: "email" as const,
      accountId: holder.account.id,
      to: to?.value ?? "",
      language: holder.account.language ?? asking.language,
      data: { contact: wish.kind, at: tools.clock.now() },
    };
  }
  const language = account.language ?? asking.language;
  const message = {
    accountId: account.id,
    language,
    about: change.id,
    data: { change: change.id, device: asking.device },
  };
  if (wish.kind === "email") {
    return { ...message, kind: "contact-link", channel: "email" as const, to: wish.value };
  }
  const giveUpAfterMs = tools.settings.recoveryCodeLifetimeMs;
  const to = admitted.kind === "admitted" ? wish.key : "";
  return { ...message, kind: "contact-code", channel: "sms" as const, to, giveUpAfterMs };
}
