import { prepared } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import type { PolicyGroupsTable, PolicyMembersTable } from "../platform/store/tables.ts";

export type GroupRow = PolicyGroupsTable;
export type MemberRow = PolicyMembersTable;

const stateNow = prepared((database, of: { id: number }) =>
  database.selectFrom("policy_state").select("version").where("id", "=", of.id),
);

export async function version(read: Reader): Promise<number> {
  return (await stateNow(read, { id: 1 }))[0]?.version ?? 0;
}

export async function raiseVersion(write: Writer): Promise<void> {
  await write
    .updateTable("policy_state")
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", 1)
    .execute();
}

/** Every group, the oldest first, with how many belong to it. */
export function allGroups(read: Reader) {
  return read
    .selectFrom("policy_groups")
    .selectAll()
    .select((row) =>
      row
        .selectFrom("policy_members")
        .select((member) => member.fn.countAll<number>().as("count"))
        .whereRef("policy_members.group_id", "=", "policy_groups.id")
        .as("members"),
    )
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function countAccounts(read: Reader): Promise<number> {
  const row = await read
    .selectFrom("accounts")
    .select((count) => count.fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return row?.count ?? 0;
}

export function groupById(read: Reader, id: string): Promise<GroupRow | undefined> {
  return read.selectFrom("policy_groups").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function countGroups(read: Reader): Promise<number> {
  const row = await read
    .selectFrom("policy_groups")
    .select((count) => count.fn.countAll<number>().as("count"))
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** False when another group has the name. */
export async function insertGroup(write: Writer, group: GroupRow): Promise<boolean> {
  const inserted = await write
    .insertInto("policy_groups")
    .values(group)
    .onConflict((conflict) => conflict.column("name_key").doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function nameTaken(read: Reader, nameKey: string, except: string): Promise<boolean> {
  const row = await read
    .selectFrom("policy_groups")
    .select("id")
    .where("name_key", "=", nameKey)
    .where("id", "!=", except)
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateGroup(
  write: Writer,
  id: string,
  change: Partial<Omit<GroupRow, "id" | "created_at">>,
): Promise<void> {
  await write.updateTable("policy_groups").set(change).where("id", "=", id).execute();
}

export async function deleteGroup(write: Writer, id: string): Promise<void> {
  await write.deleteFrom("policy_groups").where("id", "=", id).execute();
}

export async function putMembers(write: Writer, members: readonly MemberRow[]): Promise<void> {
  await write
    .insertInto("policy_members")
    .values(members)
    .onConflict((conflict) =>
      conflict.columns(["group_id", "account_id"]).doUpdateSet((fields) => ({
        from_at: fields.ref("excluded.from_at"),
        until_at: fields.ref("excluded.until_at"),
      })),
    )
    .execute();
}

export async function removeMembers(
  write: Writer,
  groupId: string,
  accountIds: readonly string[],
): Promise<number> {
  const deleted = await write
    .deleteFrom("policy_members")
    .where("group_id", "=", groupId)
    .where("account_id", "in", accountIds)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

/** Members of groups that are gone, a heap at a time. */
export async function orphans(read: Reader, most: number): Promise<MemberRow[]> {
  return read
    .selectFrom("policy_members")
    .selectAll()
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom("policy_groups")
            .select("id")
            .whereRef("policy_groups.id", "=", "policy_members.group_id"),
        ),
      ),
    )
    .limit(most)
    .execute();
}

/** In the order of their ids, `most` at a time. */
export function membersAfter(
  read: Reader,
  groupId: string,
  after: string,
  most: number,
): Promise<MemberRow[]> {
  return read
    .selectFrom("policy_members")
    .selectAll()
    .where("group_id", "=", groupId)
    .where("account_id", ">", after)
    .orderBy("account_id")
    .limit(most)
    .execute();
}

/** The memberships of these accounts. */
export function membershipsOf(read: Reader, accountIds: readonly string[]): Promise<MemberRow[]> {
  return read.selectFrom("policy_members").selectAll().where("account_id", "in", accountIds).execute();
}
