import { smsConfirmed } from "../delivery/delivery.ts";
import { type CodeOutcome, type CodeTools, enterCode } from "../proofs/proofs.ts";
import type { Key } from "./finish.ts";
import * as rows from "./rows.ts";

export type CodeEntry =
  | { kind: "right"; key: Key }
  | Exclude<CodeOutcome, { kind: "right" }>
  | { kind: "throttled"; retryAt: number };

/** Judges the six digits typed in the browser that asked; the work is the same whoever they were sent to. */
export async function enterRecoveryCode(
  tools: CodeTools,
  entry: { recoveryId: string; typed: string; source: string; identifier: string },
): Promise<CodeEntry> {
  const { recoveryId, typed, source, identifier } = entry;
  const recovery = await rows.recoveryById(tools.store.read, recoveryId);
  const subject = recovery?.account_id ?? `typed:${identifier}`;
  const proofId = recovery?.code_proof_id ?? "";
  const outcome = await enterCode(tools, { subject, proofId, typed, source });
  if (outcome.kind !== "right") return outcome;
  if (recovery?.channel === "sms")
    await tools.store.transact((write) => smsConfirmed(tools, write, outcome.proof.sent_to));
  return { kind: "right", key: { form: "code", secret: typed, proofId } };
}
