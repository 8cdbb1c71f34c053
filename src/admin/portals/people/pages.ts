import { html } from "hono/html";
import type { Person } from "../../../accounts/accounts.ts";
import { selectField } from "../../../platform/web/choice-fields.ts";
import {
  checkbox,
  type FieldProblem,
  form,
  problemSummary,
  quietButton,
  textField,
} from "../../../platform/web/fields.ts";
import { notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { StoredGroup } from "../../../policies/policies.ts";
import type { Portal } from "../../../portal-registry/portal-registry.ts";
import type { Actor } from "../../acting.ts";
import { seen } from "../../pages.ts";
import { addressOf, portalPage } from "../pages.ts";
import { words } from "../words.ts";

export interface PeoplePage {
  portal: Portal;
  groups: readonly (Pick<StoredGroup, "id" | "name"> & { members: number; listed: boolean })[];
  people: readonly Person[];
  /** The address of the next ones; undefined: these are the last. */
  next: string | undefined;
  typed: string;
  saved: boolean;
  problems: readonly FieldProblem[];
}

export function peoplePage(view: View, actor: Actor, shown: PeoplePage): Html {
  const say = words[view.language];
  const { portal, problems } = shown;
  const action = addressOf(portal, "people");
  const access = selectField(view, {
    name: "access",
    label: say.people.access,
    value: portal.access,
    choices: (["all", "listed"] as const).map((value) => ({ value, label: say.people.choices[value] })),
  });
  return portalPage(view, actor, {
    portal,
    tab: "people",
    hasProblems: problems.length > 0,
    saved: shown.saved ? say.saved : undefined,
    body: html`${problemSummary(view, problems)}<div class="narrow-part">
${form(view, { action, body: html`${access}${groupFields(view, shown)}`, submit: say.save })}
<section><h2>${say.people.listed}</h2>
${portal.access === "all" ? notice("info", say.people.ignored) : ""}
${form(view, { action: `${action}/add`, body: whoField(view, shown) })}
${peopleList(view, actor, shown)}</section></div>`,
  });
}

function groupFields(view: View, { groups }: PeoplePage): Html {
  const { people: say } = words[view.language];
  const boxes = groups.map(({ id, name, members, listed }) =>
    checkbox(view, { name: `group_${id}`, label: `${name} · ${say.members(members)}`, checked: listed }),
  );
  return html`<fieldset class="ways"><legend>${say.groups}</legend>
${boxes.length > 0 ? boxes : html`<p class="hint">${say.noGroups}</p>`}</fieldset>`;
}

function whoField(view: View, { typed, problems }: PeoplePage): Html {
  const { people: say } = words[view.language];
  return html`${textField(view, {
    name: "who",
    label: say.who,
    value: typed,
    autocomplete: "off",
    identifier: true,
    problems,
  })}${quietButton(say.addPerson)}`;
}

function peopleList(view: View, actor: Actor, { portal, people, next }: PeoplePage): Html {
  const { people: say } = words[view.language];
  if (people.length === 0) return html`<p class="hint">${say.nobody}</p>`;
  const rows = people.map((person) => {
    const { id, name } = person.account;
    return html`<li><div><a href="/admin/users/${id}"><bdi>${name}</bdi></a>
<span class="second">${seen(actor, person).login}</span></div>
${form(view, {
  action: `${addressOf(portal, "people")}/remove`,
  hidden: { account: id },
  body: html`<button class="button">${say.close}<span class="unseen"> ${say.closeTo(name)}</span></button>`,
})}</li>`;
  });
  return html`<ul class="let-in">${rows}</ul>
${next === undefined ? "" : html`<nav class="pager"><a rel="next" href="${next}">${say.next}</a></nav>`}`;
}
