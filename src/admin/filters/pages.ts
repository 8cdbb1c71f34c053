import { html, raw } from "hono/html";
import { attributes } from "../../platform/web/attributes.ts";
import {
  backLink,
  checkbox,
  type FieldProblem,
  form,
  linkButton,
  primaryButton,
  problemSummary,
  quietButton,
  textField,
} from "../../platform/web/fields.ts";
import { icon } from "../../platform/web/icons.ts";
import { facts } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { addressOf, fieldsOf, type ListAddress } from "../list/address.ts";
import { conditionsInWords } from "../list/conditions.ts";
import { consolePage } from "../pages.ts";
import { mayAtAll } from "../rights.ts";
import { type FilterWish, filterOfList, type KeptFilter, mayOpen } from "./filters.ts";
import { words } from "./words.ts";

export const NEW_PATH = "/admin/new-filter";

const LONGEST_NAME = 60;

export function pathOf(filter: Pick<KeptFilter, "id">): string {
  return `/admin/filters/${filter.id}`;
}

/** Above the list: the own ones, then those for all, and beside the one that is open the way to change it. */
export function filtersNav(
  view: View,
  actor: Actor,
  filters: readonly KeptFilter[],
  list: ListAddress,
): Html {
  if (filters.length === 0) return raw("");
  const say = words[view.language];
  const open = filterOfList(filters, list);
  return html`<nav class="kept" aria-label="${say.label}"><ul>${filters.map((filter) => {
    const link = attributes({ href: addressOf(filter.list), "aria-current": filter === open && "page" });
    const mark = filter.isShared ? html`${icon("users")}<span class="unseen">${say.forAll}: </span>` : "";
    return html`<li><a${link}>${mark}<bdi>${filter.name}</bdi></a></li>`;
  })}</ul>
${open && mayOpen(actor, open) ? html`<a class="change" href="${pathOf(open)}">${say.edit}</a>` : ""}</nav>`;
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
  shown: FilterWish & { list: ListAddress },
  problems: readonly FieldProblem[] = [],
): Html {
  const say = words[view.language];
  const { list } = shown;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.saveTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
<p class="lead">${mayAtAll(actor.role, "share-filters") ? say.lead : say.leadOwn}</p>
${facts(conditionsInWords(view, list))}
${form(view, {
  action: NEW_PATH,
  hidden: fieldsOf(list),
  body: html`${fields(view, actor, shown, problems)}${primaryButton(say.submit)}`,
})}
${backLink(addressOf(list), say.back)}`,
  });
}

export function editPage(
  view: View,
  actor: Actor,
  filter: KeptFilter,
  wish: FilterWish,
  problems: readonly FieldProblem[] = [],
): Html {
  const say = words[view.language];
  const action = pathOf(filter);
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.editTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${facts(conditionsInWords(view, filter.list))}
${form(view, { action, body: html`${fields(view, actor, wish, problems)}${primaryButton(say.submit)}` })}
<section class="apart"><h2>${say.remove}</h2>
${removeForm(view, filter)}</section>
${backLink(addressOf(filter.list), say.back)}`,
  });
}

/** What somebody else made for all administrators: an owner may delete it. */
export function othersPage(view: View, actor: Actor, filter: KeptFilter, maker: string): Html {
  const say = words[view.language];
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.editTitle,
    body: html`${facts([
      [say.name, filter.name],
      [say.maker, maker],
      ...conditionsInWords(view, filter.list),
    ])}
${removeForm(view, filter)}
${backLink(addressOf(filter.list), say.back)}`,
  });
}

function removeForm(view: View, filter: KeptFilter): Html {
  const say = words[view.language];
  const body = html`<p class="lead">${filter.isShared ? say.removeLeadShared : say.removeLead}</p>
<div class="acts">${quietButton(say.remove)}</div>`;
  return form(view, { action: `${pathOf(filter)}/delete`, body });
}

function fields(view: View, actor: Actor, wish: FilterWish, problems: readonly FieldProblem[]): Html {
  const say = words[view.language];
  const name = textField(view, {
    name: "name",
    label: say.name,
    value: wish.name,
    maxLength: LONGEST_NAME,
    autocomplete: "off",
    problems,
  });
  if (!mayAtAll(actor.role, "share-filters")) return name;
  const shared = { name: "shared", label: say.shared, hint: say.sharedHint, checked: wish.shared, problems };
  return html`${name}${checkbox(view, shared)}`;
}
