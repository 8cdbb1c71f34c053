import { type Insertable, type Selectable, sql } from "kysely";
import { prepared } from "../platform/store/prepared.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { AccountsTable, IdentifiersTable, PhotosTable } from "../platform/store/tables.ts";

export type AccountRow = AccountsTable;
export type IdentifierRow = Selectable<IdentifiersTable>;
type NewIdentifier = Insertable<IdentifiersTable>;

const byId = prepared((database, of: { id: string }) =>
  database.selectFrom("accounts").selectAll().where("id", "=", of.id),
);

export async function accountById(read: Reader, id: string): Promise<AccountRow | undefined> {
  return (await byId(read, { id }))[0];
}

const ofIdentifiers = (read: Reader) =>
  read
    .selectFrom("identifiers")
    .innerJoin("accounts", "accounts.id", "identifiers.account_id")
    .selectAll("accounts");

const bySignInKey = prepared((database, of: { key: string }) =>
  ofIdentifiers(database).where("identifiers.sign_in_key", "=", of.key),
);

/**
 * The account as it is now, which nobody changes until this transaction ends. On the embedded database every
 * transaction is alone anyway.
 */
export async function holdAccount(
  write: Writer,
  kind: Store["kind"],
  id: string,
): Promise<AccountRow | undefined> {
  return kind === "postgres" ? (await heldById(write, { id }))[0] : accountById(write, id);
}

const heldById = prepared((database, of: { id: string }) =>
  database.selectFrom("accounts").selectAll().where("id", "=", of.id).forNoKeyUpdate(),
);

/**
 * Whoever adds people waits here for who does so already: what is not there yet cannot be held otherwise. On
 * the embedded database every transaction is alone anyway.
 */
export async function holdAdding(write: Writer, kind: Store["kind"]): Promise<void> {
  if (kind !== "postgres") return;
  const lock = sql<{ held: unknown }>`(select pg_advisory_xact_lock(hashtext('adding people')) as held)`;
  await write.selectFrom(lock.as("lock")).select("held").execute();
}

/** The account that this key alone names. */
export async function accountBySignInKey(read: Reader, key: string): Promise<AccountRow | undefined> {
  return (await bySignInKey(read, { key }))[0];
}

const nextBySignInKey = prepared((database, of: { key: string }) =>
  ofIdentifiers(database)
    .where("identifiers.sign_in_key", ">", of.key)
    .orderBy("identifiers.sign_in_key")
    .limit(1),
);

/** The account whose key comes next. */
export async function accountAfterKey(read: Reader, key: string): Promise<AccountRow | undefined> {
  return (await nextBySignInKey(read, { key }))[0];
}

/** Whoever shares a mailbox with more than so many is not listed in its letter. */
const MOST_AT_ONE_MAILBOX = 20;

const byKey = prepared((database, of: { key: string }) =>
  ofIdentifiers(database)
    .where("identifiers.key", "=", of.key)
    .orderBy("accounts.id")
    .limit(MOST_AT_ONE_MAILBOX),
);

/** The accounts with this key, shared mailboxes included, oldest first. */
export function accountsByKey(read: Reader, key: string): Promise<AccountRow[]> {
  return byKey(read, { key });
}

const identifiersOfOne = prepared((database, of: { accountId: string }) =>
  database.selectFrom("identifiers").selectAll().where("account_id", "=", of.accountId).orderBy("id"),
);

export function identifiersOf(read: Reader, accountIds: readonly string[]): Promise<IdentifierRow[]> {
  const [accountId = ""] = accountIds;
  if (accountIds.length === 1) return identifiersOfOne(read, { accountId });
  return read
    .selectFrom("identifiers")
    .selectAll()
    .where("account_id", "in", accountIds)
    .orderBy("id")
    .execute();
}

export async function takenKeys(read: Reader, keys: readonly string[]): Promise<string[]> {
  const rows = await read.selectFrom("identifiers").select("key").where("key", "in", keys).execute();
  return rows.map((row) => row.key);
}

/** Which of these keys name somebody else. */
export async function takenByOthers(
  read: Reader,
  accountId: string,
  keys: readonly string[],
): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await read
    .selectFrom("identifiers")
    .select("key")
    .where("key", "in", keys)
    .where("account_id", "!=", accountId)
    .execute();
  return rows.map((row) => row.key);
}

export async function insertAccount(write: Writer, account: AccountRow, identifiers: NewIdentifier[]) {
  await write.insertInto("accounts").values(account).execute();
  await write.insertInto("identifiers").values(identifiers).execute();
}

