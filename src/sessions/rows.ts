import { prepared, preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { RememberedDevicesTable, SessionsTable } from "../platform/store/tables.ts";

export type SessionRow = SessionsTable;
export type DeviceRow = RememberedDevicesTable;

const liveSession = prepared((database, at: { hash: string; now: number; idleSince: number }) =>
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
      "accounts.name",
      "accounts.role",
      "accounts.language",
      "accounts.time_zone",
      "accounts.photo",
      "sessions.browser_id",
    ])
    .where("sessions.token_hash", "=", at.hash)
    .where("sessions.expires_at", ">", at.now)
    .where("sessions.seen_at", ">", at.idleSince)
    .where("accounts.status", "=", "active"),
);

/** The session behind a cookie together with its account, if that may still be signed in. */
export async function sessionByToken(read: Reader, hash: string, now: number, idleSince: number) {
  return (await liveSession(read, { hash, now, idleSince }))[0];
}

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
]);

export async function touch(write: Writer, id: string, now: number): Promise<void> {
  await write.updateTable("sessions").set({ seen_at: now }).where("id", "=", id).execute();
}

export function deleteSession(write: Writer, tokenHash: string) {
  return write
    .deleteFrom("sessions")
    .where("token_hash", "=", tokenHash)
    .returning(["account_id", "device_id"])
    .executeTakeFirst();
}

export async function deleteSessionsOf(write: Writer, accountId: string): Promise<void> {
  await write.deleteFrom("sessions").where("account_id", "=", accountId).execute();
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
    .select("accounts.status")
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

export async function deleteDevice(write: Writer, id: string): Promise<void> {
  await write.deleteFrom("remembered_devices").where("id", "=", id).execute();
}

export async function deleteSessionsOfDevice(write: Writer, deviceId: string): Promise<void> {
  await write.deleteFrom("sessions").where("device_id", "=", deviceId).execute();
}

export async function deleteDevicesOf(write: Writer, accountId: string): Promise<void> {
  await write.deleteFrom("remembered_devices").where("account_id", "=", accountId).execute();
}

export async function purge(write: Writer, now: number): Promise<void> {
  await write.deleteFrom("sessions").where("expires_at", "<", now).execute();
  await write.deleteFrom("remembered_devices").where("expires_at", "<", now).execute();
}
