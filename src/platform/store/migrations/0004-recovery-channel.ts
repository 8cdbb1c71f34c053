import type { Kysely } from "kysely";

/** A recovery goes by letter or by SMS, and is found by its code as well. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable("recoveries")
    .addColumn("channel", "text", (column) => column.notNull().defaultTo("email"))
    .execute();
  await database.schema
    .createIndex("recoveries_by_code_proof_id")
    .on("recoveries")
    .columns(["code_proof_id"])
    .execute();
}
