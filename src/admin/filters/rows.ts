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

export function filtersOf(read: Reader, accountId: string): Promise<PeopleFiltersTable[]> {
  return ofOne(read, { accountId });
}

/** Nobody else's. */
export function filterOf(
  read: Reader,
  accountId: string,
  id: string,
): Promise<PeopleFiltersTable | undefined> {
  return read
    .selectFrom("people_filters")
    .selectAll()
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
}

export async function insertFilter(write: Writer, filter: PeopleFiltersTable): Promise<void> {
  await write.insertInto("people_filters").values(filter).execute();
}

export async function renameFilter(
  write: Writer,
  id: string,
  name: Pick<PeopleFiltersTable, "name" | "name_key">,
): Promise<void> {
  await write.updateTable("people_filters").set(name).where("id", "=", id).execute();
}

export async function deleteFilter(write: Writer, id: string): Promise<void> {
  await write.deleteFrom("people_filters").where("id", "=", id).execute();
}
