/** The search for people by any part of their names, logins and contacts. */
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Reader, Store } from "../../../platform/store/store.ts";
import {
  conditionsOf,
  type FoundRows,
  listed,
  type PeopleFilter,
  type PeopleRow,
  type PeopleWish,
  pageOf,
} from "../rows.ts";
import type { SearchWords } from "../search-words.ts";

/**
 * How many finds of the search are looked at: whoever types two letters of everybody's mail domain gets the
 * first of them, and the page says that there are more.
 */
export const MOST_FOUND = 2_000;

/** A page of the finds that fit. The search itself, the page and both counts are one statement. */
export function pageOfFinds(read: Reader, kind: Store["kind"], wish: PeopleWish): Promise<FoundRows> {
  const { filter, order, after, most } = wish;
  return pageOf(read, { found: found(kind, filter.words), fit: fit(filter), order, after, most });
}

/** Of the finds that fit, the next `size` in the order of their ids. */
export async function sliceOfFinds(
  read: Reader,
  kind: Store["kind"],
  { filter, after, size }: { filter: PeopleFilter; after: string; size: number },
): Promise<PeopleRow[]> {
  const { rows } = await sql<PeopleRow>`with found as materialized (${found(kind, filter.words)})
    select * from (${fit(filter)}) as fit where account_id > ${after}
    order by account_id limit ${sql.lit(size)}`.execute(read as unknown as Kysely<unknown>);
  return rows;
}

/** The accounts that were found; one more than are looked at when there are more. */
function found(kind: Store["kind"], words: SearchWords): RawBuilder<unknown> {
  const most = sql.lit(MOST_FOUND + 1);
  if (kind === "postgres")
    // Told of the limit, it would read the table from its start, and those found may all stand at its end.
    return sql`with hits as materialized (select account_id from people_words where ${matching(words)})
      select account_id from hits limit ${most}`;
  const match = words.map(
    (readings) => `(${readings.map((text) => quoted(tellingPart(text))).join(" OR ")})`,
  );
  // What was looked for by a part of it is compared whole; `+` keeps the index out of that.
  const cut = words.filter((readings) => readings.some((text) => tellingPart(text) !== text));
  const whole = [sql`true`, ...cut.map((readings) => oneOf(sql`+words`, readings))];
  // Without `cross join`, SQLite may walk everybody and look each of them up among the finds.
  return sql`select account_id from (select rowid as number from people_trigrams
      where people_trigrams match ${match.join(" AND ")} and ${sql.join(whole, sql` and `)} limit ${most})
    as numbers cross join people_words where people_words.number = numbers.number`;
}

/** Those of `found` that are looked at and fit. */
function fit(filter: PeopleFilter): RawBuilder<unknown> {
  const conditions = [sql`people.account_id = looked.account_id`, ...conditionsOf(filter)];
  return sql`select ${listed} from (select account_id from found limit ${sql.lit(MOST_FOUND)}) as looked
    cross join people where ${sql.join(conditions, sql` and `)}`;
}

/** Each combination of readings is one look into the index: of so many words, and of no more. */
const MOST_LOOKED_FOR = 3;

/**
 * For pg_trgm. `any` looks for each combination of readings on its own, and one whose letters nobody has
 * costs next to nothing; with `or` everybody who has one of the words would be gathered first.
 */
function matching(words: SearchWords): RawBuilder<unknown> {
  const byLength = words.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
  const part = (text: string) => withoutEnding(tellingPart(text));
  const compared = byLength.filter(
    (readings, place) => place >= MOST_LOOKED_FOR || readings.some((text) => part(text) !== text),
  );
  const conditions = [
    ...byLength.slice(0, MOST_LOOKED_FOR).map((readings) => anyOf(sql`words`, readings.map(part))),
    // What is no column has no index.
    ...compared.map((readings) => anyOf(sql`words || ''`, readings)),
  ];
  return sql.join(conditions, sql` and `);
}

function anyOf(text: RawBuilder<unknown>, readings: readonly string[]): RawBuilder<boolean> {
  return sql`${text} like any (array[${sql.join(readings.map(pattern))}]::text[])`;
}

function oneOf(column: RawBuilder<unknown>, readings: readonly string[]): RawBuilder<boolean> {
  const backslash = sql.lit("\\");
  const like = readings.map((text) => sql`${column} like ${pattern(text)} escape ${backslash}`);
  return sql`(${sql.join(like, sql` or `)})`;
}

/** With the sign that escapes in PostgreSQL unless it is told of another. */
function pattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/**
 * All numbers of a country begin alike, and whatever many have in common is slow to look for: of a long one
 * its last seven digits. So do mailboxes end alike: of an address what stands before its domain.
 */
function tellingPart(text: string): string {
  if (/^\+?\d{9,}$/.test(text)) return text.slice(-7);
  return /^[^@]{2,}@(?=.)/.exec(text)?.[0] ?? text;
}

/** Everybody has a father: «-ич» and «-на», in both layouts, tell nothing. */
function withoutEnding(text: string): string {
  return text.replace(/(?<=^[^@]{4,})(?:ич|на|bx|yf)$/, "");
}

/** A text of FTS5's query language. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
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
