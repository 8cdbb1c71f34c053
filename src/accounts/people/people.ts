/** The list of people: what the console searches, filters, sorts and walks. */
import type { Store } from "../../platform/store/store.ts";
import { type Person, peopleByIds } from "../person.ts";
import * as rows from "./rows.ts";

export type { PeopleFilter, PeopleOrder, PeoplePlace } from "./rows.ts";
export { searchIsIndexed } from "./rows.ts";
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
  /** How many fit in all, counted up to `MOST_COUNTED`: one more than that means "more". */
  count: number;
  /** The search finds more than the 2,000 that are looked at. */
  tooMany: boolean;
}

/** Whoever has more matches than this is told "more than": counting them all would read every row. */
export const MOST_COUNTED = 1_000;

/** A page of the list in the wished order. Four statements, whatever is asked. */
export async function listPeople(
  { store }: { store: Store },
  wish: {
    filter: rows.PeopleFilter;
    order: rows.PeopleOrder;
    after: rows.PeoplePlace | undefined;
    most: number;
  },
): Promise<PeoplePage> {
  const { read, kind } = store;
  const found = await rows.pageOfPeople(read, kind, wish);
  const shown = found.slice(0, wish.most);
  const last = shown.at(-1);
  return {
    people: await withPeople(store, shown),
    next: last && found.length > wish.most ? placeOf(last, wish.order) : undefined,
    // What fits on one page is counted already.
    count:
      wish.after || found.length > wish.most
        ? await rows.countPeople(read, kind, wish.filter, MOST_COUNTED + 1)
        : found.length,
    tooMany: await rows.findsTooMany(read, kind, wish.filter.words),
  };
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

function placeOf(row: rows.PeopleRow, order: rows.PeopleOrder): rows.PeoplePlace {
  return { key: order === "name" ? row.name_key : row.last_sign_in_at, accountId: row.account_id };
}
