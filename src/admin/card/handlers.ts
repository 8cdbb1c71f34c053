import { type Person, peopleByIds } from "../../accounts/accounts.ts";
import { type AuditEvent, type EventFilter, findEvents } from "../../audit/audit.ts";
import { traceOf } from "../../delivery/delivery.ts";
import { passwordChangedAt } from "../../passwords/passwords.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { Html } from "../../platform/web/view.ts";
import { explainPolicy, membershipsIn } from "../../policies/policies.ts";
import { devicesOf } from "../../sessions/sessions.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, isId, personFor, readBefore } from "../handling.ts";
import { endDeviceOf } from "../reset.ts";
import type { Right } from "../rights.ts";
import { keepTold, takeTold } from "../told.ts";
import { cardPage, type Tab } from "./pages.ts";
import { deliveriesPart, eventsPart, protectionPart, sessionsPart } from "./parts/pages.ts";
import { rulesPart } from "./rules/pages.ts";

const EVENTS_ON_A_PAGE = 50;

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
  const { account } = look.person;
  const body = sessionsPart(c.get("view"), look.actor, account, await devicesOf(tools, account.id, null));
  return draw(tools, c, look, "sessions", body);
}

/** What every parameter is for this person, and which group says so. */
export async function showRules(tools: AdminTools, c: WebContext): Promise<Response> {
  const look = await looked(tools, c, "rules", "see-card");
  const { account } = look.person;
  const { groups } = tools.policies.book;
  const memberships = membershipsIn(tools.policies.book, account);
  const names = new Map([...groups.values()].map(({ id, name }) => [id, name]));
  const shown = { memberships, names, policy: explainPolicy(tools, account) };
  return draw(tools, c, look, "rules", rulesPart(c.get("view"), look.actor, shown));
}

/** What the person did, and what strangers tried. */
export function showHistory(tools: AdminTools, c: WebContext): Promise<Response> {
  return showEvents(tools, c, "history", (id) => ({ actors: [id, "anonymous"] }));
}

/** What others did to the account. */
export function showRecord(tools: AdminTools, c: WebContext): Promise<Response> {
  return showEvents(tools, c, "record", (id) => ({ notActors: [id, "anonymous"] }));
}

async function showEvents(
  tools: AdminTools,
  c: WebContext,
  tab: "history" | "record",
  belongs: (accountId: string) => EventFilter,
): Promise<Response> {
  const look = await looked(tools, c, tab, "see-records");
  const { id } = look.person.account;
  const before = readBefore(c);
  const wanted = { most: EVENTS_ON_A_PAGE + 1, before };
  const found = await findEvents(tools.store.read, { accountId: id, ...belongs(id) }, wanted);
  const events = found.slice(0, EVENTS_ON_A_PAGE);
  const path = `/admin/users/${id}/${tab}`;
  const to = {
    first: before === undefined ? undefined : path,
    next: found.length > EVENTS_ON_A_PAGE ? `${path}?before=${events.at(-1)?.seq}` : undefined,
  };
  const body = eventsPart(c.get("view"), id, { events, names: await namesOf(tools, events), to });
  return draw(tools, c, look, tab, body);
}

/** One device of the person is signed out; one that is not there any more changes nothing. */
export async function takeEndDevice(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, person } = await personFor(tools, c, "end-sessions");
  const { id } = person.account;
  const device = (await readForm(c)).text("device");
  const ended = isId(device) ? await endDeviceOf(tools, actor, id, device) : { kind: "unchanged" };
  if (ended.kind === "absent") throw new Refusal(404);
  if (ended.kind === "done") keepTold(tools, c, actor, { act: "sessions", done: 1, passed: 0 });
  return c.redirect(`/admin/users/${id}/sessions`, 303);
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
