/**
 * Which portals were entered from which session. Whatever ends a session ends its visits in the same
 * transaction: what the portals hold is worth nothing from then on, and those that want to hear of it do.
 */
import { type DeliveryBell, putMessages } from "../../delivery/delivery.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../../platform/store/store.ts";
import * as rows from "./rows.ts";

export type Visit = rows.VisitRow;
export type { Ending } from "./rows.ts";

export interface VisitTools {
  clock: Clock;
  deliveryBell: Pick<DeliveryBell, "ring">;
}

/** How long a portal may come back without the person (security bar: refresh tokens 30 days, absolute). */
const VISIT_MS = 30 * 86_400_000;

/** The kind of the message that tells a portal of an end; `portals/` writes it. */
export const SIGNED_OUT = "portal-signed-out";

export interface VisitWish {
  /** Of a visit that is opened anew. */
  id: string;
  sessionId: string;
  accountId: string;
  portalId: string;
  scope: string;
  logoutUri: string | null;
}

/**
 * Notes that the portal was entered from the session; its id. Undefined when the session has ended meanwhile
 * or belongs to somebody else.
 */
export async function openVisit(
  tools: { clock: Clock },
  write: Writer,
  wish: VisitWish,
): Promise<string | undefined> {
  const session = await rows.sessionToVisitFrom(write, wish.sessionId);
  if (session?.account_id !== wish.accountId) return undefined;
  const now = tools.clock.now();
  return rows.keepVisit(write, {
    ...session,
    id: wish.id,
    session_id: wish.sessionId,
    portal_id: wish.portalId,
    scope: wish.scope,
    logout_uri: wish.logoutUri,
    opened_at: now,
    expires_at: now + VISIT_MS,
  });
}

/** The visit while it lasts. One point read. */
export function visitById(
  tools: { clock: Clock; store: { read: Reader } },
  id: string,
): Promise<Visit | undefined> {
  return rows.visitById(tools.store.read, id, tools.clock.now());
}

/** Takes one visit back without telling the portal, which asked for it or is not trusted any more. */
export function dropVisit(write: Writer, id: string): Promise<void> {
  return rows.deleteVisit(write, id);
}

/** Ends visits of the account and puts what their portals are told into the outbox; how many ended. */
export async function endVisits(
  tools: VisitTools,
  write: Writer,
  accountId: string,
  ending: rows.Ending,
): Promise<number> {
  const ended = await rows.endVisits(write, accountId, ending);
  const told = ended.flatMap(({ id, portal_id, logout_uri: to }) =>
    to === null
      ? []
      : [
          {
            kind: SIGNED_OUT,
            channel: "portal" as const,
            accountId,
            to,
            language: "ru" as const,
            data: { portal: portal_id, sid: id },
          },
        ],
  );
  await putMessages(tools, write, told);
  return ended.length;
}

/** A new visit's id. */
export function newVisitId(): string {
  return newId();
}

export function purgeVisits(tools: { clock: Clock; store: Store }): Promise<void> {
  return tools.store.transact((write) => rows.purgeVisits(write, tools.clock.now()));
}
