/**
 * What staff do with a case. Whether they may is judged by the console, in the same transaction, which also
 * holds the account; here is what it means.
 */
import { type Account, findAccount, type Identifier, peopleAtMailbox } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { putMessage } from "../delivery/delivery.ts";
import type { Writer } from "../platform/store/store.ts";
import { countEvidence, evidenceOf, keepEvidence } from "./evidence/evidence.ts";
import { isMeetingCode } from "./keys.ts";
import { promisedAt } from "./opening.ts";
import { deskPolicyFor } from "./policy.ts";
import * as rows from "./rows.ts";
import { isHandled } from "./states.ts";
import { enter, type JudgedFile } from "./thread/thread.ts";
import { type Doer, moveCase, type SupportTools } from "./tools.ts";

export type StaffOutcome =
  | { kind: "done" }
  /** Somebody was quicker, or it does not fit the state any more. */
  | { kind: "stale" };

const done = { kind: "done" } as const;
const stale = { kind: "stale" } as const;

type Tools = SupportTools;
type Found = rows.CaseRow;

/** Whoever refused it does not handle it again after the appeal, nor does who is asked to vouch in it. */
export async function takeCase(
  tools: Tools,
  write: Writer,
  found: Found,
  by: Doer,
): Promise<StaffOutcome | { kind: "barred" }> {
  if (await isBarred(write, found, by.actor)) return { kind: "barred" };
  const set = { handler_id: by.actor };
  return (await moveCase(tools, write, found, { move: "take", by, set })) ? done : stale;
}

async function isBarred(write: Writer, found: Found, id: string): Promise<boolean> {
  const words = await evidenceOf(write, found.id);
  return found.earlier_handler_id === id || words.some(({ account_id: colleague }) => colleague === id);
}

/** Back into the queue. */
export async function putBack(tools: Tools, write: Writer, found: Found, by: Doer): Promise<StaffOutcome> {
  const set = { handler_id: null, due_at: promisedAt(tools, tools.clock.now()) };
  return (await moveCase(tools, write, found, { move: "put-back", by, set })) ? done : stale;
}

/** To somebody else of the staff, who may handle it. */
export async function handOver(
  tools: Tools,
  write: Writer,
  found: Found,
  by: Doer & { to: string },
): Promise<StaffOutcome | { kind: "barred" }> {
  if (await isBarred(write, found, by.to)) return { kind: "barred" };
  const set = { handler_id: by.to, due_at: promisedAt(tools, tools.clock.now()) };
  const detail = { to: by.to };
  return (await moveCase(tools, write, found, { move: "hand-over", by, set, detail })) ? done : stale;
}

/** Words to the applicant, who is now awaited. */
export async function answerCase(
  tools: Tools,
  write: Writer,
  found: Found,
  said: { text: string; files: readonly JudgedFile[] },
  by: Doer,
): Promise<StaffOutcome> {
  const moved = await moveCase(tools, write, found, { move: "ask", by, set: { due_at: null } });
  if (!moved) return stale;
  const entry = await enter(tools, write, found.id, { kind: "desk", authorId: by.actor, said });
  await tell(tools, write, found, "case-reply", { entry });
  return done;
}

/** For staff alone. */
export async function noteInside(
  tools: Tools,
  write: Writer,
  found: Found,
  text: string,
  by: Doer,
): Promise<StaffOutcome> {
  await enter(tools, write, found.id, { kind: "note", authorId: by.actor, said: { text, files: [] } });
  await recordStep(tools, write, found, "case.noted", by);
  return done;
}

/** A letter to the applicant about the case. */
export async function tell(
  tools: Tools,
  write: Writer,
  found: Found,
  kind: string,
  data: Record<string, string | number | null> = {},
): Promise<void> {
  await putMessage(tools, write, {
    kind,
    channel: "email",
    accountId: null,
    to: found.answer_to,
    language: found.language,
    data: { case: found.id, ...data },
  });
}

/** Whom it is about, where what the applicant typed names nobody. */
export async function nameAccount(
  tools: Tools,
  write: Writer,
  found: Found,
  identifier: Identifier,
  by: Doer,
): Promise<StaffOutcome | { kind: "nobody" }> {
  if (found.account_id !== null || !isHandled(found.state)) return stale;
  const account = await findAccount(write, identifier);
  if (!account || account.id === by.actor) return { kind: "nobody" };
  await rows.setCase(write, found.id, {
    account_id: account.id,
    signed_in_at: account.signed_in_at,
    version: found.version + 1,
  });
  await recordStep(tools, write, { ...found, account_id: account.id }, "case.named", by);
  return done;
}

