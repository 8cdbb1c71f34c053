import type { Kysely } from "kysely";

/** Everybody's record is looked through by who did it, by what was done and by when. */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const columns of [["actor", "seq"], ["action", "seq"], ["at"]]) {
    await database.schema
      .createIndex(`audit_events_by_${columns.join("_")}`)
      .on("audit_events")
      .columns(columns)
      .execute();
  }
}
