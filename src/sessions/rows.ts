import { prepared, preparedForList, preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { BrowsersTable, RememberedDevicesTable, SessionsTable } from "../platform/store/tables.ts";

export type SessionRow = SessionsTable;
export type DeviceRow = RememberedDevicesTable;
export type BrowserRow = BrowsersTable;

/** The session behind a cookie together with its account, if that is active; it may be over by now. */
export const sessionsByToken = prepared((database, of: { hash: string }) =>
  database
    .selectFrom("sessions")
    .innerJoin("accounts", "accounts.id", "sessions.account_id")
    .select([
      "sessions.id",
      "sessions.account_id",
      "sessions.method",
      "sessions.authenticated_at",
      "sessions.created_at",
      "sessions.seen_at",
      "sessions.expires_at",
      "sessions.device_id",
      "sessions.address",
      "sessions.idle_ms",
      "accounts.policy_groups",
      "accounts.name",
      "accounts.role",
      "accounts.language",
      "accounts.time_zone",
      "accounts.photo",
      "sessions.browser_id",
    ])
    .where("sessions.token_hash", "=", of.hash)
    .where("accounts.status", "=", "active"),
);

export const insertSession = preparedInsert("sessions", [
  "id",
  "token_hash",
  "account_id",
  "method",
  "authenticated_at",
  "created_at",
  "seen_at",
  "expires_at",
  "address",
  "agent",
  "device_id",
  "browser_id",
  "idle_ms",
]);

/** The same session under another token; false when it is gone. */
export async function renewSession(
  write: Writer,
  id: string,
  values: Pick<SessionRow, "token_hash" | "method" | "authenticated_at">,
): Promise<boolean> {
  const changed = await write.updateTable("sessions").set(values).where("id", "=", id).executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export async function touch(write: Writer, id: string, now: number): Promise<void> {
  await write.updateTable("sessions").set({ seen_at: now }).where("id", "=", id).execute();
}

export function deleteSession(write: Writer, tokenHash: string) {
  return write
    .deleteFrom("sessions")
    .where("token_hash", "=", tokenHash)
    .returning(["id", "account_id", "device_id", "browser_id"])
    .executeTakeFirst();
}

export async function deleteSessionsOf(
  write: Writer,
  accountId: string,
  except: string | null,
): Promise<void> {
  const all = write.deleteFrom("sessions").where("account_id", "=", accountId);
  await (except === null ? all : all.where("id", "!=", except)).execute();
}

/** Those of one device: named by its browser, by its remembering, or by the only session itself. */
export function deleteSessionsBy(write: Writer, accountId: string, id: string) {
  return write
    .deleteFrom("sessions")
    .where("account_id", "=", accountId)
    .where((where) =>
      where.or([where("browser_id", "=", id), where("device_id", "=", id), where("id", "=", id)]),
    )
    .returning("agent")
    .execute();
}

/** Sessions that are not at their end, last seen first, with what their account is governed by. */
export function sessionsOf(read: Reader, accountId: string, now: number, most: number) {
  return read
    .selectFrom("sessions")
    .innerJoin("accounts", "accounts.id", "sessions.account_id")
    .selectAll("sessions")
    .select(["accounts.role", "accounts.policy_groups"])
    .where("sessions.account_id", "=", accountId)
    .where("sessions.expires_at", ">", now)
    .orderBy("sessions.seen_at", "desc")
    .limit(most)
    .execute();
}

export async function insertDevice(write: Writer, device: DeviceRow): Promise<void> {
  await write.insertInto("remembered_devices").values(device).execute();
}

/**
 * The device that this token belongs to or belonged to last, held until the transaction ends: of tabs that
 * wake together each has to see what the one before did.
 */
export function deviceByToken(write: Writer, kind: Store["kind"], tokenHash: string, now: number) {
  const found = write
    .selectFrom("remembered_devices")
    .innerJoin("accounts", "accounts.id", "remembered_devices.account_id")
    .selectAll("remembered_devices")
    .select(["accounts.status", "accounts.role", "accounts.language", "accounts.policy_groups"])
    .where((where) => where.or([where("token_hash", "=", tokenHash), where("previous_hash", "=", tokenHash)]))
    .where("remembered_devices.expires_at", ">", now);
  return (kind === "postgres" ? found.forUpdate("remembered_devices") : found).executeTakeFirst();
}

/** Turns the token over if it is still the one given; false when another request was faster. */
export async function rotateDevice(
  write: Writer,
  id: string,
  from: string,
  to: string,
  now: number,
): Promise<boolean> {
  const changed = await write
    .updateTable("remembered_devices")
    .set({ token_hash: to, previous_hash: from, rotated_at: now })
    .where("id", "=", id)
    .where("token_hash", "=", from)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export async function deleteDevices(write: Writer, ids: readonly string[]): Promise<void> {
  await write.deleteFrom("remembered_devices").where("id", "in", ids).execute();
}

export async function deleteSessionsOfDevices(write: Writer, deviceIds: readonly string[]): Promise<void> {
  await write.deleteFrom("sessions").where("device_id", "in", deviceIds).execute();
}

export async function deleteDevicesOf(
  write: Writer,
  accountId: string,
  except: string | null,
): Promise<void> {
  const all = write.deleteFrom("remembered_devices").where("account_id", "=", accountId);
  await (except === null ? all : all.where("id", "!=", except)).execute();
}

export async function deleteDevicesBy(write: Writer, accountId: string, id: string): Promise<number> {
  const deleted = await write
    .deleteFrom("remembered_devices")
    .where("account_id", "=", accountId)
    .where((where) => where.or([where("browser_id", "=", id), where("id", "=", id)]))
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

/** All but the `most` that came back last. */
export function devicesBeyond(read: Reader, accountId: string, most: number, now: number) {
  return read
    .selectFrom("remembered_devices")
    .select("id")
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now)
    .orderBy("rotated_at", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .offset(most)
    .execute();
}

/** Those that are not at their end, the one that came back last first, with what governs their account. */
export function devicesOf(read: Reader, accountId: string, now: number, most: number) {
  return read
    .selectFrom("remembered_devices")
    .innerJoin("accounts", "accounts.id", "remembered_devices.account_id")
    .selectAll("remembered_devices")
    .select(["accounts.role", "accounts.policy_groups"])
    .where("remembered_devices.account_id", "=", accountId)
    .where("remembered_devices.expires_at", ">", now)
    .orderBy("remembered_devices.rotated_at", "desc")
    .limit(most)
    .execute();
}

export const insertBrowser = preparedInsert("browsers", [
  "id",
  "account_id",
  "created_at",
  "seen_at",
  "expires_at",
  "address",
  "agent",
]);

const renewal = prepared((database, to: BrowserRow & { now: number }) =>
  database
    .updateTable("browsers")
    .set({ seen_at: to.seen_at, expires_at: to.expires_at, address: to.address, agent: to.agent })
    .where("id", "=", to.id)
    .where("account_id", "=", to.account_id)
    .where("expires_at", ">", to.now)
    .returning("id"),
);

/** False when the account does not know the browser, or no longer; its first sign-in stays as it was. */
export async function renewBrowser(write: Writer, browser: BrowserRow, now: number): Promise<boolean> {
  return (await renewal(write, { ...browser, now })).length === 1;
}

const byIds = preparedForList((database, ids, at: { now: number }) =>
  database
    .selectFrom("browsers")
    .select(["id", "account_id"])
    .where("id", "in", ids)
    .where("expires_at", ">", at.now),
);

export function browsersByIds(read: Reader, ids: readonly string[], now: number) {
  return byIds(read, ids, { now });
}

export function browsersOf(read: Reader, accountId: string, now: number, most: number) {
  return read
    .selectFrom("browsers")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now)
    .orderBy("seen_at", "desc")
    .limit(most)
    .execute();
}

export function deleteBrowser(write: Writer, accountId: string, id: string) {
  return write
    .deleteFrom("browsers")
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .returning("agent")
    .executeTakeFirst();
}

export async function deleteBrowsersOf(
  write: Writer,
  accountId: string,
  except: string | null,
): Promise<void> {
  const all = write.deleteFrom("browsers").where("account_id", "=", accountId);
  await (except === null ? all : all.where("id", "!=", except)).execute();
}

export async function purge(write: Writer, now: number): Promise<void> {
  await write.deleteFrom("browsers").where("expires_at", "<", now).execute();
  await write.deleteFrom("sessions").where("expires_at", "<", now).execute();
  await write.deleteFrom("remembered_devices").where("expires_at", "<", now).execute();
}
