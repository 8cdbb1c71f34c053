/** The list of people: filtered, sorted and paged, a page at a time, at any number of accounts. */
import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { Reader, Store } from "../../platform/store/store.ts";
import type { PeopleTable } from "../../platform/store/tables.ts";
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

/** Where a page begins: behind this row; and how many fitted when the first page was shown. */
export interface PeoplePlace {
  key: string | number;
  accountId: string;
  count: number;
}

/** What the indexes in the wished orders hold, so that their walks read nothing else. */
export type PeopleRow = Pick<
  Selectable<PeopleTable>,
  "account_id" | "name_key" | "last_sign_in_at" | "has_password"
>;

/** The columns of a row. */
export const listed: RawBuilder<unknown> = sql.raw(
  "people.account_id, people.name_key, people.last_sign_in_at, people.has_password",
);

export interface PeopleWish {
  filter: PeopleFilter;
  order: PeopleOrder;
  after: PeoplePlace | undefined;
  /** One more is given when there are more. */
  most: number;
}

export interface FoundRows {
  rows: PeopleRow[];
  /** How many fit in all, as far as they were looked at; `undefined` behind the first page of the list. */
  count: number | undefined;
  /** How many the search found, before anything else was asked of them. */
  finds: number;
}

/** Counts end here: one more means "more". */
export const MOST_COUNTED = 1_000;

/**
 * The next rows in this order, whatever is searched. They are counted in the same walk, which on the first
 * page therefore goes on to the last one that is counted.
 */
export async function pageOfPeople(read: Reader, kind: Store["kind"], wish: PeopleWish): Promise<FoundRows> {
  const { filter, order, after, most } = wish;
  const way = await wayThrough(read, kind, filter, order);
  const conditions = [...conditionsOf(filter), ...(after ? [behind(order, after)] : [])];
  const fit = sql`select ${listed} from people as people ${way} where ${all(conditions)}
    order by ${inOrder(order)} limit ${sql.lit(after ? most + 1 : Math.max(MOST_COUNTED, most) + 1)}`;
  const page = await pageOf(read, { fit, order, most });
  return after ? { ...page, count: undefined } : page;
}

/** A page of `fit`, which names the rows that fit, and how many those are; `found` is what they are from. */
export async function pageOf(
  read: Reader,
  wish: Pick<PeopleWish, "order" | "most"> & {
    fit: RawBuilder<unknown>;
    found?: RawBuilder<unknown>;
    after?: PeoplePlace | undefined;
  },
): Promise<FoundRows> {
  const { fit, found = sql`select 1 where false`, order, after, most } = wish;
  const rows = await run<PeopleRow & { fits: number; finds: number }>(
    read,
    sql`with found as materialized (${found}), fit as materialized (${fit}),
    page as (select * from fit as people where ${after ? behind(order, after) : sql`true`}
      order by ${inOrder(order)} limit ${sql.lit(most + 1)}),
    counts as (select (select count(*) from fit) as fits, (select count(*) from found) as finds)
    select people.*, fits, finds from counts left join page as people on true order by ${inOrder(order)}`,
  );
  const { fits = 0, finds = 0 } = rows[0] ?? {};
  // Where nobody fits there is a row all the same, for the counts.
  return { rows: rows.filter((row) => row.account_id !== null), count: fits, finds };
}

async function run<Row>(read: Reader, statement: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await (statement as RawBuilder<Row>).execute(read as unknown as Kysely<unknown>);
  return rows;
}

