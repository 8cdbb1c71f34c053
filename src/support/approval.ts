/** The second opinion, the waiting period that begins with it, and everything that ends it early. */
import { type Account, type Contact, contactsOf, holdAccount } from "../accounts/accounts.ts";
import { replacedSince } from "../contacts/contacts.ts";
import { NOTICE_GIVE_UP_AFTER_MS, putMessages, reachesBySms } from "../delivery/delivery.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import { findProof, issueProof, readKey, redeemProof, UNBOUND } from "../proofs/proofs.ts";
import { evidenceOf, involvedIn } from "./evidence/evidence.ts";
import { deskPolicyFor } from "./policy.ts";
import * as rows from "./rows.ts";
import { type StaffOutcome, tell } from "./staff.ts";
import { isOpen } from "./states.ts";
import { bySystem, type Doer, moveCase, type SupportTools } from "./tools.ts";

/** How long the veto of a notice works: the longest wait, and two weeks behind it. */
const VETO_LIFETIME_MS = 30 * 86_400_000;
const VETO = "case veto";
/** As long as a changed contact can be undone. */
const REPLACED_WITHIN_MS = 7 * 86_400_000;

export type ApproveOutcome =
  | StaffOutcome
  /** Who handled it, opened it, or gave or took evidence is not a second one. */
  | { kind: "involved" }
  | { kind: "no-account" }
  /** The owner signed in meanwhile, so the case has ended. */
  | { kind: "stopped" };

/** Who had a part in the case, and so is no second one for it. */
export async function involvedInCase(read: Reader, found: rows.CaseRow): Promise<string[]> {
  const evidence = await evidenceOf(read, found.id);
  const { handler_id, opened_by, account_id } = found;
  return [handler_id, opened_by, account_id, ...involvedIn(evidence)].filter((id) => id !== null);
}

/**
 * Begins the waiting period, by the database's clock, and tells every contact of the account at once, each
 * with a veto of one press.
 */
export async function approveCase(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  account: Account | undefined,
  by: Doer,
): Promise<ApproveOutcome> {
  if (account?.status !== "active") return { kind: "no-account" };
  if ((await involvedInCase(write, found)).includes(by.actor)) return { kind: "involved" };
  if (await stopIfDisturbed(tools, write, found, account)) return { kind: "stopped" };
  const { waitMs } = deskPolicyFor(tools, account);
  const veto = await issueProof(tools, write, {
    purpose: VETO,
    form: "link",
    account: { id: account.id, generation: UNBOUND },
    flowId: null,
    sentTo: "",
    lifetimeMs: waitMs + VETO_LIFETIME_MS,
  });
  const now = await rows.databaseTime(write, tools.store.kind);
  const set = {
    approved_by: by.actor,
    approved_at: now,
    remind_at: now + Math.floor(waitMs / 2),
    release_at: now + waitMs,
    generation: account.generation,
    veto_proof_id: veto.id,
    due_at: null,
    decided_at: tools.clock.now(),
  };
  const detail = { hours: Math.round(waitMs / 3_600_000), email: found.replaces_email };
  const moved = await moveCase(tools, write, found, { move: "approve", by, set, detail });
  if (!moved) return { kind: "stale" };
  await warnOwner(tools, write, moved, account, false);
  await tell(tools, write, moved, "case-approved");
  return { kind: "done" };
}

/**
 * Whom to warn: every contact of the account, proven or not, and the proven ones that were replaced within a
 * week before the case was opened, or since: whoever took the mailbox over would else be alone in knowing.
 */
async function contactsToWarn(write: Writer, found: rows.CaseRow, accountId: string): Promise<Contact[]> {
  const now = await contactsOf(write, accountId);
  const before = await replacedSince(write, accountId, found.opened_at - REPLACED_WITHIN_MS);
  return [
    ...now,
    ...before.filter(({ kind, key }) => !now.some((one) => one.kind === kind && one.key === key)),
  ];
}

/** To everybody who is to be warned: whoever holds one of the contacts may say no. */
async function warnOwner(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  account: Account,
  again: boolean,
): Promise<void> {
  const reached = ({ kind, key }: Contact) => kind === "email" || reachesBySms(tools.settings, key);
  const warning = {
    kind: "case-warning",
    accountId: account.id,
    language: account.language ?? found.language,
    data: { case: found.id, again: again ? 1 : 0 },
    giveUpAfterMs: NOTICE_GIVE_UP_AFTER_MS,
  };
  const told = (await contactsToWarn(write, found, account.id))
    .filter(reached)
    .map(({ kind, value, key }) =>
      kind === "email"
        ? { ...warning, channel: "email" as const, to: value }
        : { ...warning, channel: "sms" as const, to: key },
    );
  await putMessages(tools, write, told);
}

