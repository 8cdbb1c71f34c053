import type { Kysely } from "kysely";

/** A recovery ends at the portal that it began at, and its letters look like that portal. */
export async function up(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  for (const table of ["recoveries", "messages"]) {
    await schema.alterTable(table).addColumn("portal_id", "text").execute();
  }
}
