/** Conditions of the list of people kept under a name, and what makes the rare ones of them quick. */
import { type Kysely, sql } from "kysely";

const statements = [
  // Its unique key is also how the list finds the own ones, in the order of their names.
  `create table people_filters (id text primary key, account_id text not null, name text not null,
    name_key text not null, conditions text not null, created_at bigint not null,
    unique (account_id, name_key))`,
  // The few among the many: where there are none, the list would walk past everybody to find that out.
  "create index people_without_password on people (name_key, account_id) where has_password = 0",
  "create index people_without_phone on people (name_key, account_id) where has_phone = 0",
  "create index people_with_phone on people (name_key, account_id) where has_phone = 1",
  "create index people_unproven on people (name_key, account_id) where mail_unproven = 1",
  "create index people_never_in on people (name_key, account_id) where last_sign_in_at + 0 = 0",
];

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const text of statements) await sql.raw(text).execute(database);
}
