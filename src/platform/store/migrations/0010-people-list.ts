/**
 * The list of people as the console reads it. `people` repeats what the list filters and sorts by, and
 * `people_words` what its search looks in, one row per account each. The database keeps both itself, so no
 * change of a name, contact or password can forget them.
 */
import { type Kysely, SqliteAdapter, sql } from "kysely";

/** Case does not count, nor does «ё»; SQLite lowers ASCII here, and its trigrams the rest. */
const plain = (text: string) => `lower(replace(replace(${text}, 'Ё', 'Е'), 'ё', 'е'))`;

/** Two spaces before each word, so that even one letter of its beginning makes a trigram. */
const wordsOf = (joined: string) =>
  plain(`'  ' || replace(accounts.name, ' ', '  ') || coalesce((select ${joined} from identifiers
    where identifiers.account_id = accounts.id), '')`);

const has = (condition: string) => `case when exists (select 1 from ${condition}) then 1 else 0 end`;

/** Makes both rows of the accounts that fit, or makes them anew. */
const refreshed = (joined: string, which: string) => [
  `insert into people
  (account_id, name_key, role, status, last_sign_in_at, has_password, has_phone, mail_unproven)
  select id, ${plain("name")}, role, status, coalesce(signed_in_at, 0),
    ${has("passwords where passwords.account_id = accounts.id")},
    ${has("identifiers where identifiers.account_id = accounts.id and kind = 'phone'")},
    ${has(`identifiers where identifiers.account_id = accounts.id and kind = 'email'
      and confirmed_at is null`)}
  from accounts where ${which}
  on conflict (account_id) do update set name_key = excluded.name_key, role = excluded.role,
    status = excluded.status, has_password = excluded.has_password, has_phone = excluded.has_phone,
    mail_unproven = excluded.mail_unproven`,
  `insert into people_words (account_id, words) select id, ${wordsOf(joined)} from accounts where ${which}
  on conflict (account_id) do update set words = excluded.words`,
];

/** Whatever changes a row of the list. */
const events = [
  ["account_added", "insert on accounts", "new.id"],
  ["account_changed", "update of name, role, status on accounts", "new.id"],
  ["account_entered", "update of signed_in_at on accounts", "new.id"],
  ["account_removed", "delete on accounts", "old.id"],
  ["identifier_added", "insert on identifiers", "new.account_id"],
  ["identifier_changed", "update of key, confirmed_at on identifiers", "new.account_id"],
  ["identifier_removed", "delete on identifiers", "old.account_id"],
  ["password_added", "insert on passwords", "new.account_id"],
  ["password_removed", "delete on passwords", "old.account_id"],
] as const;

const signIn = [
  "update people set last_sign_in_at = coalesce(new.signed_in_at, 0) where account_id = new.id",
];

const removal = [
  "delete from people where account_id = old.id",
  "delete from people_words where account_id = old.id",
];

export async function up(database: Kysely<unknown>): Promise<void> {
  const onSqlite = database.getExecutor().adapter instanceof SqliteAdapter;
  const run = async (text: string) => {
    await sql.raw(text).execute(database);
  };
  for (const text of tables(onSqlite)) await run(text);
  for (const text of onSqlite ? sqliteTrigrams : postgresTrigrams) await run(text);
  const joined = onSqlite ? "group_concat('  ' || key, '')" : "string_agg('  ' || key, '')";
  for (const text of refreshed(joined, "true")) await run(text);
  for (const [name, event, account] of events) {
    const small = { account_entered: signIn, account_removed: removal }[name as string];
    const work = small ?? refreshed(joined, `accounts.id = ${account}`);
    for (const text of (onSqlite ? sqliteTrigger : postgresTrigger)(name, event, work)) await run(text);
  }
}

function tables(onSqlite: boolean): string[] {
  const order = onSqlite ? "" : ' collate "C"';
  const number = onSqlite ? "integer primary key" : "bigint generated always as identity primary key";
  const rest = "status, role, has_password, has_phone, mail_unproven";
  return [
    `create table people (account_id text primary key, name_key text${order} not null, role text not null,
    status text not null, last_sign_in_at bigint not null, has_password bigint not null,
    has_phone bigint not null, mail_unproven bigint not null)`,
    `create table people_words (number ${number}, account_id text not null unique, words text not null)`,
    // Whole, so that a walk in order never leaves the index, whatever it filters by.
    `create index people_by_name on people (name_key, account_id, last_sign_in_at, ${rest})`,
    `create index people_by_last_sign_in on people (last_sign_in_at, account_id, name_key, ${rest})`,
    // The few among the many.
    "create index people_closed on people (status, name_key, account_id) where status <> 'active'",
    "create index people_staff on people (role, name_key, account_id) where role <> 'person'",
  ];
}

const sqliteTrigrams = [
  `create virtual table people_trigrams using fts5(words, content = 'people_words', content_rowid = 'number',
  tokenize = 'trigram')`,
  `create trigger people_words_added after insert on people_words begin
    insert into people_trigrams (rowid, words) values (new.number, new.words); end`,
  `create trigger people_words_changed after update of words on people_words
    when old.words <> new.words begin
    insert into people_trigrams (people_trigrams, rowid, words) values ('delete', old.number, old.words);
    insert into people_trigrams (rowid, words) values (new.number, new.words); end`,
  `create trigger people_words_removed after delete on people_words begin
    insert into people_trigrams (people_trigrams, rowid, words)
    values ('delete', old.number, old.words); end`,
];

/**
 * pg_trgm may be made by whoever may create in the database (PostgreSQL 13 and newer), where the server has
 * it. Without it the search reads every row: the same finds, slower.
 */
const postgresTrigrams = [
  `do $$ begin
    if exists (select 1 from pg_extension where extname = 'pg_trgm')
      or (exists (select 1 from pg_available_extensions where name = 'pg_trgm')
        and has_database_privilege(current_database(), 'create')) then
      create extension if not exists pg_trgm;
      create index people_words_by_trigram on people_words using gin (words gin_trgm_ops);
    end if; end $$`,
];

function sqliteTrigger(name: string, event: string, work: readonly string[]): string[] {
  return [
    `create trigger people_${name} after ${event} begin ${work.map((text) => `${text};`).join(" ")} end`,
  ];
}

function postgresTrigger(name: string, event: string, work: readonly string[]): string[] {
  const body = work.map((text) => `${text};`).join(" ");
  return [
    `create function people_${name}() returns trigger language plpgsql as
    $$ begin ${body} return null; end $$`,
    `create trigger people_${name} after ${event} for each row execute function people_${name}()`,
  ];
}
