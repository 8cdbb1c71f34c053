import { html, raw } from "hono/html";
import { attributes } from "../../platform/web/attributes.ts";
import {
  backLink,
  type FieldProblem,
  form,
  linkButton,
  primaryButton,
  problemSummary,
  quietButton,
  textField,
} from "../../platform/web/fields.ts";
import { facts } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { addressOf, fieldsOf, type ListAddress } from "../list/address.ts";
import { conditionsInWords } from "../list/conditions.ts";
import { consolePage } from "../pages.ts";
import { filterOfList, type KeptFilter } from "./filters.ts";
import { words } from "./words.ts";

export const NEW_PATH = "/admin/new-filter";

const LONGEST_NAME = 60;

export function pathOf(filter: Pick<KeptFilter, "id">): string {
  return `/admin/filters/${filter.id}`;
}

/** Above the list: the own ones, and beside the one that is open the way to change it. */
export function filtersNav(view: View, filters: readonly KeptFilter[], list: ListAddress): Html {
  if (filters.length === 0) return raw("");
  const say = words[view.language];
  const open = filterOfList(filters, list);
  return html`<nav class="kept" aria-label="${say.label}"><ul>${filters.map((filter) => {
    const link = attributes({ href: addressOf(filter.list), "aria-current": filter === open && "page" });
    return html`<li><a${link}><bdi>${filter.name}</bdi></a></li>`;
  })}</ul>
${open ? html`<a class="change" href="${pathOf(open)}">${say.edit}</a>` : ""}</nav>`;
}

/** Nothing where there are no conditions to keep, or where they are kept already. */
export function keepLink(view: View, filters: readonly KeptFilter[], list: ListAddress): Html {
  const query = new URLSearchParams(fieldsOf(list));
  if (query.size === 0 || filterOfList(filters, list)) return raw("");
  return linkButton(`${NEW_PATH}?${query}`, words[view.language].save);
}

/** A name that says what the conditions are, to be taken as it is. */
export function usualName(view: View, list: ListAddress): string {
  const said = conditionsInWords(view, list).map(([, value]) => value);
  const whole = said.join(", ");
  return `${whole.slice(0, 1).toUpperCase()}${whole.slice(1)}`.slice(0, LONGEST_NAME);
}

export function newPage(
  view: View,
  actor: Actor,
  shown: { list: ListAddress; name: string },
  problems: readonly FieldProblem[] = [],
): Html {
  const say = words[view.language];
  const { list, name } = shown;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.saveTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
<p class="lead">${say.lead}</p>
${facts(conditionsInWords(view, list))}
${form(view, {
  action: NEW_PATH,
  hidden: fieldsOf(list),
  body: html`${nameField(view, name, problems)}${primaryButton(say.submit)}`,
})}
${backLink(addressOf(list), say.back)}`,
  });
}

export function editPage(
  view: View,
  actor: Actor,
  filter: KeptFilter,
  name: string,
  problems: readonly FieldProblem[] = [],
): Html {
  const say = words[view.language];
  const action = pathOf(filter);
  const remove = html`<p class="lead">${say.removeLead}</p>
<div class="acts">${quietButton(say.remove)}</div>`;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.editTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${facts(conditionsInWords(view, filter.list))}
${form(view, { action, body: html`${nameField(view, name, problems)}${primaryButton(say.submit)}` })}
<section class="apart"><h2>${say.remove}</h2>
${form(view, { action: `${action}/delete`, body: remove })}</section>
${backLink(addressOf(filter.list), say.back)}`,
  });
}

function nameField(view: View, value: string, problems: readonly FieldProblem[]): Html {
  const { name } = words[view.language];
  return textField(view, {
    name: "name",
    label: name,
    value,
    maxLength: LONGEST_NAME,
    autocomplete: "off",
    problems,
  });
}
