/** Every SQL statement of the outbox and its trace. */
import { type Selectable, sql } from "kysely";
import { newId } from "../platform/secrets/ids.ts";
import { prepared, preparedForList, preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { MessageEventsTable, MessagesTable } from "../platform/store/tables.ts";

export type MessageRow = Selectable<MessagesTable>;
export type EventRow = Selectable<MessageEventsTable>;
export type Step = MessageEventsTable["step"];

const BATCH = 500;

/** In the words of the index of what waits: with a bound value, SQLite would not see that it fits. */
const isQueued = sql<boolean>`state = 'queued'`;
const isSending = sql<boolean>`state = 'sending'`;

export const insertMessage = preparedInsert("messages", [
  "id",
  "kind",
  "channel",
  "account_id",
  "sent_to",
  "language",
  "data",
  "state",
  "attempts",
  "trouble",
  "next_attempt_at",
  "give_up_at",
  "lease_owner",
  "lease_until",
  "created_at",
  "finished_at",
  "gateway",
  "reference",
  "status",
  "ask_at",
  "portal_id",
  "about",
  "number",
  "to_key",
  "domain",
]);

export async function insertMessages(write: Writer, messages: readonly MessageRow[]): Promise<void> {
  await write.insertInto("messages").values(messages).execute();
}

const insertEvent = preparedInsert("message_events", ["id", "message_id", "at", "step", "detail"]);

export async function insertEvents(
  write: Writer,
  events: readonly { messageId: string; at: number; step: Step; detail: string }[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ messageId, ...event }) => ({ id: newId(), message_id: messageId, ...event }));
  const [first] = rows;
  if (rows.length === 1 && first) return insertEvent(write, first);
  await write.insertInto("message_events").values(rows).execute();
}

/** When the oldest message of a channel that still waits was due for the first time. */
export async function oldestWaiting(read: Reader, channel: MessageRow["channel"]) {
  const oldest = await read
    .selectFrom("messages")
    .select("created_at")
    .where(sql<boolean>`(${isQueued} or ${isSending})`)
    .where("channel", "=", channel)
    .orderBy("state")
    .orderBy("next_attempt_at")
    .limit(1)
    .executeTakeFirst();
  return oldest?.created_at;
}

const oneDue = preparedForList((database, channels, at: { now: number }) =>
  database
    .selectFrom("messages")
    .select("id")
    .where(isQueued)
    .where("next_attempt_at", "<=", at.now)
    .where("channel", "in", channels as readonly MessageRow["channel"][])
    .limit(1),
);

const oneAbandoned = prepared((database, at: { now: number }) =>
  database.selectFrom("messages").select("id").where(isSending).where("lease_until", "<", at.now).limit(1),
);

/** Whether a claim would find something: a cheap question outside of transactions. */
export async function isSomethingDue(
  read: Reader,
  now: number,
  channels: readonly MessagesTable["channel"][],
): Promise<boolean> {
  if (channels.length > 0 && (await oneDue(read, channels, { now })).length > 0) return true;
  return (await oneAbandoned(read, { now })).length > 0;
}

const takeThese = preparedForList((database, ids, to: { owner: string; leaseUntil: number }) =>
  database
    .updateTable("messages")
    .set((row) => ({
      state: sql<"sending">`'sending'`,
      lease_owner: to.owner,
      lease_until: to.leaseUntil,
      attempts: row("attempts", "+", sql<number>`1`),
    }))
    .where("id", "in", ids),
);

/** Takes due rows for `owner`. On PostgreSQL, rows that another instance is taking are passed over. */
export async function claimDue(
  write: Writer,
  kind: Store["kind"],
  wish: { channel: MessagesTable["channel"]; limit: number; now: number; owner: string; leaseUntil: number },
): Promise<MessageRow[]> {
  const due = write
    .selectFrom("messages")
    .selectAll()
    .where(isQueued)
    .where("channel", "=", wish.channel)
    .where("next_attempt_at", "<=", wish.now)
    .orderBy("next_attempt_at")
    .limit(wish.limit);
  const rows = await (kind === "postgres" ? due.forUpdate().skipLocked() : due).execute();
  if (rows.length === 0) return [];
  await takeThese(write, idsOf(rows), wish);
  return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
}

