import { html } from "hono/html";
import { linkButton } from "../../../platform/web/fields.ts";
import { notice } from "../../../platform/web/notices.ts";
import { portalMark } from "../../../platform/web/portrait.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Portal } from "../../../portal-registry/portal-registry.ts";
import type { Actor } from "../../acting.ts";
import { consolePage, table } from "../../pages.ts";
import { mayAtAll } from "../../rights.ts";
import { addressOf } from "../pages.ts";
import { words } from "../words.ts";

export function listPage(
  view: View,
  actor: Actor,
  portals: readonly Portal[],
  archived: string | undefined,
): Html {
  const say = words[view.language];
  const [own, ...others] = portals;
  const heads = [say.columns.portal, say.columns.style, say.columns.access, say.columns.state];
  return consolePage(view, actor, "portals", {
    title: say.title,
    ...(mayAtAll(actor.role, "portal-connection") && { action: linkButton("/admin/new-portal", say.add) }),
    body: html`${archived === undefined ? "" : notice("success", say.archivePage.done(archived))}
<p class="lead">${say.lead}</p>
${own ? ownPanel(view, own) : ""}
${
  others.length > 0
    ? table(
        say.title,
        heads,
        others.map((portal) => rowOf(view, portal)),
      )
    : ""
}`,
  });
}

function ownPanel(view: View, portal: Portal): Html {
  const say = words[view.language];
  return html`<section class="panel own-portal"><div class="portal-name">${portalMark(portal)}
<div><h2><a href="${addressOf(portal)}">${portal.name}</a></h2>
<span class="second">${say.own} · ${say.styles[portal.style]}</span></div></div>
<p class="hint">${say.ownHint}</p></section>`;
}

function rowOf(view: View, portal: Portal): Html[] {
  const say = words[view.language];
  const host = hostOf(portal);
  return [
    html`<div class="portal-name">${portalMark(portal)}<div><a href="${addressOf(portal)}">${
      portal.name
    }</a><span class="second">${host}</span></div></div>`,
    html`${say.styles[portal.style]}`,
    html`${say.access[portal.access]}`,
    html`${say.states[stateOf(portal)]}`,
  ];
}

/** What a person would see in the address bar of the portal. */
function hostOf({ homeUrl, client }: Portal): string {
  const address = homeUrl ?? client.initiateLoginUri ?? client.redirectUris[0];
  return address === undefined ? "—" : new URL(address).host;
}

export function stateOf({ client }: Portal): "ready" | "no-secret" | "changing" | "public" {
  if (client.authMethod === "none") return "public";
  return (["no-secret", "ready", "changing"] as const)[client.secretHashes.length] ?? "changing";
}
