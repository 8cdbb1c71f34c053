import { sql } from "kysely";
import { insertMany, prepared, preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import type { AuditEventsTable } from "../platform/store/tables.ts";

export type EventRow = AuditEventsTable;

const nextPlace = prepared((database) =>
  database
    .updateTable("audit_head")
    .set((fields) => ({ seq: fields("seq", "+", 1) }))
    .where("id", "=", 1)
    .returning(["seq", "hash"]),
);

/**
 * Takes the next place in the chain and the hash before it. Changing the head first locks it: the next
 * writer, in this instance or another, waits until this transaction ends and then sees its result.
 */
export async function takePlace(write: Writer): Promise<{ seq: number; previousHash: string }> {
  const [head] = await nextPlace(write, {});
  if (!head) throw new Error("the record has lost its head row");
  return { seq: head.seq, previousHash: head.hash };
}

/** Takes so many places at once; `seq` is the last of them. */
export async function takePlaces(
  write: Writer,
  count: number,
): Promise<{ seq: number; previousHash: string }> {
  const head = await write
    .updateTable("audit_head")
    .set((fields) => ({ seq: fields("seq", "+", count) }))
    .where("id", "=", 1)
    .returning(["seq", "hash"])
    .executeTakeFirst();
  if (!head) throw new Error("the record has lost its head row");
  return { seq: head.seq, previousHash: head.hash };
}

const columns = [
  "seq",
  "at",
  "action",
  "actor",
  "account_id",
  "address",
  "detail",
  "previous_hash",
  "hash",
] as const;

const insertEvent = preparedInsert("audit_events", columns);
const insertEvents = insertMany("audit_events", columns);

const moveHead = prepared((database, to: { hash: string }) =>
  database.updateTable("audit_head").set({ hash: to.hash }).where("id", "=", 1),
);

export async function appendEvent(write: Writer, row: EventRow): Promise<void> {
  await insertEvent(write, row);
  await moveHead(write, { hash: row.hash });
}

/** Together up to `takePlaces`, in their order. */
export async function appendEvents(write: Writer, rows: readonly EventRow[]): Promise<void> {
  await insertEvents(write, rows);
  await moveHead(write, { hash: rows.at(-1)?.hash ?? "" });
}

export function headOf(read: Reader) {
  return read.selectFrom("audit_head").select(["seq", "hash"]).where("id", "=", 1).executeTakeFirst();
}

export async function lastSeq(read: Reader): Promise<number> {
  const found = await read
    .selectFrom("audit_events")
    .select((fields) => fields.fn.max("seq").as("seq"))
    .executeTakeFirst();
  return found?.seq ?? 0;
}

export async function seqBefore(read: Reader, at: number): Promise<number | undefined> {
  const found = await read
    .selectFrom("audit_events")
    .select("seq")
    .where("at", "<", at)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.seq;
}

export function eventsAfter(read: Reader, seq: number, limit: number): Promise<EventRow[]> {
  return read
    .selectFrom("audit_events")
    .selectAll()
    .where("seq", ">", seq)
    .orderBy("seq")
    .limit(limit)
    .execute();
}

export function latestOf(
  read: Reader,
  accountId: string,
  wanted: { before: number; most: number; except: readonly string[] },
): Promise<EventRow[]> {
  const { before, most, except } = wanted;
  let query = read.selectFrom("audit_events").selectAll().where("account_id", "=", accountId);
  if (except.length > 0) query = query.where("action", "not in", except);
  return query.where("seq", "<", before).orderBy("seq", "desc").limit(most).execute();
}

export interface EventFilter {
  /** Whom it concerns. */
  accountId?: string | undefined;
  /** Done by one of these, or by none of them. */
  actors?: readonly string[] | undefined;
  notActors?: readonly string[] | undefined;
  /** Only these, or all but these. */
  actions?: readonly string[] | undefined;
  except?: readonly string[] | undefined;
  /** Not earlier than this, and before that. */
  since?: number | undefined;
  until?: number | undefined;
}

/** How far the clocks of two instances, or of one that was set right, may be apart. */
const CLOCKS_APART_MS = 10 * 60_000;

/**
 * The newest events before `before` that fit. Every filter walks an index backwards from its newest row: the
 * number itself, the account's, the actor's, or one walk per action. A period is first turned into numbers,
 * since events come in the order of time, but for clocks that are apart.
 */
export async function latestFitting(
  read: Reader,
  filter: EventFilter,
  before: number,
  most: number,
): Promise<EventRow[]> {
  const bounds = await boundsOf(read, filter, before);
  const walk = (action?: string) => {
    let query = read.selectFrom("audit_events").selectAll();
    query = query.where("seq", "<", bounds.before).where("seq", ">=", bounds.from);
    if (action !== undefined) query = query.where("action", "=", action);
    if (filter.accountId !== undefined) query = query.where("account_id", "=", filter.accountId);
    if (filter.actors) query = query.where("actor", "in", filter.actors);
    if (filter.notActors) query = query.where("actor", "not in", filter.notActors);
    if (filter.except) query = query.where("action", "not in", filter.except);
    // As a sum, so that no index on it is walked: the numbers have it already.
    const at = sql<number>`at + 0`;
    if (filter.since !== undefined) query = query.where(at, ">=", filter.since);
    if (filter.until !== undefined) query = query.where(at, "<", filter.until);
    return query.orderBy("seq", "desc").limit(most);
  };
  if (!filter.actions) return walk().execute();
  const [first, ...others] = filter.actions.map((action) =>
    read.selectFrom(walk(action).as("walked")).selectAll(),
  );
  if (!first) return [];
  const all = others.reduce((union, other) => union.unionAll(other), first);
  return read.selectFrom(all.as("all_walked")).selectAll().orderBy("seq", "desc").limit(most).execute();
}

/**
 * What was written well before the period has a lower number than anything in it, what was written well after
 * it a higher one.
 */
async function boundsOf(
  read: Reader,
  { since, until }: EventFilter,
  before: number,
): Promise<{ from: number; before: number }> {
  const numbers = read.selectFrom("audit_events").select("seq").limit(1);
  const earlier =
    since === undefined
      ? undefined
      : await numbers
          .where("at", "<", since - CLOCKS_APART_MS)
          .orderBy("at", "desc")
          .executeTakeFirst();
  const later =
    until === undefined
      ? undefined
      : await numbers
          .where("at", ">=", until + CLOCKS_APART_MS)
          .orderBy("at")
          .executeTakeFirst();
  return { from: (earlier?.seq ?? 0) + 1, before: Math.min(before, later?.seq ?? before) };
}

/** The last event of this action. */
export function lastOf(read: Reader, action: string): Promise<EventRow | undefined> {
  return read
    .selectFrom("audit_events")
    .selectAll()
    .where("action", "=", action)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
}
