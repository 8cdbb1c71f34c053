import { type Person, peopleByIds } from "../../accounts/accounts.ts";
import { type AuditEvent, eventsOf } from "../../audit/audit.ts";
import { traceOf } from "../../delivery/delivery.ts";
import { passwordChangedAt } from "../../passwords/passwords.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { devicesOf } from "../../sessions/sessions.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, personFor } from "../handling.ts";
import type { Right } from "../rights.ts";
import { takeTold } from "../told.ts";
import { cardPage, type Tab } from "./pages.ts";
import { deliveriesPart, eventsPart, protectionPart, sessionsPart } from "./parts/pages.ts";

const MOST_EVENTS = 100;

/** The person of the address; the look is on record before anything is shown. */
async function looked(
  tools: AdminTools,
  c: WebContext,
  tab: Tab,
  right: Right,
): Promise<{ actor: Actor; person: Person }> {
  const { actor, person } = await personFor(tools, c, right);
  const look = { action: "person.viewed", accountId: person.account.id, detail: { tab } } as const;
  await recordLook(tools, actor, look);
  return { actor, person };
}

export async function showProtection(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await looked(tools, c, "protection", "see-card");
  const view = c.get("view");
  const changedAt = await passwordChangedAt(tools.store.read, person.account.id);
  const body = protectionPart(view, actor, person, changedAt);
  return c.html(cardPage(view, actor, { person, tab: "protection", body, told: takeTold(tools, c, actor) }));
}

export async function showSessions(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await looked(tools, c, "sessions", "see-records");
  const view = c.get("view");
  const body = sessionsPart(view, await devicesOf(tools, person.account.id, null));
  return c.html(cardPage(view, actor, { person, tab: "sessions", body, told: takeTold(tools, c, actor) }));
}

/** What the person did, and what strangers tried. */
export function showHistory(tools: AdminTools, c: WebContext): Promise<Response> {
  return showEvents(tools, c, "history", ({ actor }, id) => actor === id || actor === "anonymous");
}

/** What others did to the account. */
export function showRecord(tools: AdminTools, c: WebContext): Promise<Response> {
  return showEvents(tools, c, "record", ({ actor }, id) => actor !== id && actor !== "anonymous");
}

async function showEvents(
  tools: AdminTools,
  c: WebContext,
  tab: "history" | "record",
  belongs: (event: AuditEvent, accountId: string) => boolean,
): Promise<Response> {
  const { actor, person } = await looked(tools, c, tab, "see-records");
  const view = c.get("view");
  const events = await eventsOf(tools.store.read, person.account.id, { most: MOST_EVENTS });
  const shown = events.filter((event) => belongs(event, person.account.id));
  const names = await namesOf(tools, shown);
  const body = eventsPart(view, person.account.id, shown, names);
  return c.html(cardPage(view, actor, { person, tab, body, told: takeTold(tools, c, actor) }));
}

export async function showDeliveries(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await looked(tools, c, "deliveries", "see-card");
  const view = c.get("view");
  const body = deliveriesPart(view, actor, person, await traceOf(tools.store.read, person.account.id));
  return c.html(cardPage(view, actor, { person, tab: "deliveries", body, told: takeTold(tools, c, actor) }));
}

/** Who did it, by name; `cli` and `system` are no accounts. */
async function namesOf(tools: AdminTools, events: readonly AuditEvent[]): Promise<Map<string, string>> {
  const ids = [...new Set(events.map(({ actor }) => actor))];
  const people = await peopleByIds(tools.store.read, ids);
  return new Map(people.map(({ account }) => [account.id, account.name]));
}
