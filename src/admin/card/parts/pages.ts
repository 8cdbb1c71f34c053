/** What the tabs of a card show. */

import { html } from "hono/html";
import type { Person } from "../../../accounts/accounts.ts";
import { type AuditEvent, nameOfAction } from "../../../audit/audit.ts";
import type { MessageTrace } from "../../../delivery/delivery.ts";
import { dayOf } from "../../../platform/language/times.ts";
import { deviceName } from "../../../platform/web/device.ts";
import { form } from "../../../platform/web/fields.ts";
import { facts } from "../../../platform/web/notices.ts";
import { shownAddress } from "../../../platform/web/shown-address.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Device } from "../../../sessions/sessions.ts";
import type { Actor } from "../../acting.ts";
import { returnedNotice } from "../../deliveries/message/pages.ts";
import { messageItem } from "../../deliveries/parts/pages.ts";
import { type Head, moment, moreOf, pager, seen, table } from "../../pages.ts";
import { may, type Ranked } from "../../rights.ts";
import { words } from "../../words.ts";

export function protectionPart(
  view: View,
  actor: Actor,
  person: Person,
  passwordChangedAt: number | undefined,
): Html {
  const { card: say, roles, statuses, never, none } = words[view.language];
  const { account } = person;
  const { login, contacts } = seen(actor, person);
  const day = (at: number) => dayOf(at, view.timeZone, view.language);
  const contactRows = (["email", "phone"] as const).map((kind): [string, Html | string] => {
    const own = contacts.filter((contact) => contact.kind === kind);
    const shown = own.map(
      ({ shown, proven }) => html`<div>${shown} · ${proven ? say.proven : say.unproven}</div>`,
    );
    return [say[kind], own.length === 0 ? none : html`${shown}`];
  });
  const job = [account.position, account.department].filter(Boolean).join(" · ");
  return facts([
    [say.login, login],
    ...contactRows,
    [
      say.password,
      passwordChangedAt === undefined ? say.passwordNone : say.passwordSet(day(passwordChangedAt)),
    ],
    [say.lastSignIn, account.signed_in_at === null ? never : moment(view, account.signed_in_at)],
    [say.status, statuses[account.status]],
    [say.role, roles[account.role]],
    ...(job ? [[say.job, job] as const] : []),
    [say.added, day(account.created_at)],
    [say.id, html`<span class="mono">${account.id}</span>`],
  ]);
}

export function sessionsPart(view: View, actor: Actor, account: Ranked, devices: readonly Device[]): Html {
  const { card: say, tabs } = words[view.language];
  if (devices.length === 0) return html`<p>${say.noSessions}</p>`;
  const action = `/admin/users/${account.id}/sessions/end`;
  const heads: Head[] = [say.device, say.address, say.signedIn, say.seen, say.state];
  const mayEnd = may(actor, "end-sessions", account);
  if (mayEnd) heads.push({ label: "", shown: html`<span class="unseen">${say.end}</span>` });
  const rows = devices.map((device) => {
    const name = deviceName(device.agent) || "—";
    const end = html`<button class="button">${say.end}<span class="unseen"> ${name}</span></button>`;
    return [
      name,
      shownAddress(view, device.address),
      moment(view, device.signedInAt),
      moment(view, device.seenAt),
      say.states[device.state],
      ...(mayEnd ? [form(view, { action, hidden: { device: device.id }, body: end })] : []),
    ];
  });
  return html`<div class="devices-there">${table(tabs.sessions, heads, rows)}</div>`;
}

export function eventsPart(
  view: View,
  accountId: string,
  shown: {
    events: readonly AuditEvent[];
    names: ReadonlyMap<string, string>;
    to: { first: string | undefined; next: string | undefined };
  },
): Html {
  const { card: say, tabs } = words[view.language];
  const { events, names, to } = shown;
  if (events.length === 0) return html`<p>${say.noEvents}</p>`;
  const doers: Record<string, string> = {
    [accountId]: say.self,
    anonymous: say.anonymous,
    cli: say.system,
    system: say.system,
  };
  const rows = events.map((event) => [
    moment(view, event.at),
    html`<span>${nameOfAction(event, view.language)}</span> ${moreOf(view, event)}`,
    doers[event.actor] ?? names.get(event.actor) ?? event.actor,
    shownAddress(view, event.address),
  ]);
  const list = table(tabs.history, [say.when, say.what, say.who, say.address], rows);
  return html`${list}${pager(view, tabs.history, to)}`;
}

/** The strip of ticks as the trace of each message: how far it came, and where it broke. */
export function deliveriesPart(
  view: View,
  actor: Actor,
  person: Person,
  traces: readonly MessageTrace[],
): Html {
  const { card: say } = words[view.language];
  const whole = may(actor, "see-contacts", person.account);
  const bounced = person.contacts.filter((contact) => contact.bounced);
  const shown = traces.filter((trace) => trace.state !== "shadow");
  const list = html`<ol class="traces">${shown.map((trace) => messageItem(view, trace, { whole }))}</ol>`;
  return html`${bounced.map((contact) => returnedNotice(view, contact))}
${shown.length === 0 ? html`<p>${say.noMessages}</p>` : list}`;
}
