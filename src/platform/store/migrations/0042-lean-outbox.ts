/**
 * Fewer trees to write for each message: its steps are kept by message alone, and where it arrives no index
 * follows its state, which changes twice, except the one of those that wait.
 */
import { type Kysely, sql } from "kysely";

const replaced = [
  "messages_by_state_channel_next_attempt_at",
  "messages_by_to_key",
  "messages_by_domain",
  "messages_by_kind",
];

/** A shadow goes to nobody, from its first moment on. The conditions are worded as in the queries. */
const indexes = [
  `messages_waiting on messages (state, channel, next_attempt_at)
   where state = 'queued' or state = 'sending'`,
  "messages_shadows on messages (created_at) where state = 'shadow'",
  "messages_by_to_key on messages (to_key, created_at) where to_key <> ''",
  "messages_by_domain on messages (domain, created_at) where to_key <> ''",
  "messages_by_kind on messages (kind, created_at) where to_key <> ''",
];

const steps = [
  `create table steps (message_id text not null, at bigint not null, id text not null, step text not null,
    detail text not null, primary key (message_id, at, id))`,
  `insert into steps (message_id, at, id, step, detail)
    select message_id, at, id, step, detail from message_events`,
  "drop table message_events",
  "alter table steps rename to message_events",
];

export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [
    ...replaced.map((index) => `drop index ${index}`),
    ...indexes.map((index) => `create index ${index}`),
    ...steps,
  ];
  for (const text of statements) await sql.raw(text).execute(database);
}
