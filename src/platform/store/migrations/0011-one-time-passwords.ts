import type { Kysely } from "kysely";

/** A password that staff hand over opens only the page where its owner chooses another, for a while. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable("passwords").addColumn("once_until", "bigint").execute();
}
