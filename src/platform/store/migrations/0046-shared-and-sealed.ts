/** Conditions of the list of people for all administrators; pieces of imported files that lie sealed. */
import { type Kysely, sql } from "kysely";

const statements = [
  "alter table people_filters add column shared bigint not null default 0",
  "create index people_filters_shared on people_filters (name_key, id) where shared = 1",
  // What is there already was not sealed, and an import that is under way goes on with it.
  "alter table import_parts add column sealed bigint not null default 0",
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const text of statements) await sql.raw(text).execute(database);
}
