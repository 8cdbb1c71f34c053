import { prepared, preparedInsert } from "../platform/store/prepared.ts";
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

const insertEvent = preparedInsert("audit_events", [
  "seq",
  "at",
  "action",
  "actor",
  "account_id",
  "address",
  "detail",
  "previous_hash",
  "hash",
]);

const moveHead = prepared((database, to: { hash: string }) =>
  database.updateTable("audit_head").set({ hash: to.hash }).where("id", "=", 1),
);

export async function appendEvent(write: Writer, row: EventRow): Promise<void> {
  await insertEvent(write, row);
  await moveHead(write, { hash: row.hash });
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

export function eventsAfter(read: Reader, seq: number, limit: number): Promise<EventRow[]> {
  return read
    .selectFrom("audit_events")
    .selectAll()
    .where("seq", ">", seq)
    .orderBy("seq")
    .limit(limit)
    .execute();
}

export function latestOf(read: Reader, accountId: string, before: number, most: number): Promise<EventRow[]> {
  return read
    .selectFrom("audit_events")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("seq", "<", before)
    .orderBy("seq", "desc")
    .limit(most)
    .execute();
}
