import type { Reader, Writer } from "../platform/store/store.ts";
import type { ContactChangesTable } from "../platform/store/tables.ts";

export type ChangeRow = ContactChangesTable;

export async function insertChange(write: Writer, change: ChangeRow): Promise<void> {
  await write.insertInto("contact_changes").values(change).execute();
}

export function changeById(read: Reader, id: string): Promise<ChangeRow | undefined> {
  return read.selectFrom("contact_changes").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The newest change that this proof confirms: the same link may have been asked for twice. */
export function changeByProof(read: Reader, proofId: string): Promise<ChangeRow | undefined> {
  return read
    .selectFrom("contact_changes")
    .selectAll()
    .where("proof_id", "=", proofId)
    .orderBy("asked_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Changes of an account in this state, newest first. */
export function changesOf(read: Reader, accountId: string, state: ChangeRow["state"]): Promise<ChangeRow[]> {
  return read
    .selectFrom("contact_changes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("state", "=", state)
    .orderBy("asked_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** The last one that was begun, whatever became of it. */
export function newestChange(
  read: Reader,
  accountId: string,
  kind: ChangeRow["kind"],
): Promise<ChangeRow | undefined> {
  return read
    .selectFrom("contact_changes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("kind", "=", kind)
    .orderBy("asked_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Changes that came into force at this moment or later, newest first: the order to undo them in. */
export function confirmedSince(read: Reader, accountId: string, since: number): Promise<ChangeRow[]> {
  return read
    .selectFrom("contact_changes")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("state", "=", "confirmed")
    .where("confirmed_at", ">=", since)
    .orderBy("confirmed_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

export async function setState(
  write: Writer,
  id: string,
  state: ChangeRow["state"],
  confirmedAt?: number,
): Promise<void> {
  await write
    .updateTable("contact_changes")
    .set({ state, ...(confirmedAt !== undefined && { confirmed_at: confirmedAt }) })
    .where("id", "=", id)
    .execute();
}

/** Whatever still waits for its proof goes over into this state. */
export async function endPending(
  write: Writer,
  accountId: string,
  kind: ChangeRow["kind"],
  state: "replaced" | "cancelled",
): Promise<void> {
  await write
    .updateTable("contact_changes")
    .set({ state })
    .where("account_id", "=", accountId)
    .where("kind", "=", kind)
    .where("state", "=", "pending")
    .execute();
}

export async function purgeContactChanges(write: Writer, askedBefore: number): Promise<void> {
  await write.deleteFrom("contact_changes").where("asked_at", "<", askedBefore).execute();
}
