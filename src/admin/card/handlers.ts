import { type Person, peopleByIds } from "../../accounts/accounts.ts";
import { type AuditEvent, eventsOf } from "../../audit/audit.ts";
import { traceOf } from "../../delivery/delivery.ts";
import { passwordChangedAt } from "../../passwords/passwords.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { Html } from "../../platform/web/view.ts";
import { devicesOf } from "../../sessions/sessions.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, personFor } from "../handling.ts";
import type { Right } from "../rights.ts";
import { takeTold } from "../told.ts";
import { cardPage, type Tab } from "./pages.ts";
import { deliveriesPart, eventsPart, protectionPart, sessionsPart } from "./parts/pages.ts";

const MOST_EVENTS = 100;

interface Looked {
  actor: Actor;
  person: Person;
  /** When the password was last set; undefined when there is none. */
  passwordChangedAt: number | undefined;
}

/** The person of the address; the look is on record before anything is shown. */
async function looked(tools: AdminTools, c: WebContext, tab: Tab, right: Right): Promise<Looked> {
  const { actor, person } = await personFor(tools, c, right);
  const { id } = person.account;
  await recordLook(tools, actor, { action: "person.viewed", accountId: id, detail: { tab } });
  return { actor, person, passwordChangedAt: await passwordChangedAt(tools.store.read, id) };
}

function draw(tools: AdminTools, c: WebContext, { actor, person, ...look }: Looked, tab: Tab, body: Html) {
  const hasPassword = look.passwordChangedAt !== undefined;
  const told = takeTold(tools, c, actor);
  return c.html(cardPage(c.get("view"), actor, { person: { ...person, hasPassword }, tab, body, told }));
}

export async function showProtection(tools: AdminTools, c: WebContext): Promise<Response> {
  const look = await looked(tools, c, "protection", "see-card");
  const body = protectionPart(c.get("view"), look.actor, look.person, look.passwordChangedAt);
  return draw(tools, c, look, "protection", body);
}

export async function showSessions(tools: AdminTools, c: WebContext): Promise<Response> {
  const look = await looked(tools, c, "sessions", "see-records");
  const body = sessionsPart(c.get("view"), await devicesOf(tools, look.person.account.id, null));
  return draw(tools, c, look, "sessions", body);
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
  const look = await looked(tools, c, tab, "see-records");
  const { id } = look.person.account;
  const events = await eventsOf(tools.store.read, id, { most: MOST_EVENTS });
  const shown = events.filter((event) => belongs(event, id));
  const body = eventsPart(c.get("view"), id, shown, await namesOf(tools, shown));
  return draw(tools, c, look, tab, body);
}

export async function showDeliveries(tools: AdminTools, c: WebContext): Promise<Response> {
  const look = await looked(tools, c, "deliveries", "see-card");
  const traces = await traceOf(tools.store.read, look.person.account.id);
  const body = deliveriesPart(c.get("view"), look.actor, look.person, traces);
  return draw(tools, c, look, "deliveries", body);
}

/** Who did it, by name; `cli` and `system` are no accounts. */
async function namesOf(tools: AdminTools, events: readonly AuditEvent[]): Promise<Map<string, string>> {
  const ids = [...new Set(events.map(({ actor }) => actor))];
  const people = await peopleByIds(tools.store.read, ids);
  return new Map(people.map(({ account }) => [account.id, account.name]));
}
