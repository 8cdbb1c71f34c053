import type { Kysely } from "kysely";

/** What waits is asked for by channel: a heap of letters must not stand before the few SMS. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema.dropIndex("messages_by_state_next_attempt_at").execute();
  await schema
    .createIndex("messages_by_state_channel_next_attempt_at")
    .on("messages")
    .columns(["state", "channel", "next_attempt_at"])
    .execute();
}
