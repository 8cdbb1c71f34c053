import { html } from "hono/html";
import { attributes } from "../../../platform/web/attributes.ts";
import { details } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Portal } from "../../../portal-registry/portal-registry.ts";
import type { Actor } from "../../acting.ts";
import { portalPage } from "../pages.ts";
import { words } from "../words.ts";
import { clientSettings } from "./settings.ts";

export function clientsPage(view: View, actor: Actor, portal: Portal, issuer: string): Html {
  const { clients: say } = words[view.language];
  const blocks = clientSettings(portal, issuer, say.secretHere).map(({ name, redirect, text }, index) => {
    // Reached by the keyboard, since it may scroll to the side.
    const block = attributes({ class: "snippet", id: `snippet-${index}`, tabindex: 0 });
    const copy = attributes({
      type: "button",
      class: "button",
      hidden: true,
      "data-copy-text": `snippet-${index}`,
      "data-other": say.copied,
    });
    const expected = redirect === undefined ? "" : say.redirectExpected(redirect);
    const body = html`${expected && html`<p class="hint">${expected}</p>`}
<pre${block}>${text}</pre>
<p><button${copy}>${say.copy}</button><span class="unseen" role="status"></span></p>`;
    return name === undefined ? html`<section><h2>${say.generic}</h2>${body}</section>` : details(name, body);
  });
  return portalPage(view, actor, {
    portal,
    tab: "clients",
    body: html`<p class="lead">${say.lead}</p>${blocks}`,
  });
}
