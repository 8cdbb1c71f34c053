/** The list of people: what the console searches, filters, sorts and walks. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Store } from "../../platform/store/store.ts";
import { type Person, peopleByIds } from "../person.ts";
import * as rows from "./rows.ts";
import * as search from "./search/rows.ts";

export type { PeopleFilter, PeopleOrder, PeoplePlace } from "./rows.ts";
export { MOST_COUNTED } from "./rows.ts";
export { searchIsIndexed } from "./search/rows.ts";
export { type SearchWords, searchWords } from "./search-words.ts";

/** One line of the list. */
export interface ListedPerson extends Person {
  /** 0: never. */
  lastSignInAt: number;
  hasPassword: boolean;
}

export interface PeoplePage {
  people: ListedPerson[];
  /** Where the next page begins; undefined on the last one. */
  next: rows.PeoplePlace | undefined;
  /** How many fit in all, counted up to `MOST_COUNTED` on the first page: one more than that means "more". */
  count: number;
  /** The search finds more than the 2,000 that are looked at. */
  tooMany: boolean;
}

/**
 * A page of the list in the wished order. Up to four statements, whatever is asked, of which one walks or
 * searches.
 */
export async function listPeople({ store }: { store: Store }, wish: rows.PeopleWish): Promise<PeoplePage> {
  const { read, kind } = store;
  const isSearch = wish.filter.words.length > 0;
  const found = await (isSearch ? search.pageOfFinds : rows.pageOfPeople)(read, kind, wish);
  const shown = found.rows.slice(0, wish.most);
  const last = shown.at(-1);
  const count = Math.min(found.count ?? wish.after?.count ?? 0, rows.MOST_COUNTED + 1);
  return {
    people: await withPeople(store, shown),
    next: last && found.rows.length > wish.most ? placeOf(last, wish.order, count) : undefined,
    count,
    tooMany: found.finds > search.MOST_FOUND,
  };
}

/** How many accounts one statement of a walk past everybody looks at. */
const SLICE = 1_000;
const COUNTED_SLICE = 20_000;

/**
 * Everybody who fits, in the order of their making, slice by slice: nobody twice, and nobody left out who is
 * there and fits all the while. Holds no transaction; between slices everybody else has their turn. Of a
 * search it gives the first 2,000 finds, as the list does.
 */
export async function* walkPeople(
  { store }: { store: Store },
  filter: rows.PeopleFilter,
): AsyncGenerator<ListedPerson[]> {
  const { read, kind } = store;
  const isSearch = filter.words.length > 0;
  for (let after: string | undefined = ""; after !== undefined; ) {
    const wish: { filter: rows.PeopleFilter; after: string; size: number } = { filter, after, size: SLICE };
    const found: rows.PeopleRow[] = await (isSearch
      ? search.sliceOfFinds(read, kind, wish)
      : rows.sliceOfPeople(read, wish));
    const people = await withPeople(store, found);
    if (people.length > 0) yield people;
    if (isSearch) after = found.length < SLICE ? undefined : found.at(-1)?.account_id;
    else after = await rows.edgeOfSlice(read, after, SLICE);
  }
}

/** How many `walkPeople` would give. Counts every one, a slice at a time. */
export async function countPeople({ store }: { store: Store }, filter: rows.PeopleFilter): Promise<number> {
  const { read, kind } = store;
  if (filter.words.length > 0) {
    const wish = { filter, order: "name", after: undefined, most: 0 } as const;
    return (await search.pageOfFinds(read, kind, wish)).count ?? 0;
  }
  let count = 0;
  for (let after: string | undefined = ""; after !== undefined; ) {
    count += await rows.countSlice(read, { filter, after, size: COUNTED_SLICE });
    after = await rows.edgeOfSlice(read, after, COUNTED_SLICE);
    await nextTurn();
  }
  return count;
}

/** The lines of these accounts, in the given order; unknown ids are left out. */
export async function listedPeople(
  { store }: { store: Store },
  accountIds: readonly string[],
): Promise<ListedPerson[]> {
  return withPeople(store, await rows.rowsOfPeople(store.read, accountIds));
}

async function withPeople({ read }: Store, listed: readonly rows.PeopleRow[]): Promise<ListedPerson[]> {
  const people = await peopleByIds(
    read,
    listed.map((row) => row.account_id),
  );
  const byId = new Map(people.map((person) => [person.account.id, person]));
  return listed.flatMap((row) => {
    const person = byId.get(row.account_id);
    if (!person) return [];
    return [{ ...person, lastSignInAt: row.last_sign_in_at, hasPassword: row.has_password === 1 }];
  });
}

function placeOf(row: rows.PeopleRow, order: rows.PeopleOrder, count: number): rows.PeoplePlace {
  return { key: order === "name" ? row.name_key : row.last_sign_in_at, accountId: row.account_id, count };
}
