/**
 * People brought along from elsewhere: the jobs, the files that they read, what became of each row, and by
 * which number an account was known there. On PostgreSQL an account may follow its identifiers within one
 * transaction, as SQLite allows by itself: the list of people is then kept once per person, not once per row.
 */
import { type Kysely, SqliteAdapter, sql } from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {
  const onSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  const bytes = onSqlite ? "blob" : "bytea";
  for (const text of [
    `create table imports (id text primary key, created_by text not null, file_name text not null,
    size bigint not null, state text not null, settings text not null, counts text not null,
    done_rows bigint not null, done_bytes bigint not null, began_at bigint, checked_at bigint,
    lease_owner text, lease_until bigint not null, problem text, created_at bigint not null,
    finished_at bigint)`,
    "create index imports_by_created_at on imports (created_at)",
    `create index imports_at_work on imports (lease_until)
    where state in ('checking', 'running', 'inviting')`,
    `create table import_parts (import_id text not null references imports, number bigint not null,
    size bigint not null, bytes ${bytes} not null, primary key (import_id, number))`,
    `create table import_rows (import_id text not null references imports, line bigint not null,
    person_key text not null, verdict text not null, notes text not null, shown text not null,
    cells text, account_id text, primary key (import_id, line))`,
    "create index import_rows_by_key on import_rows (import_id, person_key)",
    "create index import_rows_by_verdict on import_rows (import_id, verdict, line)",
    "create index import_rows_noted on import_rows (import_id, line) where notes <> ''",
    "create table external_ids (external_id text primary key, account_id text not null references accounts)",
    // An account that follows its rows is looked for in every table that refers to it.
    "create index external_ids_by_account_id on external_ids (account_id)",
    ...(onSqlite ? [] : deferrable),
  ]) {
    await sql.raw(text).execute(database);
  }
}

const deferrable = ["identifiers", "passwords"].map(
  (table) => `alter table ${table} alter constraint ${table}_account_id_fkey deferrable initially immediate`,
);
