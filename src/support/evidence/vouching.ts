/** A colleague's or manager's word: who may be asked, for how long, and what makes it a weak one. */
import {
  type Account,
  findAccount,
  holdAccount,
  type Identifier,
  type Person,
  personById,
} from "../../accounts/accounts.ts";
import { recordEvent } from "../../audit/audit.ts";
import { putMessage } from "../../delivery/delivery.ts";
import type { Language } from "../../platform/language/language.ts";
import type { Writer } from "../../platform/store/store.ts";
import { sourceOf } from "../../platform/web/client-address.ts";
import { promisedAt } from "../opening.ts";
import * as cases from "../rows.ts";
import { isHandled } from "../states.ts";
import { type Doer, noteEvent, type SupportTools } from "../tools.ts";
import { keepEvidence } from "./evidence.ts";
import * as rows from "./rows.ts";

/** How many colleagues may be asked for one case. */
const MOST_COLLEAGUES = 3;
const DAY_MS = 86_400_000;
/** How long a question waits for its answer. */
const QUESTION_MS = 7 * DAY_MS;
/** Whoever is here for less than that may have come for this one case. */
const NEW_MS = 30 * DAY_MS;

/** What makes somebody's word a weak one: given from where the case came from, or by a new account. */
export type Weakness = "same-source" | "new-account";

export type ColleagueOutcome =
  | { kind: "done" }
  | { kind: "stale" }
  /**
   * Nobody, the person themselves or another account of theirs, one of those who handle it, or somebody
   * without a proven mailbox.
   */
  | { kind: "unfit" }
  | { kind: "enough" };

/** Asks a manager or colleague by letter; the word counts only after their own sign-in. */
export async function askColleague(
  tools: SupportTools,
  write: Writer,
  found: cases.CaseRow,
  identifier: Identifier,
  by: Doer & { language: Language },
): Promise<ColleagueOutcome> {
  const about = await personById(write, found.account_id ?? "");
  if (!isHandled(found.state) || !about) return { kind: "stale" };
  const asked = (await rows.evidenceOf(write, found.id)).filter(({ kind }) => kind === "colleague");
  const colleague = await findAccount(write, identifier);
  const person = colleague && (await personById(write, colleague.id));
  const mailbox = person?.contacts.find(({ kind, proven }) => kind === "email" && proven);
  const barred = [about.account.id, found.handler_id, found.opened_by, by.actor];
  if (person?.account.status !== "active" || !mailbox) return { kind: "unfit" };
  if (barred.includes(person.account.id) || isSomebodyAtOnce(person, about, found)) return { kind: "unfit" };
  if (asked.some((row) => row.account_id === person.account.id)) return { kind: "unfit" };
  if (asked.length >= MOST_COLLEAGUES) return { kind: "enough" };
  const piece = {
    kind: "colleague",
    state: "asked",
    account_id: person.account.id,
    by_id: by.actor,
    note: "",
  } as const;
  const evidence = await keepEvidence(tools, write, found, piece, by);
  await putMessage(tools, write, {
    kind: "case-vouch",
    channel: "email",
    accountId: person.account.id,
    to: mailbox.value,
    language: person.account.language ?? by.language,
    data: { case: found.id, evidence },
  });
  return { kind: "done" };
}

/** Whether both may be one human: they share a mailbox or a phone, or the answers go to the colleague's. */
function isSomebodyAtOnce(colleague: Person, about: Person, { answer_key: answer }: cases.CaseRow): boolean {
  const keys = [answer, ...about.contacts.map(({ key }) => key)];
  return colleague.contacts.some(({ key }) => keys.includes(key));
}

/** Whether the question still waits for its answer. */
export function isAsked(row: rows.EvidenceRow, found: cases.CaseRow, now: number): boolean {
  return row.state === "asked" && takesWords(found) && !isUnanswered(row, now);
}

/** Asked for a week in vain. */
export function isUnanswered({ state, at }: rows.EvidenceRow, now: number): boolean {
  return state === "asked" && at <= now - QUESTION_MS;
}

function takesWords({ state }: cases.CaseRow): boolean {
  return state === "new" || isHandled(state);
}

export type VouchOutcome =
  /** Also when the same was answered before: of a double press both end here. */
  | { kind: "answered"; known: boolean }
  /** Answered otherwise before, too late, or the case does not need it any more. */
  | { kind: "over" };

/**
 * The colleague's own word, after their own sign-in. Nobody vouches who is blocked by now or has come to
 * handle the case meanwhile.
 */
export async function answerVouch(
  tools: SupportTools,
  asked: { evidenceId: string; accountId: string; known: boolean },
  by: Doer,
): Promise<VouchOutcome> {
  const { accountId, known } = asked;
  return tools.store.transact(async (write): Promise<VouchOutcome> => {
    const before = await rows.evidenceById(write, asked.evidenceId);
    const about = before && (await cases.caseById(write, before.case_id))?.account_id;
    if (!before || !about) return { kind: "over" };
    const held = new Map<string, Account>();
    // In the order in which everybody holds them.
    for (const id of [accountId, about].toSorted()) {
      const account = await holdAccount(write, tools.store.kind, id);
      if (account) held.set(id, account);
    }
    const row = await rows.evidenceById(write, before.id);
    const found = await cases.caseById(write, before.case_id);
    const [colleague, person] = [held.get(accountId), held.get(about)];
    const state = known ? "given" : "declined";
    if (!row || !found || !person || row.account_id !== accountId || colleague?.status !== "active")
      return { kind: "over" };
    if (row.state === state) return { kind: "answered", known };
    const now = tools.clock.now();
    if (!isAsked(row, found, now) || found.handler_id === accountId) return { kind: "over" };
    const weakness = known ? weaknessOf({ colleague, person, found, now }, by) : "";
    await rows.answerAsked(write, row.id, { state, at: now, note: weakness });
    await noteEvent(tools, write, { caseId: found.id, name: known ? "vouched" : "not-vouched", by });
    await cases.oweAnswer(write, found.id, { movedAt: now, dueAt: promisedAt(tools, now) });
    await recordEvent(tools, write, {
      action: known ? "case.vouched" : "case.not-vouched",
      actor: accountId,
      accountId: found.account_id,
      address: by.address,
      detail: { number: found.number, device: by.device },
    });
    return { kind: "answered", known };
  });
}

function weaknessOf(
  given: { colleague: Account; person: Account; found: cases.CaseRow; now: number },
  by: Doer,
): Weakness | "" {
  const { colleague, person, found, now } = given;
  if (sourceOf(by.address) === sourceOf(found.address)) return "same-source";
  const isNew = (account: Account) => account.created_at > now - NEW_MS;
  // Where everybody is new, such as after an import, it says nothing.
  return isNew(colleague) && !isNew(person) ? "new-account" : "";
}
