/** Every SQL statement about what became of messages. */
import { type SelectQueryBuilder, sql } from "kysely";
import type { Reader } from "../../platform/store/store.ts";
import type { MessagesTable, Tables } from "../../platform/store/tables.ts";
import type { EventRow, MessageRow, Step } from "../rows.ts";

export async function messagesOf(read: Reader, accountId: string, limit: number): Promise<MessageRow[]> {
  return read
    .selectFrom("messages")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** The steps of some messages in the order in which they happened, also within one millisecond. */
export async function eventsOf(read: Reader, messageIds: readonly string[]): Promise<EventRow[]> {
  if (messageIds.length === 0) return [];
  const rows = await read
    .selectFrom("message_events")
    .selectAll()
    .where("message_id", "in", messageIds)
    .orderBy("at")
    .execute();
  return rows.sort((left, right) => left.at - right.at || rank[left.step] - rank[right.step]);
}

/** An attempt always comes before its end; ids of one millisecond are in no order. */
const rank: Record<Step, number> = {
  queued: 0,
  attempt: 1,
  declined: 2,
  deferred: 3,
  accepted: 4,
  failed: 4,
  dropped: 4,
  sent: 5,
  delivered: 6,
  undelivered: 6,
  expired: 6,
  rejected: 6,
  delayed: 6,
  relayed: 6,
  bounced: 6,
  seen: 7,
  opened: 8,
  used: 9,
};

export function messageById(read: Reader, id: string): Promise<MessageRow | undefined> {
  return read
    .selectFrom("messages")
    .selectAll()
    .where("id", "=", id)
    .where("state", "<>", "shadow")
    .executeTakeFirst();
}

/** The newest message about this, shadows included, and whether it has this step. */
export async function newestAbout(read: Reader, about: string, step: Step) {
  return read
    .selectFrom("messages")
    .select((row) => [
      "id",
      row
        .selectFrom("message_events")
        .select((event) => event.fn.countAll<number>().as("count"))
        .whereRef("message_events.message_id", "=", "messages.id")
        .where("message_events.step", "=", step)
        .as("came"),
    ])
    .where("about", "=", about)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** What is looked for among all messages; what is not named does not matter. */
export interface MessageFilter {
  readonly state: "any" | "waiting" | "sent" | "delivered" | "failed" | "bounced" | "dropped" | "trouble";
  readonly channel: "any" | MessagesTable["channel"];
  /** "" for all, as in the next three. */
  readonly kind: string;
  readonly domain: string;
  readonly gateway: string;
  /** A whole contact in small letters. */
  readonly to: string;
  readonly number: number | null;
  readonly accountId: string;
  readonly since: number;
  readonly until: number;
}

/** Where a page begins: behind this row. */
export interface MessagePlace {
  readonly at: number;
  readonly id: string;
}

/**
 * How many messages one page looks through. Whoever asks for what hardly any of a million is gets a page
 * with few or none, and the way on.
 */
export const LOOKED_THROUGH = 5_000;

type Query = SelectQueryBuilder<Tables, "messages", object>;

/** The next messages that fit, and the last row that was looked at, where there may be more. */
export async function pageOfMessages(
  read: Reader,
  wish: { filter: MessageFilter; after: MessagePlace | undefined; most: number },
): Promise<{ found: MessageRow[]; next: MessagePlace | undefined }> {
  const { filter, after, most } = wish;
  const looked = walked(read, filter, after).selectAll().limit(LOOKED_THROUGH).as("messages");
  const rows = await fitting(read.selectFrom(looked) as unknown as Query, filter)
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(most + 1)
    .execute();
  const found = rows.slice(0, most);
  const last = found.at(-1);
  if (rows.length > most && last) return { found, next: { at: last.created_at, id: last.id } };
  const next = await walked(read, filter, after)
    .select(["id", "created_at as at"])
    .offset(LOOKED_THROUGH - 1)
    .limit(1)
    .executeTakeFirst();
  return { found, next };
}

/** From the newest on, by the index of the rarest condition; what is walked past costs the limit at most. */
function walked(read: Reader, filter: MessageFilter, after: MessagePlace | undefined): Query {
  let query = read
    .selectFrom("messages")
    .where(isForSomebody)
    .where("created_at", ">=", filter.since)
    .where("created_at", "<", filter.until) as Query;
  if (after) {
    query = query
      .where("created_at", "<=", after.at)
      .where(sql<boolean>`(created_at < ${after.at} or id < ${after.id})`);
  }
  if (filter.to !== "") query = query.where("to_key", "=", filter.to);
  else if (filter.accountId !== "") query = query.where("account_id", "=", filter.accountId);
  else if (filter.number !== null) query = query.where("number", "=", filter.number);
  else if (troubles.includes(filter.state)) query = query.where(inTrouble);
  else if (filter.domain !== "") query = query.where("domain", "=", filter.domain);
  else if (filter.gateway !== "") query = query.where("gateway", "=", filter.gateway);
  else if (filter.kind !== "") query = query.where("kind", "=", filter.kind);
  return query.orderBy("created_at", "desc").orderBy("id", "desc");
}

/** As the indexes say it, word for word: a shadow goes to nobody. */
const isForSomebody = sql<boolean>`to_key <> ''`;

const troubles: readonly MessageFilter["state"][] = ["failed", "bounced", "dropped", "trouble"];

/** As the partial index says it, word for word. */
const inTrouble = sql<boolean>`(state in ('failed', 'dropped')
   or status in ('undelivered', 'expired', 'rejected'))`;

function fitting(given: Query, filter: MessageFilter): Query {
  let query = given;
  const { channel, kind, domain, gateway, to, number, accountId } = filter;
  if (channel !== "any") query = query.where("channel", "=", channel);
  if (kind !== "") query = query.where("kind", "=", kind);
  if (domain !== "") query = query.where("domain", "=", domain);
  if (gateway !== "") query = query.where("gateway", "=", gateway);
  if (to !== "") query = query.where("to_key", "=", to);
  if (number !== null) query = query.where("number", "=", number);
  if (accountId !== "") query = query.where("account_id", "=", accountId);
  switch (filter.state) {
    case "any":
      return query;
    case "waiting":
      return query.where("state", "in", ["queued", "sending"]);
    case "sent":
      return query.where("state", "=", "sent").where(sql<boolean>`coalesce(status, '') not in
        ('undelivered', 'expired', 'rejected')`);
    case "delivered":
      return query.where("status", "=", "delivered");
    case "failed":
      return query.where("state", "=", "failed");
    case "dropped":
      return query.where("state", "=", "dropped");
    case "bounced":
      return query.where("status", "in", ["undelivered", "expired", "rejected"]);
    case "trouble":
      return query.where(
        sql<boolean>`(state = 'failed' or status in ('undelivered', 'expired', 'rejected'))`,
      );
  }
}
