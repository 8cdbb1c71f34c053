import { recordEvent } from "../audit/audit.ts";
import type { ContactTools } from "../contacts/contacts.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Writer } from "../platform/store/store.ts";
import type { PolicyTools } from "../policies/policies.ts";
import type { CaseRow } from "./rows.ts";
import * as rows from "./rows.ts";
import { type CaseState, fits, type Move, moves } from "./states.ts";
import * as thread from "./thread/rows.ts";

/** What the operations of the desk work with. */
export type SupportTools = ContactTools & PolicyTools;

/** Who does something, from where: an account's id, `anonymous`, `system` or `cli`. */
export interface Doer {
  actor: string;
  address: string;
  device: string;
}

export const bySystem: Doer = { actor: "system", address: "", device: "—" };

export interface Visitor {
  source: string;
  address: string;
  device: string;
  language: Language;
}

/** A move that another was quicker with, or that does not fit the state any more. */
export interface Stale {
  kind: "stale";
  state: CaseState;
}

/**
 * The one way in which a case changes its state: one conditional write, an entry of the thread and a row of
 * the record, all in the caller's transaction. Undefined when somebody else was quicker or it does not fit.
 */
export async function moveCase(
  tools: SupportTools,
  write: Writer,
  found: CaseRow,
  {
    move,
    by,
    set = {},
    detail = {},
  }: {
    move: Move;
    by: Doer;
    set?: Partial<CaseRow>;
    detail?: Record<string, string | number | null>;
  },
): Promise<CaseRow | undefined> {
  if (!fits(move, found.state)) return undefined;
  const change = { ...set, state: moves[move].to, moved_at: tools.clock.now() };
  // The end of the wait is judged by the database in the very write that ends it.
  const over = move === "release" ? tools.store.kind : undefined;
  if (!(await rows.moveRow(write, found, change, over))) return undefined;
  await noteEvent(tools, write, { caseId: found.id, name: move, by });
  await recordEvent(tools, write, {
    action: `case.${actionOf[move]}`,
    actor: by.actor,
    accountId: found.account_id,
    address: by.address,
    detail: { number: found.number, device: by.device, ...detail, ...timeTaken(found, set) },
  });
  return { ...found, ...change, version: found.version + 1 };
}

/** How long the case waited for its decision; the figures count by it. */
function timeTaken({ confirmed_at: from }: CaseRow, { decided_at: at }: Partial<CaseRow>) {
  return typeof at === "number" && from !== null ? { decidedAfterMs: at - from } : {};
}

/** In the past tense, as everything stands in the record. */
const actionOf = {
  confirm: "confirmed",
  expire: "expired",
  take: "taken",
  "put-back": "put-back",
  "hand-over": "handed-over",
  ask: "answered",
  answer: "replied",
  propose: "proposed",
  return: "returned",
  approve: "approved",
  recall: "recalled",
  release: "released",
  finish: "finished",
  veto: "vetoed",
  stop: "stopped",
  refuse: "refused",
  appeal: "appealed",
  withdraw: "withdrawn",
  silence: "silent",
} as const satisfies Record<Move, string>;

/** What happened, as a line of the thread. */
export async function noteEvent(
  tools: SupportTools,
  write: Writer,
  { caseId, name, by }: { caseId: string; name: string; by: Doer },
): Promise<void> {
  await thread.insertEntry(write, {
    id: newId(),
    case_id: caseId,
    at: tools.clock.now(),
    kind: "event",
    author_id: ["anonymous", "system", "cli"].includes(by.actor) ? null : by.actor,
    sender: "",
    text: name,
  });
}