/** False when the key names somebody already, who may have got it in this very moment. */
export async function placeIdentifier(write: Writer, identifier: NewIdentifier): Promise<boolean> {
  const placed = await write
    .insertInto("identifiers")
    .values(identifier)
    .onConflict((conflict) => conflict.column("sign_in_key").doNothing())
    .executeTakeFirst();
  return placed.numInsertedOrUpdatedRows === 1n;
}

export async function setConfirmed(write: Writer, id: string, confirmedAt: number | null): Promise<void> {
  await write.updateTable("identifiers").set({ confirmed_at: confirmedAt }).where("id", "=", id).execute();
}

export async function raiseGeneration(write: Writer, id: string, now: number): Promise<void> {
  await write
    .updateTable("accounts")
    .set((row) => ({ generation: row("generation", "+", 1), updated_at: now }))
    .where("id", "=", id)
    .execute();
}

export async function insertPhoto(write: Writer, photo: PhotosTable): Promise<void> {
  await write.insertInto("photos").values(photo).execute();
}

export async function deletePhoto(write: Writer, accountId: string): Promise<void> {
  await write.deleteFrom("photos").where("account_id", "=", accountId).execute();
}

export function photoByHash(read: Reader, hash: string) {
  return read.selectFrom("photos").select("bytes").where("hash", "=", hash).limit(1).executeTakeFirst();
}

const signedIn = prepared((database, to: { id: string; now: number }) =>
  database.updateTable("accounts").set({ signed_in_at: to.now }).where("id", "=", to.id),
);

/** The person came in with a proof of their own. */
export async function noteSignIn(write: Writer, id: string, now: number): Promise<void> {
  await signedIn(write, { id, now });
}

export async function confirmEmail(write: Writer, accountId: string, key: string, now: number) {
  const changed = await write
    .updateTable("identifiers")
    .set({ confirmed_at: now })
    .where("account_id", "=", accountId)
    .where("kind", "=", "email")
    .where("key", "=", key)
    .where("confirmed_at", "is", null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export async function removeUnconfirmedPhones(write: Writer, accountId: string): Promise<void> {
  await write
    .deleteFrom("identifiers")
    .where("account_id", "=", accountId)
    .where("kind", "=", "phone")
    .where("confirmed_at", "is", null)
    .execute();
}

export async function ownerExists(read: Reader): Promise<boolean> {
  const row = await read
    .selectFrom("accounts")
    .select("id")
    .where("role", "=", "owner")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of a role that few have. */
export function accountsOfRole(
  read: Reader,
  role: Exclude<AccountRow["role"], "person">,
): Promise<AccountRow[]> {
  return read
    .selectFrom("people")
    .innerJoin("accounts", "accounts.id", "people.account_id")
    .selectAll("accounts")
    .where("people.role", "=", role)
    .execute();
}

export function accountsAfter(read: Reader, after: string, most: number) {
  return read.selectFrom("accounts").selectAll().where("id", ">", after).orderBy("id").limit(most).execute();
}

export function accountsByIds(read: Reader, ids: readonly string[]): Promise<AccountRow[]> {
  return read.selectFrom("accounts").selectAll().where("id", "in", ids).execute();
}

export async function changeAccount(
  write: Writer,
  id: string,
  change: Partial<
    Omit<AccountRow, "id" | "generation" | "created_at" | "updated_at" | "signed_in_at" | "policy_groups">
  >,
  now: number,
): Promise<void> {
  await write
    .updateTable("accounts")
    .set({ ...change, updated_at: now })
    .where("id", "=", id)
    .execute();
}

export async function removeIdentifiers(write: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await write.deleteFrom("identifiers").where("id", "in", ids).execute();
}

export async function insertIdentifiers(write: Writer, identifiers: NewIdentifier[]): Promise<void> {
  if (identifiers.length === 0) return;
  await write.insertInto("identifiers").values(identifiers).execute();
}

/** Every account that has this mailbox: it is one and the same for all of them. */
export async function markBounced(write: Writer, key: string, at: number, status: string): Promise<void> {
  await write
    .updateTable("identifiers")
    .set({ bounced_at: at, bounced_status: status })
    .where("key", "=", key)
    .where("kind", "=", "email")
    .execute();
}

/** False when no letter had come back from it. */
export async function forgetBounce(write: Writer, key: string): Promise<boolean> {
  const changed = await write
    .updateTable("identifiers")
    .set({ bounced_at: null, bounced_status: null })
    .where("key", "=", key)
    .where("kind", "=", "email")
    .where("bounced_at", "is not", null)
    .executeTakeFirst();
  return changed.numUpdatedRows > 0n;
}
