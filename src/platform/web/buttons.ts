import { html } from "hono/html";
import { attributes } from "./attributes.ts";
import { icon } from "./icons.ts";
import type { Html, View } from "./view.ts";
import { words } from "./words.ts";

/** The one thing to do on this page. `name` and `value` tell buttons of one form apart. */
export function primaryButton(
  label: string,
  sent: { readonly name?: string; readonly value?: string } = {},
): Html {
  return html`<button${attributes({ class: "button primary", ...sent })}>${label}</button>`;
}

/** Another thing that one may do here. */
export function quietButton(
  label: string,
  sent: { readonly name?: string; readonly value?: string } = {},
): Html {
  return html`<button${attributes({ class: "button", ...sent })}>${label}</button>`;
}

/** A way to another page that deserves the weight of a button. */
export function linkButton(href: string, label: string, weight: "primary" | "quiet" = "quiet"): Html {
  return html`<a class="button${weight === "primary" ? " primary" : ""}" href="${href}">${label}</a>`;
}

/** «← Вернуться ко входу». */
export function backLink(href: string, label: string): Html {
  return html`<p class="back"><a href="${href}">${icon("back")}<span>${label}</span></a></p>`;
}

/**
 * A button that makes sense from `readyAt` on. It always works, since the server has the last word; until
 * then it says how long to wait, and with scripts counts down and speaks up once when the time has come.
 */
export function waitButton(view: View, options: { readonly label: string; readonly readyAt: number }): Html {
  const say = words[view.language];
  const seconds = Math.max(0, Math.ceil((options.readyAt - view.now) / 1000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const left = html`<span class="digits" data-left>${time}</span>`;
  if (seconds === 0) return quietButton(options.label);
  const button = attributes({ class: "button", "data-wait": seconds, "data-ready": say.readyNow });
  const label = html`${options.label}<span class="wait"> — ${say.readyIn} ${left}</span>`;
  return html`<div><button${button}><span>${label}</span></button><p class="unseen" role="status"></p></div>`;
}
