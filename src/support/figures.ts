/** How the desk does: what waits, how long decisions take, how often an owner says no. */
import type { Reader } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

export interface QueueNow {
  open: number;
  overdue: number;
  unassigned: number;
  /** Since when the oldest open case waits; undefined: none is open. */
  oldestAt: number | undefined;
  /** Since when each open case waits. */
  since: number[];
}

export interface DeskFigures extends Omit<QueueNow, "since"> {
  /** Half and nine tenths of the decisions took no longer, in milliseconds; undefined: there were none. */
  decided: { count: number; p50: number; p90: number } | undefined;
  approved: number;
  refused: number;
  vetoed: number;
  /** Stopped since the owner came in. */
  signedIn: number;
}

/** Of so many days; the newest of them where there are more than this. */
export const FIGURES_DAYS = 90;
const MOST = 5_000;

/** What waits at this moment; of more than 5,000 the first. */
export async function queueNow(read: Reader, now: number): Promise<QueueNow> {
  const open = await rows.openNow(read, MOST);
  const since = open.flatMap((row) => (row.confirmed_at === null ? [] : [row.confirmed_at]));
  return {
    open: open.length,
    overdue: open.filter((row) => row.due_at !== null && row.due_at < now).length,
    unassigned: open.filter((row) => row.handler_id === null).length,
    oldestAt: since.length === 0 ? undefined : Math.min(...since),
    since,
  };
}

export async function deskFigures(read: Reader, now: number): Promise<DeskFigures> {
  const [{ since: _, ...open }, decided] = await Promise.all([
    queueNow(read, now),
    rows.decidedSince(read, now - FIGURES_DAYS * 86_400_000, MOST),
  ]);
  const times = decided
    .map((row) => (row.decided_at ?? 0) - (row.confirmed_at ?? 0))
    .toSorted((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const approved = decided.filter((row) => row.approved_by !== null);
  return {
    ...open,
    decided: times.length === 0 ? undefined : { count: times.length, p50: at(0.5), p90: at(0.9) },
    approved: approved.length,
    refused: decided.filter((row) => row.state === "refused").length,
    vetoed: approved.filter((row) => row.reason === "veto").length,
    signedIn: approved.filter((row) => row.reason === "signed-in").length,
  };
}
