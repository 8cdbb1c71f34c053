/** What speaks for the applicant being who they say: at hand to staff as a checklist, never as a secret. */
import { accountById, type Contact, contactsOf } from "../../accounts/accounts.ts";
import { recordEvent } from "../../audit/audit.ts";
import { admitSmsAfter, putMessage, reachesBySms, smsConfirmed } from "../../delivery/delivery.ts";
import { newId } from "../../platform/secrets/ids.ts";
import type { Reader, Writer } from "../../platform/store/store.ts";
import * as budgets from "../../platform/throttle/budgets.ts";
import {
  type CodeOutcome,
  enterCode,
  issueProof,
  redeemProof,
  stateOf,
  TRIES_PER_CODE,
} from "../../proofs/proofs.ts";
import { promisedAt } from "../opening.ts";
import * as cases from "../rows.ts";
import type { Doer, SupportTools, Visitor } from "../tools.ts";
import * as rows from "./rows.ts";

export type { EvidenceRow } from "./rows.ts";
export { evidenceById, evidenceOf } from "./rows.ts";

export type EvidenceKind = rows.EvidenceRow["kind"];

/** In the order of the checklist; the confirmed address for answers stands before them and is not counted. */
export const evidenceKinds = ["phone", "colleague", "in-person", "document"] as const;

/** How many different kinds are there: two colleagues are one kind, as are two documents. */
export function countEvidence(rowsOfCase: readonly rows.EvidenceRow[]): number {
  return new Set(rowsOfCase.filter(({ state }) => state === "given").map(({ kind }) => kind)).size;
}

/** Who of the staff or of the colleagues had a part in it; none of them decides. */
export function involvedIn(rowsOfCase: readonly rows.EvidenceRow[]): string[] {
  return rowsOfCase.flatMap((row) => [row.by_id, row.account_id]).filter((id) => id !== null);
}

/** Puts one piece into the file and into the record. */
export async function keepEvidence(
  tools: SupportTools,
  write: Writer,
  found: cases.CaseRow,
  piece: Pick<rows.EvidenceRow, "kind" | "state" | "account_id" | "by_id" | "note">,
  by: Doer,
): Promise<string> {
  const id = newId();
  await rows.insertEvidence(write, { id, case_id: found.id, at: tools.clock.now(), ...piece });
  await recordEvent(tools, write, {
    action: piece.state === "asked" ? "case.vouching-asked" : "case.evidence-given",
    actor: by.actor,
    accountId: found.account_id,
    address: by.address,
    detail: { number: found.number, evidence: piece.kind, note: piece.note, device: by.device },
  });
  return id;
}

const PURPOSE = "case phone";

/**
 * Sends six digits to the proven phone of the account. Page, work and limits are the same where there is no
 * account or no phone; the same digits again while they live.
 */
export async function askPhoneCode(
  tools: SupportTools,
  found: cases.CaseRow,
  by: Visitor,
): Promise<{ kind: "asked" } | { kind: "throttled"; retryAt: number }> {
  const phone = await phoneOf(tools, tools.store.read, found);
  const told = [{ budget: budgets.changeSms, subject: `case ${found.id}` }];
  const admitted = await admitSmsAfter(tools, told, {
    to: phone?.key ?? `case ${found.id}`,
    accountId: phone ? found.account_id : null,
    source: by.source,
  });
  if (admitted.kind === "throttled") return admitted;
  const older = await stateOf(tools, tools.store.read, found.phone_proof_id ?? "");
  await tools.store.transact(async (write) => {
    const account = phone && (await accountById(write, found.account_id ?? ""));
    const usable =
      older.kind === "live" &&
      older.proof.tries < TRIES_PER_CODE &&
      older.proof.sent_to === (phone?.key ?? "");
    const proof = usable
      ? older.proof
      : await issueProof(tools, write, {
          purpose: PURPOSE,
          form: "code",
          account: account ?? null,
          flowId: found.id,
          sentTo: phone?.key ?? "",
          lifetimeMs: tools.settings.recoveryCodeLifetimeMs,
        });
    await cases.setCase(write, found.id, { phone_proof_id: proof.id });
    await putMessage(tools, write, {
      kind: "case-code",
      channel: "sms",
      accountId: account?.id ?? null,
      to: account && admitted.kind === "admitted" ? (phone?.key ?? "") : "",
      language: account?.language ?? found.language,
      data: { proof: proof.id },
      giveUpAfterMs: proof.expires_at - tools.clock.now(),
    });
    await recordEvent(tools, write, {
      action: "case.code-asked",
      actor: "anonymous",
      accountId: found.account_id,
      address: by.address,
      detail: { number: found.number, device: by.device },
    });
  });
  return { kind: "asked" };
}

async function phoneOf(
  tools: SupportTools,
  read: Reader,
  found: cases.CaseRow,
): Promise<Contact | undefined> {
  const contacts = await contactsOf(read, found.account_id ?? "");
  return contacts.find(
    ({ kind, key, proven }) => kind === "phone" && proven && reachesBySms(tools.settings, key),
  );
}

/** Judges the digits of the SMS; right ones are a piece of evidence, once. */
export async function enterPhoneCode(
  tools: SupportTools,
  found: cases.CaseRow,
  typed: string,
  by: Visitor,
): Promise<CodeOutcome | { kind: "throttled"; retryAt: number }> {
  const subject = found.account_id ?? `case ${found.id}`;
  const proofId = found.phone_proof_id ?? "";
  const outcome = await enterCode(tools, { subject, proofId, typed, source: by.source });
  if (outcome.kind !== "right") return outcome;
  await tools.store.transact(async (write) => {
    if (!(await redeemProof(tools, write, { proof: outcome.proof, secret: typed, visit: found.id }))) return;
    await smsConfirmed(tools, write, outcome.proof.sent_to);
    const piece = { kind: "phone", state: "given", account_id: null, by_id: null, note: "" } as const;
    await keepEvidence(tools, write, found, piece, { actor: "anonymous", ...by });
    const now = tools.clock.now();
    await cases.oweAnswer(write, found.id, { movedAt: now, dueAt: promisedAt(tools, now) });
  });
  return outcome;
}
