import type { Reader, Writer } from "../platform/store/store.ts";
import type { AuditEventsTable } from "../platform/store/tables.ts";

export type EventRow = AuditEventsTable;

/**
 * Takes the next place in the chain and the hash before it. Changing the head first locks it: the next
 * writer, in this instance or another, waits until this transaction ends and then sees its result.
 */
export async function takePlace(write: Writer): Promise<{ seq: number; previousHash: string }> {
  const head = await write
    .updateTable("audit_head")
    .set((fields) => ({ seq: fields("seq", "+", 1) }))
    .where("id", "=", 1)
    .returning(["seq", "hash"])
    .executeTakeFirstOrThrow();
  return { seq: head.seq, previousHash: head.hash };
}

export async function appendEvent(write: Writer, row: EventRow): Promise<void> {
  await write.insertInto("audit_events").values(row).execute();
  await write.updateTable("audit_head").set({ hash: row.hash }).where("id", "=", 1).execute();
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

export function latestOf(read: Reader, accountId: string, limit: number): Promise<EventRow[]> {
  return read
    .selectFrom("audit_events")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();
}
