/**
 * Proving once more that one is who is signed in, before something that a stranger at the keyboard must not
 * do.
 */
import { accountById } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import type { Writer } from "../platform/store/store.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { policyOf, policyOfEveryone } from "../policies/policies.ts";
import { renewSession } from "../sessions/sessions.ts";
import {
  type Attempt,
  chargesFor,
  judgePassword,
  recordFailure,
  strangersBudget,
  type TryTools,
} from "./password-try.ts";

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
  const policy = account ? policyOf(tools, account) : policyOfEveryone(tools);
  const charges = chargesFor(attempt, { id: accountId }, "", policy);
  const limited = await spend(tools, charges);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  // Counted for strangers too, and never heeded here: who guesses at an open session begins no new count
  // outside.
  const outside: Charge = { budget: strangersBudget(policy), subject: `account:${accountId}` };
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
