import { html } from "hono/html";
import { MOST_COUNTED } from "../../accounts/accounts.ts";
import { backLink, form, quietButton } from "../../platform/web/fields.ts";
import { facts, notice } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { type Format, formats } from "../files.ts";
import { addressOf, fieldsOf, type ListAddress } from "../list/address.ts";
import { conditionsInWords } from "../list/conditions.ts";
import { consolePage } from "../pages.ts";
import { words } from "./words.ts";

export const PATH = "/admin/export-people";

export interface ShownExport {
  list: ListAddress;
  /** Counted up to one more than `MOST_COUNTED`. */
  count: number;
  /** The search finds more than are looked at. */
  tooMany: boolean;
}

/** What will be in the file, before it is made. */
export function exportPage(view: View, actor: Actor, shown: ShownExport): Html {
  const say = words[view.language];
  const { list, count, tooMany } = shown;
  const conditions = conditionsInWords(view, list);
  const told = tooMany ? say.tooMany : count === 0 ? say.nobody : undefined;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.title,
    body: html`${told === undefined ? html`<p class="lead">${say.lead(count, count > MOST_COUNTED)}</p>` : ""}
${conditions.length > 0 ? facts(conditions) : html`<p>${say.everybody}</p>`}
${told === undefined ? takeForm(view, list) : notice("warn", told)}
${backLink(addressOf(list), say.back)}`,
  });
}

function takeForm(view: View, list: ListAddress): Html {
  const say = words[view.language];
  const buttons = (Object.keys(formats) as Format[]).map((format) =>
    quietButton(say.formats[format], { name: "format", value: format }),
  );
  return html`<p>${say.holds} ${say.again}</p>
${form(view, {
  action: PATH,
  download: true,
  hidden: fieldsOf(list),
  body: html`<div class="acts">${buttons}</div>`,
})}`;
}
