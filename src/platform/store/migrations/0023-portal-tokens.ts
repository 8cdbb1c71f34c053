import type { Kysely } from "kysely";

/** What portals hold in their hands, by its hash; and what people allowed to foreign portals. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("portal_tokens")
    .addColumn("id_hash", "text", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("visit_id", "text")
    .addColumn("consumed_at", "bigint")
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("payload", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("portal_tokens_by_visit_id").on("portal_tokens").column("visit_id").execute();
  await schema.createIndex("portal_tokens_by_expires_at").on("portal_tokens").column("expires_at").execute();
  await schema
    .createTable("portal_consents")
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("portal_id", "text", (column) => column.notNull().references("portals.id"))
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("given_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("portal_consents_key", ["account_id", "portal_id"])
    .execute();
}
