import { html } from "hono/html";
import { type IconName, icon } from "./icons.ts";
import type { Html } from "./view.ts";

const icons = { info: "info", success: "success", warn: "warn", danger: "problem" } as const satisfies Record<
  string,
  IconName
>;

/** Something to know, apart from the running text: its kind is told by colour and by shape. */
export function notice(
  kind: keyof typeof icons,
  content: string | Html,
  options: { readonly title?: string } = {},
): Html {
  return html`<div class="notice ${kind}">${icon(icons[kind])}<div>
${options.title ? html`<h2>${options.title}</h2>` : ""}<div>${content}</div></div></div>`;
}

/** Label and value pairs. */
export function facts(rows: ReadonlyArray<readonly [label: string, value: string | Html]>): Html {
  return html`<dl class="facts">${rows.map(
    ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** Help that opens when asked for: «Письмо не пришло». */
export function details(summary: string, content: Html): Html {
  return html`<details><summary>${summary}</summary><div>${content}</div></details>`;
}
