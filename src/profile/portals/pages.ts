import { html } from "hono/html";
import { dayOf, timeOrDay } from "../../platform/language/times.ts";
import { backLink, form } from "../../platform/web/fields.ts";
import { notice } from "../../platform/web/notices.ts";
import { portalMark } from "../../platform/web/portrait.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Portal } from "../../portal-registry/portal-registry.ts";
import type { Access } from "../../sessions/sessions.ts";
import { placePage } from "../pages.ts";
import { words } from "./words.ts";

/** What a portal may do in the name of the person whose page it is. */
export type PortalAccess = Omit<Access, "portalId"> & { portal: Portal };

export interface AccessPage {
  accesses: readonly PortalAccess[];
  /** What has just been done, and with which portal. */
  done: { what: "withdrawn" | "left"; portal: string } | undefined;
}

export function accessPage(view: View, { accesses, done }: AccessPage): Html {
  const say = words[view.language];
  const rows = accesses.map((each) => row(view, each));
  return placePage(view, {
    place: "protection",
    title: say.title,
    body: html`<p class="lead">${say.lead}</p>
${done ? doneNotice(view, done) : ""}
${accesses.length === 0 ? html`<p>${say.empty}</p>` : html`<ul class="list">${rows}</ul>`}
${accesses.some(({ allowed }) => allowed) ? html`<p class="hint">${say.before}</p>` : ""}
${backLink("/me/protection", say.back)}`,
  });
}

function doneNotice(view: View, { what, portal }: NonNullable<AccessPage["done"]>): Html {
  const say = words[view.language];
  return what === "left"
    ? notice("success", say.left(portal))
    : notice("success", say.withdrawnText, { title: say.withdrawn(portal) });
}

function row(view: View, { portal, allowed, enteredAt }: PortalAccess): Html {
  const say = words[view.language];
  const host = URL.parse(portal.homeUrl ?? portal.client.redirectUris[0] ?? "")?.host;
  const times = [
    allowed ? say.allowed(dayOf(allowed.at, view.timeZone, view.language)) : "",
    enteredAt === null
      ? say.neverEntered
      : say.entered(timeOrDay(enteredAt, view.now, view.timeZone, view.language)),
  ];
  const label = allowed ? say.withdraw : say.leave;
  const button = html`<button class="button">${label}<span class="unseen">: ${portal.name}</span></button>`;
  return html`<li><div class="access">${portalMark(portal)}<div><p><b>${portal.name}</b> ${
    portal.isForeign ? html`<span class="tag">${say.foreign}</span>` : ""
  }</p>
${host ? html`<p class="hint">${host}</p>` : ""}
${allowed ? html`<p>${say.learns(learnt(view, allowed.scopes))}</p>` : ""}
<p class="hint">${times.filter(Boolean).join(" · ")}</p></div></div>
${form(view, { action: "/me/portals/end", hidden: { portal: portal.id }, body: button })}</li>`;
}

function learnt(view: View, scopes: readonly string[]): string {
  const say = words[view.language];
  const names: Readonly<Record<string, string>> = say.scopes;
  const told = scopes.flatMap((scope) => names[scope] ?? []);
  return told.length > 0 ? told.join(", ") : say.onlyId;
}
