import { prepared } from "../../platform/store/prepared.ts";
import type { Reader, Writer } from "../../platform/store/store.ts";
import type { PortalConsentsTable, PortalVisitsTable, SessionsTable } from "../../platform/store/tables.ts";

export type VisitRow = PortalVisitsTable;

const liveVisit = prepared((database, at: { id: string; now: number }) =>
  database.selectFrom("portal_visits").selectAll().where("id", "=", at.id).where("expires_at", ">", at.now),
);

export async function visitById(read: Reader, id: string, now: number): Promise<VisitRow | undefined> {
  return (await liveVisit(read, { id, now }))[0];
}

/** What a visit takes from its session; undefined when that has ended, or its account may not be entered. */
export function sessionToVisitFrom(
  write: Writer,
  sessionId: string,
): Promise<Pick<SessionsTable, "account_id" | "device_id" | "browser_id"> | undefined> {
  return write
    .selectFrom("sessions")
    .innerJoin("accounts", "accounts.id", "sessions.account_id")
    .select(["sessions.account_id", "sessions.device_id", "sessions.browser_id"])
    .where("sessions.id", "=", sessionId)
    .where("accounts.status", "=", "active")
    .executeTakeFirst();
}

/** Opens the visit, or goes on with the one that this session has in the portal; that one's id. */
export async function keepVisit(write: Writer, visit: VisitRow): Promise<string> {
  const { scope, logout_uri, expires_at } = visit;
  const kept = await write
    .insertInto("portal_visits")
    .values(visit)
    .onConflict((conflict) =>
      conflict.columns(["session_id", "portal_id"]).doUpdateSet({ scope, logout_uri, expires_at }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return kept.id;
}

export async function deleteVisit(write: Writer, id: string): Promise<void> {
  await write.deleteFrom("portal_visits").where("id", "=", id).execute();
}

/** Which visits of an account end: all, all but those of one place, or those of one place alone. */
export type Ending =
  | { of: "everywhere" }
  | { of: "elsewhere"; sessionId: string; deviceId: string | null; browserId: string | null }
  /** A browser, a remembered device or a session, by its id. */
  | { of: "one"; ids: readonly string[] }
  | { of: "portal"; portalId: string };

export function endVisits(write: Writer, accountId: string, ending: Ending): Promise<VisitRow[]> {
  return narrowed(ownVisits(write, accountId), ending).returningAll().execute();
}

function narrowed(own: ReturnType<typeof ownVisits>, ending: Ending) {
  switch (ending.of) {
    case "everywhere":
      return own;
    case "elsewhere": {
      const { sessionId, deviceId, browserId } = ending;
      const others = own.where("session_id", "!=", sessionId);
      const devices =
        deviceId === null
          ? others
          : others.where((row) => row.or([row("device_id", "is", null), row("device_id", "!=", deviceId)]));
      return browserId === null
        ? devices
        : devices.where((row) => row.or([row("browser_id", "is", null), row("browser_id", "!=", browserId)]));
    }
    case "portal":
      return own.where("portal_id", "=", ending.portalId);
    case "one":
      return own.where((row) =>
        row.or([
          row("session_id", "in", ending.ids),
          row("device_id", "in", ending.ids),
          row("browser_id", "in", ending.ids),
        ]),
      );
  }
}

function ownVisits(write: Writer, accountId: string) {
  return write.deleteFrom("portal_visits").where("account_id", "=", accountId);
}

export async function purgeVisits(write: Writer, now: number): Promise<void> {
  await write.deleteFrom("portal_visits").where("expires_at", "<", now).execute();
}

/** The portals with a live visit of this account, each with the youngest one's time. */
export function enteredBy(read: Reader, accountId: string, now: number) {
  return read
    .selectFrom("portal_visits")
    .select((row) => ["portal_id", row.fn.max("opened_at").as("entered_at")])
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now)
    .groupBy("portal_id")
    .execute();
}

const consent = prepared((database, of: { accountId: string; portalId: string }) =>
  database
    .selectFrom("portal_consents")
    .select("scope")
    .where("account_id", "=", of.accountId)
    .where("portal_id", "=", of.portalId),
);

export async function consentedScope(
  read: Reader,
  accountId: string,
  portalId: string,
): Promise<string | undefined> {
  return (await consent(read, { accountId, portalId }))[0]?.scope;
}

export function consentsOf(read: Reader, accountId: string): Promise<PortalConsentsTable[]> {
  return read.selectFrom("portal_consents").selectAll().where("account_id", "=", accountId).execute();
}

export async function keepConsent(write: Writer, row: PortalConsentsTable): Promise<void> {
  const { scope, given_at } = row;
  await write
    .insertInto("portal_consents")
    .values(row)
    .onConflict((conflict) => conflict.columns(["account_id", "portal_id"]).doUpdateSet({ scope, given_at }))
    .execute();
}

/** False when there was none. */
export async function deleteConsent(write: Writer, accountId: string, portalId: string): Promise<boolean> {
  const { numDeletedRows: deleted } = await write
    .deleteFrom("portal_consents")
    .where("account_id", "=", accountId)
    .where("portal_id", "=", portalId)
    .executeTakeFirst();
  return deleted > 0n;
}

export async function consentedSince(read: Reader, accountId: string, since: number): Promise<string[]> {
  const found = await read
    .selectFrom("portal_consents")
    .select("portal_id")
    .where("account_id", "=", accountId)
    .where("given_at", ">=", since)
    .execute();
  return found.map(({ portal_id: id }) => id);
}

export async function deleteConsentsSince(write: Writer, accountId: string, since: number): Promise<void> {
  await write
    .deleteFrom("portal_consents")
    .where("account_id", "=", accountId)
    .where("given_at", ">=", since)
    .execute();
}