/** Rows whose worker stopped renewing its lease. */
export async function findAbandoned(write: Writer, kind: Store["kind"], now: number): Promise<MessageRow[]> {
  const lapsed = write
    .selectFrom("messages")
    .selectAll()
    .where(isSending)
    .where("lease_until", "<", now)
    .limit(BATCH);
  return (kind === "postgres" ? lapsed.forUpdate().skipLocked() : lapsed).execute();
}

/** Puts a row back into the queue. False when `owner` does not hold it any more. */
export async function requeue(
  write: Writer,
  wish: { id: string; owner: string | null; nextAttemptAt: number; trouble: MessageRow["trouble"] },
): Promise<boolean> {
  const changed = await write
    .updateTable("messages")
    .set({
      state: "queued",
      lease_owner: null,
      lease_until: 0,
      next_attempt_at: wish.nextAttemptAt,
      trouble: wish.trouble,
    })
    .where("id", "=", wish.id)
    .where("state", "=", "sending")
    .where("lease_owner", "=", wish.owner)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

/**
 * The end of a row: its data is wiped. False when `owner` does not hold it any more. `taken` is what the
 * gateway said of an SMS that it took over.
 */
export async function finish(
  write: Writer,
  wish: {
    id: string;
    owner: string | null;
    state: "sent" | "failed" | "dropped";
    now: number;
    taken?: Pick<MessageRow, "gateway" | "reference" | "status" | "ask_at"> | undefined;
  },
): Promise<boolean> {
  const changed = await write
    .updateTable("messages")
    .set({
      ...wish.taken,
      state: wish.state,
      data: "{}",
      finished_at: wish.now,
      lease_owner: null,
      lease_until: 0,
      trouble: null,
    })
    .where("id", "=", wish.id)
    .where("state", "=", "sending")
    .where("lease_owner", "=", wish.owner)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}

export async function renewLeases(
  write: Writer,
  ids: readonly string[],
  owner: string,
  leaseUntil: number,
): Promise<void> {
  await write
    .updateTable("messages")
    .set({ lease_until: leaseUntil })
    .where("id", "in", ids)
    .where("state", "=", "sending")
    .where("lease_owner", "=", owner)
    .execute();
}

/** Gives back what `owner` holds; an SMS stays until its lease lapses, because it may have left. */
export async function handBack(write: Writer, owner: string, now: number): Promise<void> {
  await write
    .updateTable("messages")
    .set({ state: "queued", lease_owner: null, lease_until: 0, next_attempt_at: now })
    .where(isSending)
    .where("channel", "!=", "sms")
    .where("lease_owner", "=", owner)
    .execute();
}

/** The server answers again: whatever waited for that alone is due now. */
export async function bringForward(
  write: Writer,
  channel: MessageRow["channel"],
  now: number,
): Promise<void> {
  await write
    .updateTable("messages")
    .set({ next_attempt_at: now })
    .where(isQueued)
    .where("channel", "=", channel)
    .where("trouble", "=", "connection")
    .where("next_attempt_at", ">", now)
    .execute();
}

/** Deletes up to 500 rows with their trace and says how many. */
export async function deleteOld(
  write: Writer,
  limits: { shadowsBefore: number; finishedBefore: number },
): Promise<number> {
  const rows = await write
    .selectFrom("messages")
    .select("id")
    .where((row) =>
      row.or([
        row.and([sql<boolean>`state = 'shadow'`, row("created_at", "<", limits.shadowsBefore)]),
        row.and([
          row("state", "in", ["sent", "failed", "dropped"]),
          row("created_at", "<", limits.finishedBefore),
          row("finished_at", "<", limits.finishedBefore),
        ]),
      ]),
    )
    .limit(BATCH)
    .execute();
  if (rows.length === 0) return 0;
  await write.deleteFrom("message_events").where("message_id", "in", idsOf(rows)).execute();
  await write.deleteFrom("messages").where("id", "in", idsOf(rows)).execute();
  return rows.length;
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id);
}
