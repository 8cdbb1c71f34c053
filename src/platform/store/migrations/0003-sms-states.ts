import type { Kysely } from "kysely";

/** What became of an SMS after a gateway took it over: see `gateway` in tables.ts. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const [name, type] of [
    ["gateway", "text"],
    ["reference", "text"],
    ["status", "text"],
    ["ask_at", "bigint"],
  ] as const) {
    await database.schema.alterTable("messages").addColumn(name, type).execute();
  }
  // Letters have neither, so they cost these indexes nothing.
  for (const name of ["reference", "ask_at"]) {
    await database.schema
      .createIndex(`messages_by_gateway_${name}`)
      .on("messages")
      .columns(["gateway", name])
      .where(name as never, "is not", null)
      .execute();
  }
}
