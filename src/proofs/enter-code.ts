import type { Clock } from "../platform/clock.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store } from "../platform/store/store.ts";
import { type AlarmTools, raiseAlarm } from "../platform/throttle/alarms.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { type CodeOutcome, checkCode } from "./proofs.ts";

export interface CodeTools extends AlarmTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
}

/**
 * Judges six digits that were typed for a proof, within what all codes share: tries per source, per subject
 * and day, in a row, and over the whole service, where the operator hears of guessing. Counted before the
 * compare; what was right is given back. `subject`: the account, or for nobody what was typed in its place.
 */
export async function enterCode(
  tools: CodeTools,
  { subject, proofId, typed, source }: { subject: string; proofId: string; typed: string; source: string },
): Promise<CodeOutcome | { kind: "throttled"; retryAt: number }> {
  const inARow: Charge = { budget: budgets.codesInARow, subject };
  const wrongOnes: Charge[] = [
    { budget: budgets.codeSource, subject: source },
    { budget: budgets.codeAccount, subject },
    { budget: budgets.codesWholeService, subject: "all" },
  ];
  const limited = await spend(tools, [...wrongOnes, inARow]);
  if (limited.kind === "limited") {
    if (limited.budget === budgets.codesWholeService.name) await tellOfGuessing(tools, "codes rest");
    return { kind: "throttled", retryAt: limited.retryAt };
  }
  const outcome = await checkCode(tools, proofId, typed);
  if (outcome.kind === "wrong") await countWrong(tools);
  if (outcome.kind === "right")
    await tools.store.transact((write) => settle(tools, write, { clear: [inARow], giveBack: wrongOnes }));
  return outcome;
}

/** The brake is at a thousand; from two hundred on the operator hears of it. */
async function countWrong(tools: CodeTools): Promise<void> {
  const verdict = await spend(tools, [{ budget: budgets.codesAlarm, subject: "all" }]);
  if (verdict.kind === "limited") await tellOfGuessing(tools, "many wrong");
}

/** Once in a while, however many codes are tried and at however many instances. */
async function tellOfGuessing(tools: CodeTools, by: string): Promise<void> {
  const told = await spend(tools, [{ budget: budgets.codesAlarmTold, subject: by }]);
  if (told.kind === "allowed") raiseAlarm(tools, { event: "codes_guessed", by });
}
