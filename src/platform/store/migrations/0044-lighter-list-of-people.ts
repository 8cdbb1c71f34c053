/**
 * The list of people costs each new person less. Those few among the many whom a condition leaves stand in
 * the order in which they came, so that a table of people that is brought along writes their indexes page
 * after page, and in the order of names but once. And a trigger changes what its change may have changed.
 */
import { type Kysely, SqliteAdapter, sql } from "kysely";

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

/** Latin with accents, Cyrillic, and the Ukrainian Ґ, as far as lower() may have left them. */
const capitals = [...range(0xc0, 0xde), ...range(0x400, 0x42f), "Ґ"].filter(
  (letter) => letter.toLowerCase() !== letter && letter !== "Ё",
);

/** Case does not count, nor does «ё»; SQLite lowers ASCII here, and its trigrams the rest. */
const plain = (text: string) => `lower(replace(replace(${text}, 'Ё', 'Е'), 'ё', 'е'))`;

interface Dialect {
  onSqlite: boolean;
  /** The name for sorting, at once as it stays: another one first would write two places of the index. */
  nameKey: (name: string) => string;
  joined: string;
}

/** Programs of older SQLite, such as its `sqlite3`, read no schema that nests a hundred deep. */
const LETTERS_AT_ONCE = 12;

/** The capitals of `text` lowered, a few at a time, each few over what the ones before gave. */
function lowered(text: string): string {
  let from = `select ${text} as k`;
  for (let first = 0; first < capitals.length; first += LETTERS_AT_ONCE) {
    const some = capitals.slice(first, first + LETTERS_AT_ONCE);
    const inner = some.reduce(
      (all, letter) => `replace(${all}, '${letter}', '${letter.toLowerCase()}')`,
      "k",
    );
    from = `select ${inner} as k from (${from})`;
  }
  return `(${from})`;
}

const sqlite: Dialect = {
  onSqlite: true,
  nameKey: (name) => lowered(plain(name)),
  joined: "group_concat('  ' || key, '')",
};

const postgres: Dialect = {
  onSqlite: false,
  nameKey: (name) => {
    const letters = capitals.join("");
    return `translate(${plain(name)}, '${letters}', '${letters.toLowerCase()}')`;
  },
  joined: "string_agg('  ' || key, '')",
};

/** Two spaces before each word, so that even one letter of its beginning makes a trigram. */
const wordsOf = ({ joined }: Dialect) =>
  plain(`'  ' || replace(accounts.name, ' ', '  ') || coalesce((select ${joined} from identifiers
    where identifiers.account_id = accounts.id), '')`);

const has = (condition: string) => `case when exists (select 1 from ${condition}) then 1 else 0 end`;
const hasPassword = (account: string) => has(`passwords where passwords.account_id = ${account}`);
const hasPhone = (account: string) =>
  has(`identifiers where identifiers.account_id = ${account} and kind = 'phone'`);
const mailUnproven = (account: string) =>
  has(`identifiers where identifiers.account_id = ${account} and kind = 'email' and confirmed_at is null`);

const account = "from accounts where accounts.id";

const added = (dialect: Dialect) => [
  `insert into people
  (account_id, name_key, role, status, last_sign_in_at, has_password, has_phone, mail_unproven)
  select id, ${dialect.nameKey("name")}, role, status, coalesce(signed_in_at, 0),
    ${hasPassword("accounts.id")}, ${hasPhone("accounts.id")}, ${mailUnproven("accounts.id")}
  ${account} = new.id`,
  `insert into people_words (account_id, words) select id, ${wordsOf(dialect)} ${account} = new.id`,
];

const ranked = "update people set role = new.role, status = new.status where account_id = new.id";

const named = (dialect: Dialect) => [
  `update people set name_key = ${dialect.nameKey("new.name")} where account_id = new.id`,
  worded(dialect, "new.id"),
];

const worded = (dialect: Dialect, id: string) =>
  `update people_words set words = (select ${wordsOf(dialect)} ${account} = ${id})
  where account_id = ${id} and exists (select 1 ${account} = ${id})`;

/** A row that stays as it is is not written. */
const reached = (id: string) =>
  `update people set has_phone = ${hasPhone(id)}, mail_unproven = ${mailUnproven(id)}
  where account_id = ${id} and (has_phone <> ${hasPhone(id)} or mail_unproven <> ${mailUnproven(id)})`;

