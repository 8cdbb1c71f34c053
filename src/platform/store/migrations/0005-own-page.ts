import type { Kysely } from "kysely";

/**
 * «Моя страница»: personal data, photos, and the browsers that an account was entered from. `bytea` is
 * PostgreSQL's word; SQLite keeps bytes as they are in a column of any type.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  for (const column of ["position", "department", "time_zone", "photo"]) {
    await schema.alterTable("accounts").addColumn(column, "text").execute();
  }
  await schema.alterTable("accounts").addColumn("signed_in_at", "bigint").execute();
  for (const table of ["sessions", "remembered_devices"]) {
    await schema.alterTable(table).addColumn("browser_id", "text").execute();
  }
  await schema
    .createTable("photos")
    .addColumn("account_id", "text", (column) => column.primaryKey().references("accounts.id"))
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("bytes", "bytea", (column) => column.notNull())
    .execute();
  await schema.createIndex("photos_by_hash").on("photos").column("hash").execute();
  await schema
    .createTable("browsers")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("agent", "text", (column) => column.notNull())
    .execute();
  await schema.createIndex("browsers_by_account_id").on("browsers").column("account_id").execute();
  await schema.createIndex("browsers_by_expires_at").on("browsers").column("expires_at").execute();
}