/** Takes the approval back, while nothing was set with it. */
export async function recallCase(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  reason: string,
  by: Doer,
): Promise<StaffOutcome> {
  const set = { ...nothingApproved, decided_at: null };
  const moved = await moveCase(tools, write, found, { move: "recall", by, set, detail: { reason } });
  return { kind: moved ? "done" : "stale" };
}

const nothingApproved = {
  approved_by: null,
  approved_at: null,
  remind_at: null,
  release_at: null,
  generation: null,
  veto_proof_id: null,
  link_proof_id: null,
} as const;

/** Whether something speaks against going on: its name, or undefined. */
function disturbance(
  found: rows.CaseRow,
  account: Pick<Account, "signed_in_at" | "generation" | "status">,
): "signed-in" | "changed" | undefined {
  if (account.signed_in_at !== found.signed_in_at) return "signed-in";
  if (found.generation === null) return undefined;
  return account.generation !== found.generation || account.status !== "active" ? "changed" : undefined;
}

/** Ends the case when its owner came in or something changed; true when it did. The account is held. */
export async function stopIfDisturbed(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  account: Account,
): Promise<boolean> {
  const reason = disturbance(found, account);
  if (!reason || !isOpen(found.state)) return false;
  return stopCase(tools, write, found, { move: "stop", reason, by: bySystem });
}

async function stopCase(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  { move, reason, by }: { move: "stop" | "veto"; reason: string; by: Doer },
): Promise<boolean> {
  const set = { reason, due_at: null };
  const moved = await moveCase(tools, write, found, { move, by, set, detail: { reason } });
  if (!moved) return false;
  await tell(tools, write, moved, "case-stopped");
  return true;
}

/** Halfway: once more to everybody, by whichever instance comes first. */
export async function remindOwner(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  account: Account,
): Promise<void> {
  if (!(await rows.moveRow(write, found, { remind_at: null }))) return;
  await warnOwner(tools, write, { ...found, remind_at: null }, account, true);
}

export type VetoLook =
  | { kind: "live"; found: rows.CaseRow; accountId: string }
  /** Stopped: by this press or by another. */
  | { kind: "stopped" }
  /** The password was set already; the letter about that has a veto of its own. */
  | { kind: "too-late" }
  | { kind: "over" };

async function behindVeto(tools: SupportTools, typed: string) {
  const secret = readKey(typed);
  if (!secret) return undefined;
  const { read } = tools.store;
  const state = await findProof(tools, read, { purpose: VETO, form: "link", secret });
  if (!("proof" in state) || state.proof.account_id === null) return undefined;
  const found = await rows.caseByVeto(read, state.proof.id, state.proof.account_id);
  return found && { state, secret, found, accountId: state.proof.account_id };
}

/** What the link of a warning would do now. Changes nothing, whoever looks: mail scanners do. */
export async function lookAtCaseVeto(tools: SupportTools, typed: string): Promise<VetoLook> {
  const behind = await behindVeto(tools, typed);
  if (!behind) return { kind: "over" };
  const { found, accountId } = behind;
  switch (found.state) {
    case "waiting":
    case "released":
      return { kind: "live", found, accountId };
    case "stopped":
      return { kind: "stopped" };
    case "done":
      return { kind: "too-late" };
    case "unconfirmed":
    case "new":
    case "handling":
    case "asked":
    case "proposed":
    case "refused":
    case "closed":
    case "expired":
      return { kind: "over" };
  }
}

/** One press: the case ends, and the account's history has it. Pressed again it is done already. */
export async function pressCaseVeto(
  tools: SupportTools,
  typed: string,
  by: Omit<Doer, "actor">,
): Promise<void> {
  const behind = await behindVeto(tools, typed);
  if (!behind) return;
  await tools.store.transact(async (write) => {
    // Before the case is read: whoever finishes it holds the account as well.
    await holdAccount(write, tools.store.kind, behind.accountId);
    const found = await rows.caseById(write, behind.found.id);
    if (found?.state !== "waiting" && found?.state !== "released") return;
    const { proof } = behind.state;
    await redeemProof(tools, write, { proof, secret: behind.secret, visit: proof.id });
    await stopCase(tools, write, found, {
      move: "veto",
      reason: "veto",
      by: { actor: "anonymous", ...by },
    });
  });
}
