/**
 * What is full is found by walking the keys in slices, once an hour: an index on it would be changed by every
 * try that is counted.
 */
import type { Kysely } from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropIndex("budgets_by_full_at").execute();
}
