/** What all pages of one portal share: its name on top, the tabs, who may open which. */
import { html, raw } from "hono/html";
import { attributes } from "../../platform/web/attributes.ts";
import { backLink, type FieldOptions, field, inputAttributes } from "../../platform/web/fields.ts";
import { notice } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Portal } from "../../portal-registry/portal-registry.ts";
import type { Actor } from "../acting.ts";
import { consolePage } from "../pages.ts";
import { mayAtAll } from "../rights.ts";
import { words } from "./words.ts";

export type Tab = "look" | "people" | "connection" | "clients";

const ends: Record<Tab, string> = {
  look: "",
  people: "/people",
  connection: "/connection",
  clients: "/clients",
};

export function addressOf(portal: Pick<Portal, "id">, tab: Tab = "look"): string {
  return `/admin/portals/${portal.id}${ends[tab]}`;
}

/** Nobody connects to the installation itself, and it is open to all. */
function tabsFor({ isDefault }: Portal, actor: Actor): Tab[] {
  if (isDefault) return ["look"];
  const connecting = mayAtAll(actor.role, "portal-connection");
  return ["look", "people", ...(connecting ? (["connection", "clients"] as const) : [])];
}

export function portalPage(
  view: View,
  actor: Actor,
  shown: { portal: Portal; tab: Tab; body: Html; hasProblems?: boolean; saved?: string | undefined },
): Html {
  const { portal, tab, body, hasProblems = false, saved } = shown;
  const say = words[view.language];
  const tabs = tabsFor(portal, actor);
  const nav = html`<nav class="tabs" aria-label="${say.tabs.label}"><ul>${tabs.map((name) => {
    const link = attributes({ href: addressOf(portal, name), "aria-current": name === tab && "page" });
    return html`<li><a${link}>${say.tabs[name]}</a></li>`;
  })}</ul></nav>`;
  return consolePage(view, actor, "portals", {
    title: portal.name,
    hasProblems,
    body: html`${backLink("/admin/portals", say.back)}
${tabs.length > 1 ? nav : ""}
${saved === undefined ? "" : notice("success", saved)}
${body}`,
  });
}

/** Several lines; what was typed is given back. */
export function linesField(view: View, options: FieldOptions & { value: string; rows: number }): Html {
  const area = attributes({
    ...inputAttributes(options),
    class: "mono",
    rows: options.rows,
    autocapitalize: "none",
    autocorrect: "off",
    spellcheck: "false",
  });
  return field(view, options, html`<textarea${area}>${raw("\n")}${options.value}</textarea>`);
}
