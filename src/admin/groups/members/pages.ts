import { html, raw } from "hono/html";
import type { Person } from "../../../accounts/accounts.ts";
import { dayOf } from "../../../platform/language/times.ts";
import { attributes } from "../../../platform/web/attributes.ts";
import { selectField } from "../../../platform/web/choice-fields.ts";
import {
  backLink,
  type FieldProblem,
  field,
  form,
  inputAttributes,
  primaryButton,
  problemSummary,
  quietButton,
} from "../../../platform/web/fields.ts";
import { notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Member, StoredGroup } from "../../../policies/policies.ts";
import type { Actor } from "../../acting.ts";
import { consolePage, type Head, pager, seen, statusChip, table } from "../../pages.ts";
import { may } from "../../rights.ts";
import { groupName, groupTabs } from "../pages.ts";
import { words } from "../words.ts";

type Problems = readonly FieldProblem[];

/** What is typed about the time of a membership. */
export interface Times {
  from: string;
  until: string;
}

export function membersPage(
  view: View,
  actor: Actor,
  group: StoredGroup,
  shown: {
    members: readonly (Member & { person: Person })[];
    query: string;
    found: readonly Person[] | undefined;
    times: Times;
    told: string | undefined;
    to: { first: string | undefined; next: string | undefined };
    problems: Problems;
  },
): Html {
  const say = words[view.language];
  const { members: text } = say;
  const { members, found, told, problems } = shown;
  const address = `/admin/groups/${group.id}/members`;
  return consolePage(view, actor, "groups", {
    title: groupName(view, group),
    styles: ["groups.css"],
    hasProblems: problems.length > 0,
    body: html`${backLink("/admin/groups", say.back)}
${told ? notice("success", told) : ""}${problemSummary(view, problems)}
${groupTabs(view, group.id, "members")}
<form method="get" action="${address}" class="search find" role="search">
<div class="field"><label for="q">${text.search}</label><input${attributes({
      type: "search",
      id: "q",
      name: "q",
      value: shown.query,
      maxlength: 100,
      autocomplete: "off",
      enterkeyhint: "search",
    })}></div>${quietButton(text.find)}</form>
${found === undefined ? "" : foundPart(view, actor, address, { ...shown, found })}
${
  members.length === 0
    ? html`<p>${text.empty}</p>`
    : form(view, {
        action: address,
        hidden: { do: "remove" },
        body: html`<div class="pickable">${table(
          say.tabs.members,
          [pickHead(view), text.columns.who, text.columns.when],
          members.map(({ person, fromAt, untilAt }, index) => [
            tick(view, actor, index, person),
            who(view, actor, person),
            when(view, { fromAt, untilAt }),
          ]),
        )}</div><div class="bulk">${quietButton(text.remove)}</div>`,
      })
}
${pager(view, say.tabs.members, shown.to)}`,
  });
}

function foundPart(
  view: View,
  actor: Actor,
  address: string,
  shown: { query: string; found: readonly Person[]; times: Times; problems: Problems },
): Html {
  const { members: text } = words[view.language];
  if (shown.found.length === 0) return html`<p>${text.nobody}</p>`;
  return html`<section class="found" aria-label="${text.found}"><h2>${text.found}</h2>${form(view, {
    action: address,
    hidden: { do: "add", q: shown.query },
    body: html`<div class="pickable">${table(
      text.found,
      [pickHead(view), text.columns.who],
      shown.found.map((person, index) => [tick(view, actor, index, person), who(view, actor, person)]),
    )}</div>${timeFields(view, shown.times, shown.problems)}
<div class="bulk">${primaryButton(text.add)}</div>`,
  })}</section>`;
}

function timeFields(view: View, times: Times, problems: Problems): Html {
  const { members: text } = words[view.language];
  const day = (name: "from" | "until") => {
    const options = { name, label: text[name], problems };
    const input = attributes({ ...inputAttributes(options), type: "date", value: times[name] });
    return field(view, options, html`<input${input}>`);
  };
  return html`<div class="times" role="group" aria-labelledby="times">
<p class="hint" id="times">${text.window}</p>
${day("from")}${day("until")}</div>`;
}

/** The bulk action of the list of people: into which group. */
export function intoGroupPage(
  view: View,
  actor: Actor,
  shown: {
    people: readonly Person[];
    groups: readonly StoredGroup[];
    chosen: string;
    times: Times;
    back: string;
    problems: Problems;
  },
): Html {
  const { many: say } = words[view.language];
  const { people, groups, chosen, times, back, problems } = shown;
  const hidden = Object.fromEntries([
    ["back", back],
    ...people.map(({ account }, index) => [`person${index + 1}`, account.id]),
  ]) as Record<string, string>;
  const choices = groups.map(({ id, name }) => ({ value: id, label: name }));
  const select = { name: "group", label: say.group, value: chosen, choices, problems };
  const body = html`${selectField(view, select)}
${timeFields(view, times, problems)}${primaryButton(say.submit)}`;
  const some =
    groups.length === 0
      ? notice("info", say.none)
      : html`<h2>${say.whom(people.length)}</h2>
<ul class="people">${people.map((person) => html`<li>${who(view, actor, person)}</li>`)}</ul>
${form(view, { action: "/admin/into-group", hidden, body })}`;
  return consolePage(view, actor, "users", {
    title: say.title,
    styles: ["groups.css"],
    narrow: true,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}${people.length === 0 ? notice("info", say.nobody) : some}
${backLink(back, say.back)}`,
  });
}

function pickHead(view: View): Head {
  return { label: "", shown: html`<span class="unseen">${words[view.language].members.pick}</span>` };
}

function tick(view: View, actor: Actor, index: number, { account }: Person): Html {
  if (!may(actor, "put-in-group", account)) return raw("");
  const name = `person${index + 1}`;
  const label = words[view.language].members.pickOne(account.name);
  const box = attributes({ type: "checkbox", id: name, name, value: account.id });
  return html`<input${box}><label class="unseen" for="${name}">${label}</label>`;
}

function who(view: View, actor: Actor, person: Person): Html {
  return html`<a href="/admin/users/${person.account.id}"><bdi>${person.account.name}</bdi></a>
<span class="second">${seen(actor, person).login}</span> ${
    person.account.status === "active" ? "" : statusChip(view, person)
  }`;
}

function when(view: View, { fromAt, untilAt }: Pick<Member, "fromAt" | "untilAt">): string {
  const { members: text } = words[view.language];
  const day = (at: number) => dayOf(at, view.timeZone, view.language);
  const parts = [fromAt > 0 ? text.since(day(fromAt)) : "", untilAt > 0 ? text.till(day(untilAt)) : ""];
  return parts.filter(Boolean).join(" ") || text.whole;
}
