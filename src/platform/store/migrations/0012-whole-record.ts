/**
 * Everybody's record is looked through by who did it, by what was done and by when. And names are sorted
 * without case in every alphabet that they are written in here: SQLite's lower() knows ASCII alone, and
 * PostgreSQL's what its locale knows, which may be ASCII as well.
 */
import { type Kysely, SqliteAdapter, sql } from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const columns of [["actor", "seq"], ["action", "seq"], ["at"]]) {
    await database.schema
      .createIndex(`audit_events_by_${columns.join("_")}`)
      .on("audit_events")
      .columns(columns)
      .execute();
  }
  const onSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  for (const text of onSqlite ? onSqliteNames : onPostgresNames) await sql.raw(text).execute(database);
}

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

/** Latin with accents, Cyrillic, and the Ukrainian Ґ, as far as lower() may have left them. */
const capitals = [...range(0xc0, 0xde), ...range(0x400, 0x42f), "Ґ"].filter(
  (letter) => letter.toLowerCase() !== letter && letter !== "Ё",
);

const replaced = (text: string) =>
  capitals.reduce((inner, letter) => `replace(${inner}, '${letter}', '${letter.toLowerCase()}')`, text);

/** Triggers as those that keep the row: no writer of a name can forget it. */
const onSqliteNames = [
  `update people set name_key = ${replaced("name_key")}`,
  ...["insert", "update of name_key"].map(
    (event) => `create trigger people_key_after_${event.slice(0, 6)} after ${event} on people
    when new.name_key <> ${replaced("new.name_key")} begin
    update people set name_key = ${replaced("new.name_key")} where account_id = new.account_id; end`,
  ),
];

const letters = capitals.join("");
const onPostgresNames = [
  `create function people_key() returns trigger language plpgsql as
  $$ begin new.name_key := translate(new.name_key, '${letters}', '${letters.toLowerCase()}');
  return new; end $$`,
  `create trigger people_key before insert or update of name_key on people
  for each row execute function people_key()`,
  `update people set name_key = name_key`,
];
