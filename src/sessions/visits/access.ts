/** What portals may learn and do in a person's name: what was allowed, and which ones were entered. */
import { recordEvent } from "../../audit/audit.ts";
import { type NoticeTools, notifyOwner } from "../../notifications/notifications.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Language } from "../../platform/language/language.ts";
import type { Reader, Store, Writer } from "../../platform/store/store.ts";
import * as rows from "./rows.ts";
import { endVisits, type VisitTools } from "./visits.ts";

/** Of one account in one portal. */
export interface Access {
  portalId: string;
  /** What its person allowed a foreign portal to know; null: nothing was asked. */
  allowed: { scopes: string[]; at: number } | null;
  /** When it was entered last, of the entries that still let it come back by itself; null: none. */
  enteredAt: number | null;
}

/** Every portal that may learn or do something in the name of this account now. */
export async function accessOf(
  { clock, store }: { clock: Clock; store: Store },
  accountId: string,
): Promise<Access[]> {
  const [allowed, entered] = await Promise.all([
    rows.consentsOf(store.read, accountId),
    rows.enteredBy(store.read, accountId, clock.now()),
  ]);
  const enteredAt = new Map(entered.map(({ portal_id, entered_at }) => [portal_id, entered_at]));
  const consents = new Map(allowed.map((consent) => [consent.portal_id, consent]));
  return [...new Set([...consents.keys(), ...enteredAt.keys()])].map((portalId) => {
    const consent = consents.get(portalId);
    return {
      portalId,
      allowed: consent ? { scopes: consent.scope.split(" "), at: consent.given_at } : null,
      enteredAt: enteredAt.get(portalId) ?? null,
    };
  });
}

/** What this person allowed the portal to know; undefined: they were never asked. */
export function allowedScope(read: Reader, accountId: string, portalId: string): Promise<string | undefined> {
  return rows.consentedScope(read, accountId, portalId);
}

export interface AccessWish {
  accountId: string;
  portal: { id: string; name: string };
  language: Language;
  visitor: { address: string; device: string };
}

type AccessTools = VisitTools & NoticeTools;

/** Adds to what the portal may know. Recorded, and the owner hears of it. */
export async function allowPortal(
  tools: AccessTools,
  write: Writer,
  wish: AccessWish & { scopes: readonly string[] },
): Promise<void> {
  const { accountId, portal } = wish;
  const before = await rows.consentedScope(write, accountId, portal.id);
  const scope = [...new Set([...(before?.split(" ") ?? []), ...wish.scopes])].join(" ");
  await tell(tools, write, wish, { kind: "portal-allowed", detail: { scope: wish.scopes.join(" ") } });
  // Not before the letter's «Это не я», which takes back what is as old as itself or younger.
  const given_at = tools.clock.now();
  await rows.keepConsent(write, { account_id: accountId, portal_id: portal.id, scope, given_at });
}

/**
 * Takes back what was allowed and ends what was entered: the portal's tokens are worth nothing at their next
 * use, and it hears of it. `left`: nothing was allowed, the person was only signed in there.
 */
export async function withdrawAccess(
  tools: AccessTools,
  write: Writer,
  wish: AccessWish,
): Promise<"withdrawn" | "left" | "nothing"> {
  const { accountId, portal } = wish;
  const wasAllowed = await rows.deleteConsent(write, accountId, portal.id);
  const ended = await endVisits(tools, write, accountId, { of: "portal", portalId: portal.id });
  if (wasAllowed) {
    await tell(tools, write, wish, { kind: "portal-withdrawn" });
    return "withdrawn";
  }
  if (ended === 0) return "nothing";
  await record(tools, write, wish, "portal.left");
  return "left";
}

/** The portals that were allowed something at this moment or later. */
export function allowedSince(read: Reader, accountId: string, since: number): Promise<string[]> {
  return rows.consentedSince(read, accountId, since);
}

/**
 * Takes back what was allowed at this moment or later, in the caller's transaction, which ends the visits and
 * tells the owner: a stranger may have done it.
 */
export function withdrawSince(write: Writer, accountId: string, since: number): Promise<void> {
  return rows.deleteConsentsSince(write, accountId, since);
}

const recorded = { "portal-allowed": "portal.allowed", "portal-withdrawn": "portal.withdrawn" };

async function tell(
  tools: AccessTools,
  write: Writer,
  wish: AccessWish,
  told: { kind: "portal-allowed" | "portal-withdrawn"; detail?: Record<string, string> },
): Promise<void> {
  const { accountId, language, visitor, portal } = wish;
  const service = { ru: portal.name, en: portal.name };
  await notifyOwner(tools, write, { accountId, kind: told.kind, language, visitor, service });
  await record(tools, write, wish, recorded[told.kind], told.detail);
}

function record(
  tools: AccessTools,
  write: Writer,
  { accountId, portal, visitor: { address, device } }: AccessWish,
  action: string,
  detail: Record<string, string> = {},
): Promise<void> {
  const said = { portal: portal.id, name: portal.name, ...detail, device };
  return recordEvent(tools, write, { action, actor: accountId, accountId, address, detail: said });
}
