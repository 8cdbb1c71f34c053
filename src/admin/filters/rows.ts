import { prepared } from "../../platform/store/prepared.ts";
import type { Reader, Writer } from "../../platform/store/store.ts";
import type { PeopleFiltersTable } from "../../platform/store/tables.ts";

const ofOne = prepared((database, of: { accountId: string }) =>
  database
    .selectFrom("people_filters")
    .selectAll()
    .where("account_id", "=", of.accountId)
    .orderBy("name_key"),
);

const withShared = prepared((database, of: { accountId: string }) =>
  database
    .selectFrom("people_filters")
    .selectAll()
    .where((row) => row.or([row("account_id", "=", of.accountId), row("shared", "=", 1)]))
    .orderBy("name_key"),
);

export function filtersOf(read: Reader, accountId: string): Promise<PeopleFiltersTable[]> {
  return ofOne(read, { accountId });
}

/** The own ones and those for all administrators. */
export function filtersWithShared(read: Reader, accountId: string): Promise<PeopleFiltersTable[]> {
  return withShared(read, { accountId });
}

/** Those for all administrators, and one more than `most` if there are. */
export function sharedFilters(read: Reader, most: number): Promise<PeopleFiltersTable[]> {
  return read
    .selectFrom("people_filters")
    .selectAll()
    .where("shared", "=", 1)
    .orderBy("name_key")
    .limit(most + 1)
    .execute();
}

export function filterById(read: Reader, id: string): Promise<PeopleFiltersTable | undefined> {
  return read.selectFrom("people_filters").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function insertFilter(write: Writer, filter: PeopleFiltersTable): Promise<void> {
  await write.insertInto("people_filters").values(filter).execute();
}

export async function changeFilter(
  write: Writer,
  id: string,
  change: Pick<PeopleFiltersTable, "name" | "name_key" | "shared">,
): Promise<void> {
  await write.updateTable("people_filters").set(change).where("id", "=", id).execute();
}

export async function deleteFilter(write: Writer, id: string): Promise<void> {
  await write.deleteFrom("people_filters").where("id", "=", id).execute();
}
