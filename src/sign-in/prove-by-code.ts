/** Proving once more that one is who is signed in, for who has no password: by six digits. */
import { type Account, accountById, type Contact, contactsOf } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import {
  admitSmsAfter,
  type DeliveryBell,
  putMessage,
  reachesBySms,
  type SmsGuardTools,
  smsConfirmed,
} from "../delivery/delivery.ts";
import type { Language } from "../platform/language/language.ts";
import type { Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spend } from "../platform/throttle/throttle.ts";
import {
  enterCode,
  issueProof,
  liveProof,
  type Proof,
  redeemProof,
  TRIES_PER_CODE,
} from "../proofs/proofs.ts";
import { renewSession } from "../sessions/sessions.ts";
import type { Settings } from "../settings.ts";
import type { ProvingAgain } from "./prove-again.ts";

const PURPOSE = "reauthenticate";

export interface CodeTools extends SmsGuardTools {
  settings: Settings;
  deliveryBell: DeliveryBell;
}

/**
 * Where the code for a proof goes: to the proven mailbox, and only without one to a proven number, since an
 * SMS is the weaker way (NIST SP 800-63B-4, 3.1.3.3) and costs money. Undefined: nowhere.
 */
export function contactForCode(settings: Settings, contacts: readonly Contact[]): Contact | undefined {
  const proven = contacts.filter((contact) => contact.proven);
  const reached = ({ kind, key }: Contact) => kind === "phone" && reachesBySms(settings, key);
  return proven.find(({ kind }) => kind === "email") ?? proven.find(reached);
}

/** Six digits, good in this session alone; the same ones again while they live. */
export async function askForProofCode(
  tools: CodeTools,
  asking: ProvingAgain & { language: Language },
): Promise<{ kind: "asked" } | { kind: "throttled"; retryAt: number }> {
  const { accountId, device } = asking;
  const contact = contactForCode(tools.settings, await contactsOf(tools.store.read, accountId));
  if (!contact) return { kind: "asked" };
  const leave = await leaveFor(tools, contact, asking);
  if (leave.kind === "throttled") return leave;
  await tools.store.transact(async (write) => {
    const account = await accountById(write, accountId);
    if (!account) return;
    const proof = await proofFor(tools, write, { account, contact, sessionId: asking.sessionId });
    const to = contact.kind === "email" ? contact.value : contact.key;
    await putMessage(tools, write, {
      kind: "proof-code",
      channel: contact.kind === "email" ? "email" : "sms",
      accountId,
      to: leave.kind === "admitted" ? to : "",
      language: account.language ?? asking.language,
      data: { proof: proof.id, device },
      giveUpAfterMs: proof.expires_at - tools.clock.now(),
    });
  });
  return { kind: "asked" };
}

type Leave = { kind: "admitted" } | { kind: "held" } | { kind: "throttled"; retryAt: number };

async function leaveFor(
  tools: CodeTools,
  { kind, key }: Contact,
  { accountId, source }: ProvingAgain,
): Promise<Leave> {
  if (kind === "phone") {
    const told = [{ budget: budgets.changeSms, subject: accountId }];
    return admitSmsAfter(tools, told, { to: key, accountId, source });
  }
  const verdict = await spend(tools, [{ budget: budgets.changeLetters, subject: accountId }]);
  return verdict.kind === "limited" ? { kind: "throttled", retryAt: verdict.retryAt } : { kind: "admitted" };
}

async function proofFor(
  tools: CodeTools,
  write: Writer,
  { account, contact, sessionId }: { account: Account; contact: Contact; sessionId: string },
): Promise<Proof> {
  const older = await liveProof(tools, write, { account, purpose: PURPOSE, form: "code" });
  const usable =
    older?.flow_id === sessionId && older.sent_to === contact.key && older.tries < TRIES_PER_CODE;
  if (older && usable) return older;
  return issueProof(tools, write, {
    purpose: PURPOSE,
    form: "code",
    account,
    flowId: sessionId,
    sentTo: contact.key,
    lifetimeMs: tools.settings.recoveryCodeLifetimeMs,
  });
}

export type CodeProofOutcome =
  | { kind: "proven"; token: string }
  | { kind: "wrong"; triesLeft: number }
  | { kind: "dead"; because: "tries" | "time" }
  | { kind: "throttled"; retryAt: number };

/** Judges the six digits; right ones renew the session, so that its next five minutes count as proven. */
export async function proveByCode(
  tools: CodeTools,
  attempt: ProvingAgain,
  typed: string,
): Promise<CodeProofOutcome> {
  const { accountId, sessionId, source } = attempt;
  const { read } = tools.store;
  const account = await accountById(read, accountId);
  const proof = account && (await liveProof(tools, read, { account, purpose: PURPOSE, form: "code" }));
  if (proof?.flow_id !== sessionId) return { kind: "dead", because: "time" };
  const entered = await enterCode(tools, { subject: accountId, proofId: proof.id, typed, source });
  if (entered.kind !== "right") return entered;
  const token = await tools.store.transact((write) => renewByCode(tools, write, proof, { attempt, typed }));
  return token === undefined ? { kind: "dead", because: "time" } : { kind: "proven", token };
}

async function renewByCode(
  tools: CodeTools,
  write: Writer,
  proof: Proof,
  { attempt, typed }: { attempt: ProvingAgain; typed: string },
): Promise<string | undefined> {
  const { accountId, sessionId, address, device } = attempt;
  if (!(await redeemProof(tools, write, { proof, secret: typed, visit: sessionId }))) return undefined;
  const byPhone = (await contactsOf(write, accountId)).some(
    ({ kind, key }) => kind === "phone" && key === proof.sent_to,
  );
  if (byPhone) await smsConfirmed(tools, write, proof.sent_to);
  const method = byPhone ? "phone" : "mailbox";
  const token = await renewSession(tools, write, sessionId, method);
  await recordEvent(tools, write, {
    action: "session.proven",
    actor: accountId,
    accountId,
    address,
    detail: { method, device },
  });
  return token;
}
