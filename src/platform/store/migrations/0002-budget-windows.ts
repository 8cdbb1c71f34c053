import type { Kysely } from "kysely";

/** Several windows of one limit in one row: see `windows` in tables.ts. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable("budgets")
    .addColumn("windows", "text", (column) => column.notNull().defaultTo(""))
    .execute();
}
