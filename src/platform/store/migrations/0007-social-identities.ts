import type { Kysely } from "kysely";

/** Which outside account opens which of ours. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  await schema
    .createTable("social_identities")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("service", "text", (column) => column.notNull())
    .addColumn("issuer", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("shown", "text", (column) => column.notNull())
    .addColumn("linked_at", "bigint", (column) => column.notNull())
    .addColumn("used_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("social_identities_by_subject", ["issuer", "subject"])
    .execute();
  await schema
    .createIndex("social_identities_by_account_id")
    .on("social_identities")
    .column("account_id")
    .execute();
}
