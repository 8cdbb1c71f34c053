import { html, raw } from "hono/html";
import { type ListedPerson, MOST_COUNTED, type PeoplePage } from "../../accounts/accounts.ts";
import { attributes } from "../../platform/web/attributes.ts";
import { linkButton, quietButton } from "../../platform/web/fields.ts";
import { notice } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { PATH as EXPORT_PATH } from "../export/pages.ts";
import { words as exportWords } from "../export/words.ts";
import type { KeptFilter } from "../filters/filters.ts";
import { filtersNav, keepLink } from "../filters/pages.ts";
import { words as groupWords } from "../groups/words.ts";
import { consolePage, type Head, moment, pager, seen, statusChip, table, toldNotice } from "../pages.ts";
import { may, mayAtAll } from "../rights.ts";
import type { Told } from "../told.ts";
import { words } from "../words.ts";
import { addressOf, type ChoiceName, choices, fieldsOf, type ListAddress, PATH } from "./address.ts";

export interface ShownList {
  list: ListAddress;
  found: PeoplePage;
  /** The address of the next page; undefined on the last one. */
  next: string | undefined;
  isFirst: boolean;
  told: Told | undefined;
  /** Those that whoever looks has above the list. */
  filters: readonly KeptFilter[];
}

export function listPage(view: View, actor: Actor, shown: ShownList): Html {
  const say = words[view.language];
  const { list, found, told, filters } = shown;
  const first = shown.isFirst ? undefined : addressOf(shown.list);
  const { people, count, tooMany } = found;
  const action = may(actor, "edit", { id: "", role: "person" })
    ? linkButton("/admin/new-user", say.add, "primary")
    : undefined;
  return consolePage(view, actor, "users", {
    title: say.title,
    ...(action && { action }),
    body: html`${toldNotice(view, told)}
${filtersNav(view, actor, filters, list)}
${searchForm(view, list)}
<div class="over-list"><p class="count">${say.list.count(count, count > MOST_COUNTED)}</p>
<div class="acts">${keepLink(view, filters, list)}
${mayAtAll(actor.role, "export-people") ? exportLink(view, list) : ""}</div></div>
${tooMany ? notice("info", say.list.tooMany) : ""}
${people.length === 0 ? html`<p>${say.list.empty}</p>` : peopleForm(view, actor, shown)}
${pager(view, say.list.caption, { first, next: shown.next })}`,
  });
}

function exportLink(view: View, list: ListAddress): Html {
  const query = new URLSearchParams(fieldsOf(list));
  const address = query.size === 0 ? EXPORT_PATH : `${EXPORT_PATH}?${query}`;
  return linkButton(address, exportWords[view.language].act);
}

/** A plain GET form: what is looked for stands in the address, to be kept and passed on. */
function searchForm(view: View, list: ListAddress): Html {
  const say = words[view.language].list;
  const usual: ChoiceName[] = ["status", "role", "seen"];
  const others: ChoiceName[] = ["password", "phone", "mail"];
  const open = others.some((name) => list[name] !== choices[name][0]);
  const input = attributes({
    type: "search",
    id: "q",
    name: "q",
    value: list.q,
    maxlength: 100,
    autocomplete: "off",
    enterkeyhint: "search",
  });
  const sort = list.sort === "name" ? "" : html`<input type="hidden" name="sort" value="${list.sort}">`;
  return html`<form method="get" action="${PATH}" class="search" role="search">
<div class="field"><label for="q">${say.search}</label><input${input}></div>
${usual.map((name) => choiceField(view, list, name))}
<details${attributes({ open })}><summary>${say.more}</summary>
<div class="choices">${others.map((name) => choiceField(view, list, name))}</div></details>
<div class="buttons">${sort}${quietButton(say.find)}<a class="reset" href="${PATH}">${say.reset}</a></div>
</form>`;
}

function choiceField(view: View, list: ListAddress, name: ChoiceName): Html {
  const say = words[view.language].list;
  const named: Record<string, string> = say.choices[name];
  return html`<div class="field"><label for="${name}">${say[name]}</label>
<select id="${name}" name="${name}">${choices[name].map(
    (value) =>
      html`<option${attributes({ value, selected: list[name] === value })}>${named[value] ?? value}</option>`,
  )}</select></div>`;
}

/** Ticks and buttons lead to a page that asks first; it is where the change is sent from. */
function peopleForm(view: View, actor: Actor, { list, found }: ShownList): Html {
  const say = words[view.language];
  const everything = may(actor, "block", { id: "", role: "person" });
  const acts = everything ? (["link", "sessions", "block", "unblock"] as const) : (["link"] as const);
  const people = table(say.list.caption, heads(view, list), rowsOf(view, actor, found.people));
  return html`<form method="get" action="/admin/many" class="many">
<input type="hidden" name="back" value="${addressOf(list)}">
${people}
<div class="bulk" role="group" aria-label="${say.list.withPicked}"><span>${say.list.withPicked}</span>
${acts.map((act) => quietButton(say.acts[act], { name: "do", value: act }))}
${mayAtAll(actor.role, "edit-groups") ? intoGroupButton(view) : ""}</div>
</form>`;
}

/** The same ticks, sent to another page. */
function intoGroupButton(view: View): Html {
  const button = attributes({ class: "button", formaction: "/admin/into-group" });
  return html`<button${button}>${groupWords[view.language].many.act}</button>`;
}

function heads(view: View, list: ListAddress): Head[] {
  const say = words[view.language].list;
  const sorted = (sort: ListAddress["sort"], label: string, title: string) =>
    list.sort === sort
      ? html`${label}<span class="arrow" aria-hidden="true"></span>`
      : html`<a href="${addressOf(list, { sort })}" title="${title}">${label}</a>`;
  return [
    { label: "", shown: html`<span class="unseen">${say.pick}</span>` },
    { label: "", shown: sorted("name", say.name, say.byName), sort: list.sort === "name" && "ascending" },
    say.email,
    {
      label: say.seen,
      shown: sorted("last-sign-in", say.seen, say.bySeen),
      sort: list.sort === "last-sign-in" && "descending",
    },
    say.protection,
    say.state,
  ];
}

function rowsOf(view: View, actor: Actor, people: readonly ListedPerson[]) {
  const say = words[view.language];
  return people.map((person, index) => {
    const { account } = person;
    const { login, contacts } = seen(actor, person);
    const email = contacts.find((contact) => contact.kind === "email");
    const role = account.role === "person" ? "" : html` <span class="role">${say.roles[account.role]}</span>`;
    return [
      may(actor, "send-link", account) ? tick(view, index + 1, account) : raw(""),
      html`<a href="${PATH}/${account.id}"><bdi>${account.name}</bdi></a>${role}
<span class="second">${login}</span>`,
      email
        ? html`${email.shown}${email.proven ? "" : html`<span class="second">${say.list.unproven}</span>`}`
        : "—",
      person.lastSignInAt === 0 ? say.never : moment(view, person.lastSignInAt),
      person.hasPassword ? say.list.withPassword : say.list.withoutPassword,
      statusChip(view, person),
    ];
  });
}

function tick(view: View, place: number, account: { id: string; name: string }): Html {
  const name = `person${place}`;
  const box = attributes({ type: "checkbox", id: name, name, value: account.id });
  const label = words[view.language].list.pickOne(account.name);
  return html`<input${box}><label class="unseen" for="${name}">${label}</label>`;
}
