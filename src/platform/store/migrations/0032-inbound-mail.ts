import type { Kysely } from "kysely";

/** Which mail came in already: whoever brings it may bring it again. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("inbound_mail")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("received_at", "bigint", (column) => column.notNull())
    .execute();
  await schema.createIndex("inbound_mail_by_received_at").on("inbound_mail").column("received_at").execute();
}
