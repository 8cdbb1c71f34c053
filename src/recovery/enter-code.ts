import { smsConfirmed } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store } from "../platform/store/store.ts";
import { type AlarmTools, raiseAlarm } from "../platform/throttle/alarms.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { checkCode } from "../proofs/proofs.ts";
import type { Key } from "./finish.ts";
import * as rows from "./rows.ts";

export interface CodeTools extends AlarmTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
}

export type CodeEntry =
  | { kind: "right"; key: Key }
  | { kind: "wrong"; triesLeft: number }
  | { kind: "dead"; because: "tries" | "time" }
  | { kind: "throttled"; retryAt: number };

/**
 * Judges the six digits typed in the browser that asked. Counted before the compare, whoever it was sent to.
 */
export async function enterCode(
  tools: CodeTools,
  entry: { recoveryId: string; typed: string; source: string; identifier: string },
): Promise<CodeEntry> {
  const recovery = await rows.recoveryById(tools.store.read, entry.recoveryId);
  const subject = recovery?.account_id ?? `typed:${entry.identifier}`;
  const inARow: Charge = { budget: budgets.codesInARow, subject };
  const wrongOnes: Charge[] = [
    { budget: budgets.codeSource, subject: entry.source },
    { budget: budgets.codeAccount, subject },
    { budget: budgets.codesWholeService, subject: "all" },
  ];
  const limited = await spend(tools, [...wrongOnes, inARow]);
  if (limited.kind === "limited") {
    if (limited.budget === budgets.codesWholeService.name) await tellOfGuessing(tools, "codes rest");
    return { kind: "throttled", retryAt: limited.retryAt };
  }
  const proofId = recovery?.code_proof_id;
  if (!proofId) return { kind: "dead", because: "time" };
  const outcome = await checkCode(tools, proofId, entry.typed);
  if (outcome.kind === "wrong") await countWrong(tools);
  if (outcome.kind !== "right") return outcome;
  await tools.store.transact(async (write) => {
    await settle(tools, write, { clear: [inARow], giveBack: wrongOnes });
    if (recovery.channel === "sms") await smsConfirmed(tools, write, outcome.proof.sent_to);
  });
  return { kind: "right", key: { form: "code", secret: entry.typed, proofId } };
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