/** The applicant read the digits of their page aloud to one of the staff who met them. */
export async function noteMeeting(
  tools: Tools,
  write: Writer,
  found: Found,
  typed: string,
  by: Doer,
): Promise<StaffOutcome | { kind: "wrong" }> {
  if (!isHandled(found.state)) return stale;
  if (!isMeetingCode(tools, found, typed, tools.clock.now())) return { kind: "wrong" };
  const piece = { kind: "in-person", state: "given", account_id: null, by_id: by.actor, note: "" } as const;
  await keepEvidence(tools, write, found, piece, by);
  return done;
}

/** One of the staff has seen a document; of it only the kind is kept. */
export async function noteDocument(
  tools: Tools,
  write: Writer,
  found: Found,
  kindOfDocument: string,
  by: Doer,
): Promise<StaffOutcome> {
  if (!isHandled(found.state)) return stale;
  const note = kindOfDocument;
  const piece = { kind: "document", state: "given", account_id: null, by_id: by.actor, note } as const;
  await keepEvidence(tools, write, found, piece, by);
  return done;
}

export type ProposeOutcome =
  | StaffOutcome
  | { kind: "too-little"; has: number; needs: number }
  /** Nobody is named, or the account is closed. */
  | { kind: "no-account" }
  /** A group of the account leaves the desk out. */
  | { kind: "not-allowed" }
  /** The address for answers belongs to somebody else. */
  | { kind: "address-taken" };

/** Asks a second one of the staff to decide. */
export async function proposeCase(
  tools: Tools,
  write: Writer,
  found: Found,
  wish: { account: Account | undefined; replacesEmail: boolean; reason: string },
  by: Doer,
): Promise<ProposeOutcome> {
  const { account, replacesEmail, reason } = wish;
  if (account?.status !== "active") return { kind: "no-account" };
  const { allowed, evidence: needs } = deskPolicyFor(tools, account);
  if (!allowed) return { kind: "not-allowed" };
  const has = countEvidence(await evidenceOf(write, found.id));
  if (has < needs) return { kind: "too-little", has, needs };
  const holders = replacesEmail ? await peopleAtMailbox(write, found.answer_key) : [];
  if (holders.some((person) => person.account.id !== account.id)) return { kind: "address-taken" };
  const set = {
    replaces_email: replacesEmail ? 1 : 0,
    due_at: promisedAt(tools, tools.clock.now()),
  } as const;
  const detail = { evidence: has, email: replacesEmail ? 1 : 0, reason };
  const moved = await moveCase(tools, write, found, { move: "propose", by, set, detail });
  if (!moved) return stale;
  if (reason) await enter(tools, write, found.id, noteOf(reason, by));
  return done;
}

function noteOf(text: string, by: Doer) {
  return { kind: "note", authorId: by.actor, said: { text, files: [] } } as const;
}

/** The second one does not agree yet; the reason is for the handler. */
export async function returnCase(
  tools: Tools,
  write: Writer,
  found: Found,
  reason: string,
  by: Doer,
): Promise<StaffOutcome> {
  const set = { due_at: promisedAt(tools, tools.clock.now()) };
  const moved = await moveCase(tools, write, found, { move: "return", by, set, detail: { reason } });
  if (!moved) return stale;
  if (reason) await enter(tools, write, found.id, noteOf(reason, by));
  return done;
}

/** The end, with the reason and how to appeal: once, to another handler. */
export async function refuseCase(
  tools: Tools,
  write: Writer,
  found: Found,
  reason: string,
  by: Doer,
): Promise<StaffOutcome> {
  const set = { reason, due_at: null, decided_at: tools.clock.now() };
  const moved = await moveCase(tools, write, found, { move: "refuse", by, set, detail: { reason } });
  if (!moved) return stale;
  await tell(tools, write, found, "case-refused");
  return done;
}

async function recordStep(tools: Tools, write: Writer, found: Found, action: string, by: Doer) {
  await recordEvent(tools, write, {
    action,
    actor: by.actor,
    accountId: found.account_id,
    address: by.address,
    detail: { number: found.number, device: by.device },
  });
}
