/** The list of people: found, filtered, sorted and paged, a page at a time, at any number of accounts. */
import { type RawBuilder, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { Reader, Store } from "../../platform/store/store.ts";
import type { PeopleTable, Tables } from "../../platform/store/tables.ts";
import type { SearchWords } from "./search-words.ts";

export interface PeopleFilter {
  words: SearchWords;
  /** `open`: everybody who has not left. */
  status: "open" | PeopleTable["status"] | "any";
  role: "any" | "staff" | PeopleTable["role"];
  signedIn: "any" | "never" | { since: number } | { before: number };
  password: "any" | "yes" | "no";
  phone: "any" | "yes" | "no";
  mail: "any" | "unproven" | "bounced";
}

export type PeopleOrder = "name" | "last-sign-in";

/** Where a page begins: behind this row. */
export interface PeoplePlace {
  key: string | number;
  accountId: string;
}

export type PeopleRow = Selectable<PeopleTable>;

/**
 * How many finds of the search are looked at: whoever types two letters of everybody's mail domain gets the
 * first of them, and the page says that there are more.
 */
export const MOST_FOUND = 2_000;

type Query = SelectQueryBuilder<Tables, "people", object>;

/** The next rows in this order; one more than `most` when there are more. */
export async function pageOfPeople(
  read: Reader,
  kind: Store["kind"],
  wish: { filter: PeopleFilter; order: PeopleOrder; after: PeoplePlace | undefined; most: number },
): Promise<PeopleRow[]> {
  const { filter, order, after, most } = wish;
  const how = { order, few: await cameFew(read, kind, filter) };
  let query = filtered(from(read, kind, filter), kind, filter, how).selectAll("people");
  if (order === "name") {
    if (after)
      query = query.where(sql<boolean>`(name_key, people.account_id) > (${after.key}, ${after.accountId})`);
    query = query.orderBy("name_key").orderBy("people.account_id");
  } else {
    if (after)
      query = query.where(
        sql<boolean>`(last_sign_in_at, people.account_id) < (${after.key}, ${after.accountId})`,
      );
    query = query.orderBy("last_sign_in_at", "desc").orderBy("people.account_id", "desc");
  }
  return query.limit(most + 1).execute();
}

/** How many fit, counted up to `most`: a whole count would read every row. */
export async function countPeople(
  read: Reader,
  kind: Store["kind"],
  filter: PeopleFilter,
  most: number,
): Promise<number> {
  const how = { order: "name", few: await cameFew(read, kind, filter) } as const;
  const some = filtered(from(read, kind, filter), kind, filter, how)
    .select("people.account_id")
    .limit(most);
  const counted = await read
    .selectFrom(some.as("some"))
    .select((fields) => fields.fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return counted?.count ?? 0;
}

/**
 * Those of the next `size` accounts, in the order of their ids, who fit. The inner limit keeps each statement
 * small however few fit. With words to search for, the next `size` of the finds who fit.
 */
export function sliceOfPeople(
  read: Reader,
  kind: Store["kind"],
  wish: { filter: PeopleFilter; after: string; size: number },
): Promise<PeopleRow[]> {
  return sliced(read, kind, wish).selectAll("people").orderBy("people.account_id").execute();
}

/** How many of the next `size` accounts fit. */
export async function countSlice(
  read: Reader,
  kind: Store["kind"],
  wish: { filter: PeopleFilter; after: string; size: number },
): Promise<number> {
  const counted = await sliced(read, kind, wish)
    .select((fields) => fields.fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return counted?.count ?? 0;
}

function sliced(
  read: Reader,
  kind: Store["kind"],
  { filter, after, size }: { filter: PeopleFilter; after: string; size: number },
): Query {
  if (filter.words.length > 0) {
    const found = from(read, kind, filter).where("people.account_id", ">", after);
    return filtered(found, kind, filter).orderBy("people.account_id").limit(size);
  }
  const slice = read
    .selectFrom("people")
    .selectAll()
    .where("account_id", ">", after)
    .orderBy("account_id")
    .limit(size);
  return filtered(read.selectFrom(slice.as("people")), kind, filter);
}

/** The last of the next `size` accounts; undefined when fewer are left. */
export async function edgeOfSlice(read: Reader, after: string, size: number): Promise<string | undefined> {
  const edge = await read
    .selectFrom("people")
    .select("account_id")
    .where("account_id", ">", after)
    .orderBy("account_id")
    .offset(size - 1)
    .limit(1)
    .executeTakeFirst();
  return edge?.account_id;
}

/** Whether the search finds more than are looked at. */
export async function findsTooMany(read: Reader, kind: Store["kind"], words: SearchWords): Promise<boolean> {
  if (words.length === 0) return false;
  const found = await read
    .selectFrom("people_words")
    .select((fields) => fields.fn.countAll<number>().as("count"))
    .where("number", "in", finds(kind, words, MOST_FOUND + 1))
    .executeTakeFirst();
  return (found?.count ?? 0) > MOST_FOUND;
}

/** The finds first and their rows behind them: without `cross join`, SQLite may walk everybody instead. */
function from(read: Reader, kind: Store["kind"], { words }: PeopleFilter): Query {
  if (words.length === 0) return read.selectFrom("people");
  return read
    .selectFrom("people_words")
    .crossJoin("people")
    .whereRef("people.account_id", "=", "people_words.account_id")
    .where("people_words.number", "in", finds(kind, words, MOST_FOUND));
}

function finds(kind: Store["kind"], words: SearchWords, most: number): RawBuilder<number> {
  if (kind === "sqlite") {
    const match = words.map(
      (readings) => `(${readings.map((text) => quoted(tellingPart(text))).join(" OR ")})`,
    );
    // What was looked for by a part of it is compared whole; `+` keeps the index out of that.
    const cut = words.filter((readings) => readings.some((text) => tellingPart(text) !== text));
    const whole = [sql`true`, ...cut.map((readings) => oneOf(sql`+words`, readings))];
    return sql`(select rowid from people_trigrams where people_trigrams match ${match.join(" AND ")}
      and ${sql.join(whole, sql` and `)} limit ${most})`;
  }
  const each = words.map((readings) => oneOf(sql`words`, readings));
  return sql`(select number from people_words where ${sql.join(each, sql` and `)} limit ${most})`;
}

function oneOf(column: RawBuilder<unknown>, readings: readonly string[]): RawBuilder<boolean> {
  const backslash = sql.lit("\\");
  const like = readings.map(
    (text) => sql`${column} like ${`%${text.replace(/[\\%_]/g, "\\$&")}%`} escape ${backslash}`,
  );
  return sql`(${sql.join(like, sql` or `)})`;
}

/**
 * All numbers of a country begin alike, and whatever many have in common is slow to look for: of a long one
 * its last seven digits. So do mailboxes end alike: of an address what stands before its domain.
 */
function tellingPart(text: string): string {
  if (/^\+?\d{9,}$/.test(text)) return text.slice(-7);
  return /^[^@]{2,}@(?=.)/.exec(text)?.[0] ?? text;
}

/** A text of FTS5's query language. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * Literals for what partial indexes are for. SQLite keeps no statistics and would sort half of everybody for
 * a range, so `+` hides the range from it unless few are in it; PostgreSQL knows which is less.
 */
function filtered(
  given: Query,
  kind: Store["kind"],
  filter: PeopleFilter,
  { order, few }: { order: PeopleOrder; few: boolean } = { order: "name", few: false },
): Query {
  const { status, role, signedIn, password, phone, mail } = filter;
  const lastSignIn = kind === "sqlite" && !few ? sql`+people.last_sign_in_at` : sql`people.last_sign_in_at`;
  let query = given;
  const only = (condition: RawBuilder<boolean>) => {
    query = query.where(condition);
  };
  if (status === "open") only(sql`people.status <> 'dismissed'`);
  else if (status === "active") only(sql`people.status = 'active'`);
  else if (status !== "any") only(sql`people.status <> 'active' and people.status = ${status}`);
  if (role === "person") only(sql`people.role = 'person'`);
  else if (role === "staff") only(sql`people.role <> 'person'`);
  else if (role !== "any") only(sql`people.role <> 'person' and people.role = ${role}`);
  // As the index says it that has those in the order of names; the other order has its own.
  if (signedIn === "never" && order === "name") only(sql`people.last_sign_in_at + 0 = 0`);
  else if (signedIn === "never") only(sql`people.last_sign_in_at = 0`);
  else if (signedIn !== "any" && "since" in signedIn) only(sql`${lastSignIn} >= ${signedIn.since}`);
  else if (signedIn !== "any") only(sql`${lastSignIn} between 1 and ${signedIn.before}`);
  if (password === "yes") only(sql`people.has_password = 1`);
  if (password === "no") only(sql`people.has_password = 0`);
  if (phone === "yes") only(sql`people.has_phone = 1`);
  if (phone === "no") only(sql`people.has_phone = 0`);
  if (mail === "unproven") only(sql`people.mail_unproven = 1`);
  if (mail === "bounced") only(sql`people.mail_bounced <> 0`);
  return query;
}

/** As many as are sorted sooner than everybody is walked past. */
const FEW = 1_000;

/** Whether few came within the times that are asked for. */
async function cameFew(read: Reader, kind: Store["kind"], { signedIn }: PeopleFilter): Promise<boolean> {
  if (kind !== "sqlite" || typeof signedIn === "string") return false;
  const from = "since" in signedIn ? signedIn.since : 1;
  const until = "since" in signedIn ? Number.MAX_SAFE_INTEGER : signedIn.before;
  const some = read
    .selectFrom("people")
    .select("account_id")
    .where("last_sign_in_at", ">=", from)
    .where("last_sign_in_at", "<=", until)
    .limit(FEW + 1);
  const counted = await read
    .selectFrom(some.as("some"))
    .select((fields) => fields.fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return (counted?.count ?? 0) <= FEW;
}

export function rowsOfPeople(read: Reader, accountIds: readonly string[]): Promise<PeopleRow[]> {
  return read
    .selectFrom("people")
    .selectAll()
    .where("account_id", "in", accountIds)
    .orderBy("name_key")
    .execute();
}

/** Whether the search has its index; on PostgreSQL that takes pg_trgm, without which it reads every row. */
export async function searchIsIndexed({ kind, read }: Pick<Store, "kind" | "read">): Promise<boolean> {
  if (kind === "sqlite") return true;
  const found = await read
    .selectFrom(sql<{ indexname: string }>`pg_indexes`.as("indexes"))
    .select("indexname")
    .where("indexname", "=", "people_words_by_trigram")
    .executeTakeFirst();
  return found !== undefined;
}
