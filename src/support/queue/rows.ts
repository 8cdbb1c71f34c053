/** What staff look through: the queue, and what is looked for. */
import { sql } from "kysely";
import type { Reader } from "../../platform/store/store.ts";
import type { CaseRow } from "../rows.ts";
import { isOpen, openStates, seenStates } from "../states.ts";

export interface QueueFilter {
  /** `open`: everything that still goes on. */
  state: CaseRow["state"] | "open";
  /** Of this one of the staff, of nobody, or whoever's. */
  handler: { id: string } | "none" | "any";
  /** Promised before this moment and not answered. */
  overdueAt: number | null;
  /** Whose own cases are left out. */
  viewer: string;
}

const WAITING_FOR_STAFF = ["new", "handling", "proposed"] as const;

/** Where a page of the queue ended. */
export interface QueuePlace {
  due: number;
  number: number;
}

/** `due` where nothing is owed. */
export const NEVER_DUE = Number.MAX_SAFE_INTEGER;

/**
 * What goes on: promised first, then by number. What has ended: newest first. Cases about the viewer are left
 * out.
 */
export function queue(
  read: Reader,
  filter: QueueFilter,
  after: QueuePlace | undefined,
  most: number,
): Promise<CaseRow[]> {
  let query = read.selectFrom("cases").selectAll();
  const isOver = filter.state !== "open" && !isOpen(filter.state);
  if (filter.overdueAt !== null) {
    query = query.where("state", "in", WAITING_FOR_STAFF).where("due_at", "<", filter.overdueAt);
  } else {
    query = query.where("state", "in", filter.state === "open" ? openStates : [filter.state]);
  }
  if (filter.handler === "none") query = query.where("handler_id", "is", null);
  else if (filter.handler !== "any") query = query.where("handler_id", "=", filter.handler.id);
  query = query.where((row) =>
    row.or([row("account_id", "is", null), row("account_id", "!=", filter.viewer)]),
  );
  if (isOver) {
    if (after) query = query.where("number", "<", after.number);
    return query.orderBy("number", "desc").limit(most).execute();
  }
  const due = sql<number>`coalesce(due_at, ${sql.lit(NEVER_DUE)})`;
  if (after) {
    query = query.where((row) =>
      row.or([
        row(due, ">", after.due),
        row.and([row(due, "=", after.due), row("number", ">", after.number)]),
      ]),
    );
  }
  return query.orderBy(due).orderBy("number").limit(most).execute();
}

/** What is looked for: one number, or all about an account and to an address for answers, newest first. */
export async function findCases(
  read: Reader,
  wanted: { number: number } | { accountId: string | undefined; answerKey: string | undefined },
  viewer: string,
  most: number,
): Promise<CaseRow[]> {
  const visible = read
    .selectFrom("cases")
    .selectAll()
    .where("state", "in", seenStates)
    .where((row) => row.or([row("account_id", "is", null), row("account_id", "!=", viewer)]));
  if ("number" in wanted) return visible.where("number", "=", wanted.number).execute();
  const newest = visible.orderBy("opened_at", "desc").limit(most);
  // Each by an index of its own.
  const [about, answered] = await Promise.all([
    wanted.accountId === undefined ? [] : newest.where("account_id", "=", wanted.accountId).execute(),
    wanted.answerKey === undefined ? [] : newest.where("answer_key", "=", wanted.answerKey).execute(),
  ]);
  const all = new Map([...about, ...answered].map((found) => [found.id, found]));
  return [...all.values()].toSorted((one, other) => other.number - one.number).slice(0, most);
}
