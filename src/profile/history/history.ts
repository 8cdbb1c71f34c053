/** What a person can read of the record of their own account. */
import { type AuditEvent, actionsAmongStaff, eventsOf } from "../../audit/audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/store/store.ts";

/** As long as the boxed edition keeps its «История входов», and as letters keep their trace. */
const KEPT_MS = 180 * 86_400_000;
const ON_A_PAGE = 25;

export interface HistoryPage {
  events: readonly AuditEvent[];
  /** The number before which the next page begins; null on the last one. */
  next: number | null;
}

/**
 * One page of the account's history, newest first, beginning before the event of the given number: what was
 * done to the account and by whom. That staff looked at it is for the whole record alone.
 */
export async function historyOf(
  tools: { clock: Clock; store: Store },
  accountId: string,
  before: number | null,
): Promise<HistoryPage> {
  const since = tools.clock.now() - KEPT_MS;
  const except = actionsAmongStaff();
  const wanted = { since, except, most: ON_A_PAGE + 1, ...(before !== null && { before }) };
  const found = await eventsOf(tools.store.read, accountId, wanted);
  const events = found.slice(0, ON_A_PAGE);
  return { events, next: found.length > ON_A_PAGE ? (events.at(-1)?.seq ?? null) : null };
}

/** Who did it: an account is either the person's own or somebody's who may act for them. */
export function doerOf(
  event: AuditEvent,
): "you" | "stranger" | "colleague" | "desk" | "administrator" | "system" {
  if (event.actor === event.accountId) return "you";
  if (event.actor === "anonymous") return "stranger";
  if (event.actor === "system") return "system";
  if (/^case\.(not-)?vouched$/.test(event.action)) return "colleague";
  return event.action.startsWith("case.") ? "desk" : "administrator";
}
