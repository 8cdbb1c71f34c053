import type { Kysely } from "kysely";

/** Changes of e-mail and phone with what they replace, and which form a password came from. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema.alterTable("passwords").addColumn("changed_by", "text").execute();
  await schema
    .createTable("contact_changes")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("old_value", "text")
    .addColumn("old_key", "text")
    .addColumn("old_proven", "bigint", (column) => column.notNull())
    .addColumn("new_value", "text")
    .addColumn("new_key", "text")
    .addColumn("proof_id", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("asked_at", "bigint", (column) => column.notNull())
    .addColumn("confirmed_at", "bigint")
    .execute();
  const index = (columns: string[]) =>
    schema
      .createIndex(`contact_changes_by_${columns.join("_")}`)
      .on("contact_changes")
      .columns(columns)
      .execute();
  await index(["account_id", "state"]);
  await index(["proof_id"]);
  await index(["asked_at"]);
}
