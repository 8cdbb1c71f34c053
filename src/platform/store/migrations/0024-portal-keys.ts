import type { Kysely } from "kysely";

/** The keys that sign what portals are told. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("portal_keys")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("number", "bigint", (column) => column.notNull())
    .addColumn("algorithm", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("used_from", "bigint", (column) => column.notNull())
    .addUniqueConstraint("portal_keys_by_number_algorithm", ["number", "algorithm"])
    .execute();
}
