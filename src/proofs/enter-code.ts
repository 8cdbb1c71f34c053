import type { Clock } from "../platform/clock.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { type CodeOutcome, checkCode } from "./proofs.ts";

/**
 * Judges six digits that were typed for a proof of this account, within what all codes share: tries per
 * source, per account and day, in a row, and over the whole service. Counted before the compare; what was
 * right is given back.
 */
export async function enterCode(
  tools: { clock: Clock; secrets: Secrets; store: Store },
  entry: { accountId: string; proofId: string; typed: string; source: string },
): Promise<CodeOutcome | { kind: "throttled"; retryAt: number }> {
  const inARow: Charge = { budget: budgets.codesInARow, subject: entry.accountId };
  const wrongOnes: Charge[] = [
    { budget: budgets.codeSource, subject: entry.source },
    { budget: budgets.codeAccount, subject: entry.accountId },
    { budget: budgets.codesWholeService, subject: "all" },
  ];
  const limited = await spend(tools, [...wrongOnes, inARow]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };
  const outcome = await checkCode(tools, entry.proofId, entry.typed);
  if (outcome.kind === "right")
    await tools.store.transact((write) => settle(tools, write, { clear: [inARow], giveBack: wrongOnes }));
  return outcome;
}
