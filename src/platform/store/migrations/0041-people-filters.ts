/** Conditions of the list of people that one of the staff keeps under a name. */
import { type Kysely, sql } from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {
  // Its unique key is also how the list finds the own ones, in the order of their names.
  await sql
    .raw(`create table people_filters (id text primary key, account_id text not null, name text not null,
    name_key text not null, conditions text not null, created_at bigint not null,
    unique (account_id, name_key))`)
    .execute(database);
}
