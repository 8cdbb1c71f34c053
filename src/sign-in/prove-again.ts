/**
 * Proving once more that one is who is signed in, before something that a stranger at the keyboard must not
 * do.
 */
import { accountById, contactsOf } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { type DeliveryBell, putMessage } from "../delivery/delivery.ts";
import type { Language } from "../platform/language/language.ts";
import type { Writer } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { enterCode, issueProof, liveProof, redeemProof, TRIES_PER_CODE } from "../proofs/proofs.ts";
import { renewSession } from "../sessions/sessions.ts";
import type { Settings } from "../settings.ts";
import { type Attempt, chargesFor, judgePassword, recordFailure, type TryTools } from "./password-try.ts";

const PURPOSE = "reauthenticate";

export interface ProvingAgain extends Attempt {
  accountId: string;
  sessionId: string;
}

export type PasswordProof =
  /** Good for the account at this generation; `settleProof` takes back what was counted. */
  | { kind: "right"; generation: number; charges: readonly Charge[] }
  | { kind: "wrong" }
  | { kind: "throttled"; retryAt: number };

/**
 * Compares the typed password with the account's, within the very limits of the sign-in, whoever's hands are
 * on the keyboard. Throws `HashingOverloaded` when the pool is full.
 */
export async function provePassword(
  tools: TryTools,
  attempt: ProvingAgain,
  typed: string,
): Promise<PasswordProof> {
  const { accountId } = attempt;
  const account = await accountById(tools.store.read, accountId);
  const charges = chargesFor(attempt, { id: accountId }, "");
  const limited = await spend(tools, charges);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  // Counted for strangers too, and never heeded here: who guesses at an open session begins no new count
  // outside.
  const outside: Charge = { budget: budgets.signInAccount, subject: `account:${accountId}` };
  const counted = charges.some(({ budget }) => budget.name === outside.budget.name) ? [] : [outside];
  const spent = (await spend(tools, counted)).kind === "allowed" ? counted : [];
  const all = [...charges, ...spent];
  const check = await judgePassword(tools, accountId, typed, all);
  if (check.kind === "matches" && !check.once && account?.status === "active")
    return { kind: "right", generation: account.generation, charges: all };
  await recordFailure(tools, attempt, accountId);
  return { kind: "wrong" };
}

/** Takes back what the proof was counted as, in the transaction of what it was asked for. */
export function settleProof(
  tools: TryTools,
  write: Writer,
  { charges }: Extract<PasswordProof, { kind: "right" }>,
): Promise<void> {
  return settle(tools, write, { giveBack: charges });
}

/** After a right password the session goes on under a new token; undefined when it ended meanwhile. */
export function renewByPassword(
  tools: TryTools,
  { accountId, sessionId, address, device }: ProvingAgain,
  proof: Extract<PasswordProof, { kind: "right" }>,
): Promise<string | undefined> {
  return tools.store.transact(async (write) => {
    await settleProof(tools, write, proof);
    const token = await renewSession(tools, write, sessionId, "password");
    await recordEvent(tools, write, {
      action: "session.proven",
      actor: accountId,
      accountId,
      address,
      detail: { method: "password", device },
    });
    return token;
  });
}

export interface CodeTools extends TryTools {
  settings: Settings;
  deliveryBell: DeliveryBell;
}

/**
 * For who has no password: six digits to the proven mailbox, good in this session alone; the same ones again
 * while they live. `sentTo`: the mailbox, or undefined when the account has none.
 */
export async function askForProofCode(
  tools: CodeTools,
  asking: ProvingAgain & { language: Language },
): Promise<{ kind: "asked"; sentTo: string | undefined } | { kind: "throttled"; retryAt: number }> {
  const { accountId, sessionId, device } = asking;
  const { read } = tools.store;
  const mailbox = (await contactsOf(read, accountId)).find(({ kind, proven }) => kind === "email" && proven);
  if (!mailbox) return { kind: "asked", sentTo: undefined };
  const limited = await spend(tools, [{ budget: budgets.changeLetters, subject: accountId }]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  await tools.store.transact(async (write) => {
    const account = await accountById(write, accountId);
    if (!account) return;
    const older = await liveProof(tools, write, { account, purpose: PURPOSE, form: "code" });
    const usable = older?.flow_id === sessionId && older.tries < TRIES_PER_CODE ? older : undefined;
    const wish = { purpose: PURPOSE, form: "code", account, flowId: sessionId, sentTo: mailbox.key } as const;
    const lifetimeMs = tools.settings.recoveryCodeLifetimeMs;
    const proof = usable ?? (await issueProof(tools, write, { ...wish, lifetimeMs }));
    await putMessage(tools, write, {
      kind: "proof-code",
      channel: "email",
      accountId,
      to: mailbox.value,
      language: account.language ?? asking.language,
      data: { proof: proof.id, device },
      giveUpAfterMs: lifetimeMs,
    });
  });
  return { kind: "asked", sentTo: mailbox.value };
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
  const { accountId, sessionId, source, address, device } = attempt;
  const { read } = tools.store;
  const account = await accountById(read, accountId);
  const proof = account && (await liveProof(tools, read, { account, purpose: PURPOSE, form: "code" }));
  if (proof?.flow_id !== sessionId) return { kind: "dead", because: "time" };
  const entered = await enterCode(tools, { accountId, proofId: proof.id, typed, source });
  if (entered.kind !== "right") return entered;
  const token = await tools.store.transact(async (write) => {
    if (!(await redeemProof(tools, write, { proof, secret: typed, visit: sessionId }))) return undefined;
    const renewed = await renewSession(tools, write, sessionId, "mailbox");
    await recordEvent(tools, write, {
      action: "session.proven",
      actor: accountId,
      accountId,
      address,
      detail: { method: "mailbox", device },
    });
    return renewed;
  });
  return token === undefined ? { kind: "dead", because: "time" } : { kind: "proven", token };
}
