import { prepared, preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import type { PortalKeysTable, PortalTokensTable } from "../platform/store/tables.ts";

export type TokenRow = PortalTokensTable;
export type KeyRow = PortalKeysTable;

const liveToken = prepared((database, at: { hash: string; kind: string; now: number }) =>
  database
    .selectFrom("portal_tokens")
    .select(["payload", "consumed_at"])
    .where("id_hash", "=", at.hash)
    .where("kind", "=", at.kind)
    .where("expires_at", ">", at.now),
);

export async function tokenByHash(read: Reader, kind: string, hash: string, now: number) {
  return (await liveToken(read, { hash, kind, now }))[0];
}

export const insertToken = preparedInsert("portal_tokens", [
  "id_hash",
  "kind",
  "visit_id",
  "consumed_at",
  "expires_at",
  "payload",
]);

/** For a successor, which several who use the same token at once each keep; the first one stays. */
export async function keepToken(write: Writer, row: TokenRow): Promise<void> {
  await write
    .insertInto("portal_tokens")
    .values(row)
    .onConflict((conflict) => conflict.column("id_hash").doNothing())
    .execute();
}

/** For what is kept again under the same id, which only a way through the pages is. */
export async function replaceToken(write: Writer, row: TokenRow): Promise<void> {
  await deleteToken(write, row.id_hash);
  await insertToken(write, row);
}

const consumption = prepared((database, at: { hash: string; now: number }) =>
  database
    .updateTable("portal_tokens")
    .set({ consumed_at: at.now })
    .where("id_hash", "=", at.hash)
    .where("consumed_at", "is", null)
    .returning("visit_id"),
);

/** False when somebody else was first: of any number at once, on any instances, one gets true. */
export async function consumeToken(write: Writer, hash: string, now: number): Promise<boolean> {
  return (await consumption(write, { hash, now })).length === 1;
}

/** A token that somebody else was first with: when, and what it came of. */
export function usedToken(read: Reader, hash: string) {
  return read
    .selectFrom("portal_tokens")
    .select(["visit_id", "consumed_at"])
    .where("id_hash", "=", hash)
    .executeTakeFirst();
}

export async function deleteToken(write: Writer, hash: string): Promise<void> {
  await write.deleteFrom("portal_tokens").where("id_hash", "=", hash).execute();
}

export async function deleteTokensOfVisit(write: Writer, visitId: string): Promise<void> {
  await write.deleteFrom("portal_tokens").where("visit_id", "=", visitId).execute();
}

/** All keys that there are, the newest rotation first. A handful. */
export function keys(read: Reader): Promise<KeyRow[]> {
  return read.selectFrom("portal_keys").selectAll().orderBy("number", "desc").orderBy("algorithm").execute();
}

/** False when another instance, making the same rotation at once, was first: its keys stay. */
export async function insertKeys(write: Writer, made: readonly KeyRow[]): Promise<boolean> {
  const { numInsertedOrUpdatedRows: inserted } = await write
    .insertInto("portal_keys")
    .values(made)
    .onConflict((conflict) => conflict.columns(["number", "algorithm"]).doNothing())
    .executeTakeFirstOrThrow();
  return inserted === BigInt(made.length);
}

export async function resealKey(write: Writer, id: string, sealed: string): Promise<void> {
  await write.updateTable("portal_keys").set({ sealed }).where("id", "=", id).execute();
}

export async function deleteKeys(write: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await write.deleteFrom("portal_keys").where("id", "in", ids).execute();
}

/** Up to so many rows that have run out; how many went. */
export async function purgeTokens(write: Writer, now: number, most: number): Promise<number> {
  const over = write.selectFrom("portal_tokens").select("id_hash").where("expires_at", "<", now).limit(most);
  const gone = await write.deleteFrom("portal_tokens").where("id_hash", "in", over).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
