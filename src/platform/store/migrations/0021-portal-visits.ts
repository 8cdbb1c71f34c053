import type { Kysely } from "kysely";

/** Which portals somebody entered from which session, so that the end of it reaches them. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("portal_visits")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("session_id", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("portal_id", "text", (column) => column.notNull().references("portals.id"))
    .addColumn("device_id", "text")
    .addColumn("browser_id", "text")
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("logout_uri", "text")
    .addColumn("opened_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("portal_visits_by_session_id_portal_id", ["session_id", "portal_id"])
    .execute();
  await schema.createIndex("portal_visits_by_account_id").on("portal_visits").column("account_id").execute();
  await schema.createIndex("portal_visits_by_expires_at").on("portal_visits").column("expires_at").execute();
}
