import { prepared } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import type { PortalLogosTable, PortalMembersTable, PortalsTable } from "../platform/store/tables.ts";

export type PortalRow = PortalsTable;
export type Member = Omit<PortalMembersTable, "portal_id">;

const currentNumber = prepared((database) =>
  database.selectFrom("portal_changes").select("number").where("id", "=", 1),
);

/** Grows with every change of a portal. */
export async function changeNumber(read: Reader): Promise<number> {
  return (await currentNumber(read, {}))[0]?.number ?? 0;
}

/** Before anything else of a change: others who change portals wait until this transaction ends. */
export async function countChange(write: Writer): Promise<void> {
  await write
    .updateTable("portal_changes")
    .set((fields) => ({ number: fields("number", "+", 1) }))
    .where("id", "=", 1)
    .execute();
}

/** All that are in use, the default one first, then by name. */
export function livePortals(read: Reader): Promise<PortalRow[]> {
  return read
    .selectFrom("portals")
    .selectAll()
    .where("archived_at", "is", null)
    .orderBy("is_default", "desc")
    .orderBy("name")
    .orderBy("id")
    .execute();
}

export function livePortal(read: Reader, id: string): Promise<PortalRow | undefined> {
  return read
    .selectFrom("portals")
    .selectAll()
    .where("id", "=", id)
    .where("archived_at", "is", null)
    .executeTakeFirst();
}

export async function insertPortal(write: Writer, row: PortalRow): Promise<void> {
  await write.insertInto("portals").values(row).execute();
}

export async function changePortal(
  write: Writer,
  id: string,
  change: Partial<Omit<PortalRow, "id" | "is_default">>,
): Promise<void> {
  await write.updateTable("portals").set(change).where("id", "=", id).execute();
}

export async function keepLogo(write: Writer, id: string, logo: PortalLogosTable | null): Promise<void> {
  await write.deleteFrom("portal_logos").where("portal_id", "=", id).execute();
  if (logo) await write.insertInto("portal_logos").values(logo).execute();
}

export async function logoByHash(read: Reader, hash: string): Promise<Uint8Array | undefined> {
  const found = await read
    .selectFrom("portal_logos")
    .select("bytes")
    .where("hash", "=", hash)
    .limit(1)
    .executeTakeFirst();
  return found?.bytes;
}

export async function insertMember(write: Writer, portalId: string, member: Member): Promise<boolean> {
  const inserted = await write
    .insertInto("portal_members")
    .values({ portal_id: portalId, ...member })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function deleteMember(write: Writer, portalId: string, member: Member): Promise<boolean> {
  const deleted = await write
    .deleteFrom("portal_members")
    .where("portal_id", "=", portalId)
    .where("kind", "=", member.kind)
    .where("member_id", "=", member.member_id)
    .executeTakeFirst();
  return deleted.numDeletedRows === 1n;
}

/** Members of one kind in the order of their ids, behind `after`. */
export async function membersOf(
  read: Reader,
  portalId: string,
  wanted: { kind: Member["kind"]; after: string; most: number },
): Promise<string[]> {
  const found = await read
    .selectFrom("portal_members")
    .select("member_id")
    .where("portal_id", "=", portalId)
    .where("kind", "=", wanted.kind)
    .where("member_id", ">", wanted.after)
    .orderBy("member_id")
    .limit(wanted.most)
    .execute();
  return found.map(({ member_id: id }) => id);
}

const byAccount = prepared((database, of: { accountId: string; now: number }) =>
  database
    .selectFrom("portal_members")
    .select("portal_id")
    .where("kind", "=", "account")
    .where("member_id", "=", of.accountId)
    .union(
      database
        .selectFrom("policy_members")
        .innerJoin("portal_members", "portal_members.member_id", "policy_members.group_id")
        .select("portal_id")
        .where("kind", "=", "group")
        .where("policy_members.account_id", "=", of.accountId)
        .where("from_at", "<=", of.now)
        .where((row) => row.or([row("until_at", "=", 0), row("until_at", ">", of.now)])),
    ),
);

/** The portals that name this account itself, or a group that it belongs to at this moment. */
export async function portalsNaming(read: Reader, accountId: string, now: number): Promise<string[]> {
  return (await byAccount(read, { accountId, now })).map(({ portal_id: id }) => id);
}