function all(conditions: readonly RawBuilder<boolean>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

function inOrder(order: PeopleOrder): RawBuilder<unknown> {
  return order === "name"
    ? sql`people.name_key, people.account_id`
    : sql`people.last_sign_in_at desc, people.account_id desc`;
}

function behind(order: PeopleOrder, { key, accountId }: PeoplePlace): RawBuilder<boolean> {
  return order === "name"
    ? sql`(people.name_key, people.account_id) > (${key}, ${accountId})`
    : sql`(people.last_sign_in_at, people.account_id) < (${key}, ${accountId})`;
}

/**
 * Those of the next `size` accounts, in the order of their ids, who fit. The inner limit keeps each statement
 * small however few fit.
 */
export function sliceOfPeople(
  read: Reader,
  wish: { filter: PeopleFilter; after: string; size: number },
): Promise<PeopleRow[]> {
  return run(read, sql`select ${listed} from ${slice(wish)} order by account_id`);
}

/** How many of the next `size` accounts fit. */
export async function countSlice(
  read: Reader,
  wish: { filter: PeopleFilter; after: string; size: number },
): Promise<number> {
  const [counted] = await run<{ count: number }>(read, sql`select count(*) as count from ${slice(wish)}`);
  return counted?.count ?? 0;
}

function slice({ filter, after, size }: { filter: PeopleFilter; after: string; size: number }) {
  return sql`(select * from people where account_id > ${after} order by account_id limit ${sql.lit(size)})
    as people where ${all(conditionsOf(filter))}`;
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

/** What is asked beside the search. Literals for what the partial indexes are for. */
export function conditionsOf({ status, ...filter }: PeopleFilter): RawBuilder<boolean>[] {
  const whether: Record<PeopleFilter["status"], RawBuilder<boolean>[]> = {
    any: [],
    open: [sql`people.status <> 'dismissed'`],
    active: [sql`people.status = 'active'`],
    blocked: [],
    dismissed: [],
  };
  const narrow = narrowConditions({ status, ...filter }).map(({ condition }) => condition);
  return [
    ...whether[status],
    ...(filter.role === "person" ? [sql<boolean>`people.role = 'person'`] : []),
    ...narrow,
  ];
}

interface Narrow {
  condition: RawBuilder<boolean>;
  index: string;
}

/** Conditions that may leave only few, each with the index that has those together. */
function narrowConditions({ status, role, signedIn, password, phone, mail }: PeopleFilter): Narrow[] {
  const found: Narrow[] = [];
  const add = (index: string, condition: RawBuilder<boolean>) => found.push({ index, condition });
  if (status === "blocked" || status === "dismissed")
    add("people_closed", sql`people.status <> 'active' and people.status = ${status}`);
  if (role === "staff") add("people_staff", sql`people.role <> 'person'`);
  else if (role !== "any" && role !== "person")
    add("people_staff", sql`people.role <> 'person' and people.role = ${role}`);
  const seen = "people_by_last_sign_in";
  if (signedIn === "never") add(seen, sql`people.last_sign_in_at = 0`);
  else if (signedIn !== "any" && "since" in signedIn)
    add(seen, sql`people.last_sign_in_at >= ${signedIn.since}`);
  else if (signedIn !== "any") add(seen, sql`people.last_sign_in_at between 1 and ${signedIn.before}`);
  if (password !== "any") add("people_by_password", sql`people.has_password = ${flag(password)}`);
  if (phone !== "any") add("people_by_phone", sql`people.has_phone = ${flag(phone)}`);
  if (mail === "unproven") add("people_by_proof", sql`people.mail_unproven = 1`);
  if (mail === "bounced") add("people_bounced", sql`people.mail_bounced <> 0`);
  return found;
}

function flag(answer: "yes" | "no"): RawBuilder<number> {
  return sql.lit(answer === "yes" ? 1 : 0);
}

/** As many as are sorted sooner than everybody is walked past. */
const FEW = 5_000;

/**
 * SQLite keeps no statistics and would sort half of everybody, so it is told which index to walk: that of a
 * condition that leaves few, whom it then sorts, or else the one in the wished order, which holds all that is
 * asked. PostgreSQL knows itself which is less.
 */
async function wayThrough(
  read: Reader,
  kind: Store["kind"],
  filter: PeopleFilter,
  order: PeopleOrder,
): Promise<RawBuilder<unknown>> {
  if (kind !== "sqlite") return sql``;
  const narrow = narrowConditions(filter);
  const counts = narrow.length === 0 ? [] : await countsOf(read, narrow);
  const [least] = narrow
    .map(({ index }, place) => ({ index, count: counts[place] ?? 0 }))
    .filter(({ count }) => count <= FEW)
    .toSorted((a, b) => a.count - b.count);
  // Those who are closed stand in the order of names, however many they are.
  const closed = order === "name" ? narrow.find(({ index }) => index === "people_closed") : undefined;
  const usual = order === "name" ? "people_by_name" : "people_by_last_sign_in";
  return sql`indexed by ${sql.ref((least ?? closed)?.index ?? usual)}`;
}

/** How many each of the conditions leaves, counted up to one more than few. */
async function countsOf(read: Reader, narrow: readonly Narrow[]): Promise<number[]> {
  const counts = narrow.map(
    ({ condition, index }) => sql`select count(*) as count from (select 1 from people as people
      indexed by ${sql.ref(index)} where ${condition} limit ${sql.lit(FEW + 1)}) as counted`,
  );
  const rows = await run<{ count: number }>(read, sql.join(counts, sql` union all `));
  return rows.map(({ count }) => count);
}

export function rowsOfPeople(read: Reader, accountIds: readonly string[]): Promise<PeopleRow[]> {
  return read
    .selectFrom("people")
    .select(["account_id", "name_key", "last_sign_in_at", "has_password"])
    .where("account_id", "in", accountIds)
    .orderBy("name_key")
    .execute();
}
