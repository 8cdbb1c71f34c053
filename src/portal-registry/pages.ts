import { html } from "hono/html";
import { linkButton } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import type { Html, View } from "../platform/web/view.ts";
import { words } from "./words.ts";

/** Stands for a moment between a form of ours and the portal; the browser goes on by itself. */
export function onwardPage(view: View, portal: { name: string }, address: string): Html {
  const { onward } = words[view.language];
  return page(view, {
    title: onward.title(portal.name),
    body: html`<p class="lead">${onward.lead}</p>${linkButton(address, onward.button, "primary")}`,
  });
}