const locked = (id: string) =>
  `update people set has_password = ${hasPassword(id)}
  where account_id = ${id} and has_password <> ${hasPassword(id)}`;

interface Upkeep {
  name: string;
  event: string;
  when?: string;
  work: (dialect: Dialect) => string[];
}

/** Whatever changes a row of the list, but for what 0010 and 0037 keep as they did. */
const upkeep: Upkeep[] = [
  { name: "account_added", event: "insert on accounts", work: added },
  {
    name: "account_changed",
    event: "update of role, status on accounts",
    when: "old.role <> new.role or old.status <> new.status",
    work: () => [ranked],
  },
  {
    name: "account_named",
    event: "update of name on accounts",
    when: "old.name <> new.name",
    work: named,
  },
  {
    name: "identifier_added",
    event: "insert on identifiers",
    work: (dialect) => [reached("new.account_id"), worded(dialect, "new.account_id")],
  },
  {
    name: "identifier_changed",
    event: "update of key, confirmed_at on identifiers",
    work: () => [reached("new.account_id")],
  },
  {
    name: "identifier_rewritten",
    event: "update of key on identifiers",
    when: "old.key <> new.key",
    work: (dialect) => [worded(dialect, "new.account_id")],
  },
  {
    name: "identifier_removed",
    event: "delete on identifiers",
    work: (dialect) => [reached("old.account_id"), worded(dialect, "old.account_id")],
  },
  { name: "password_added", event: "insert on passwords", work: () => [locked("new.account_id")] },
  { name: "password_removed", event: "delete on passwords", work: () => [locked("old.account_id")] },
];

/** Instead of those in the order of names, each of which grew at another place with each person. */
const indexes = [
  "people_by_password on people (has_password)",
  "people_by_phone on people (has_phone)",
  "people_by_proof on people (mail_unproven)",
];

/** As SQLite names what it has; on PostgreSQL all but the new ones are there. */
const before = [
  "account_added",
  "account_changed",
  "identifier_added",
  "identifier_changed",
  "identifier_removed",
  "password_added",
  "password_removed",
];

const tableOf = (event: string) => event.slice(event.lastIndexOf(" ") + 1);

export async function up(database: Kysely<unknown>): Promise<void> {
  const dialect = database.getExecutor().adapter instanceof SqliteAdapter ? sqlite : postgres;
  const run = async (text: string) => {
    await sql.raw(text).execute(database);
  };
  for (const name of ["without_password", "without_phone", "with_phone", "unproven", "never_in"])
    await run(`drop index people_${name}`);
  for (const index of indexes) await run(`create index ${index}`);
  for (const text of dialect.onSqlite ? sqliteRemoved : postgresRemoved) await run(text);
  for (const text of upkeep.flatMap((each) => (dialect.onSqlite ? onSqlite : onPostgres)(each, dialect)))
    await run(text);
}

const sqliteRemoved = ["key_after_insert", "key_after_update", ...before].map(
  (name) => `drop trigger people_${name}`,
);

const postgresRemoved = [
  "drop trigger people_key on people",
  "drop function people_key()",
  ...upkeep
    .filter(({ name }) => before.includes(name))
    .flatMap(({ name, event }) => [
      `drop trigger people_${name} on ${tableOf(event)}`,
      `drop function people_${name}()`,
    ]),
];

function onSqlite({ name, event, when, work }: Upkeep, dialect: Dialect): string[] {
  const body = work(dialect).map((text) => `${text};`);
  const condition = when === undefined ? "" : `when ${when}`;
  return [`create trigger people_${name} after ${event} ${condition} begin ${body.join(" ")} end`];
}

function onPostgres({ name, event, when, work }: Upkeep, dialect: Dialect): string[] {
  const body = work(dialect).map((text) => `${text};`);
  const condition = when === undefined ? "" : `when (${when})`;
  return [
    `create function people_${name}() returns trigger language plpgsql as
    $$ begin ${body.join(" ")} return null; end $$`,
    `create trigger people_${name} after ${event} for each row ${condition}
    execute function people_${name}()`,
  ];
}
