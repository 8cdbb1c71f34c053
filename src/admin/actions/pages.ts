import { html } from "hono/html";
import type { ListedPerson, Person, Role } from "../../accounts/accounts.ts";
import { dayAndTime } from "../../platform/language/times.ts";
import { attributes } from "../../platform/web/attributes.ts";
import {
  backLink,
  checkbox,
  type FieldProblem,
  form,
  linkButton,
  primaryButton,
  problemSummary,
  textField,
} from "../../platform/web/fields.ts";
import { notice } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { consolePage, seen, statusChip } from "../pages.ts";
import type { PersonForm } from "../people.ts";
import { words } from "../words.ts";
import { type Act, takesReason } from "./acts.ts";
import type { ManyAct } from "./many-handlers.ts";

type Problems = readonly FieldProblem[];

/** What will happen, before it does. */
export function askPage(
  view: View,
  actor: Actor,
  asked: { act: Act; person: Person; reason: string },
  problems: Problems = [],
): Html {
  const { acts, ask } = words[view.language];
  const { act, person, reason } = asked;
  const card = `/admin/users/${person.account.id}`;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: acts[act],
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
<p class="whom"><strong><bdi>${person.account.name}</bdi></strong> ${statusChip(view, person)}</p>
<p class="lead">${ask[act]}</p>
${form(view, {
  action: `${card}/do/${act}`,
  body: html`${takesReason(act) ? reasonField(view, reason, problems) : ""}${primaryButton(acts[act])}`,
})}
${backLink(card, ask.back)}`,
  });
}

function reasonField(view: View, value: string, problems: Problems): Html {
  const { ask } = words[view.language];
  return textField(view, {
    name: "reason",
    label: ask.reason,
    hint: ask.reasonHint,
    value,
    maxLength: 200,
    autocomplete: "off",
    problems,
  });
}

export function manyPage(
  view: View,
  actor: Actor,
  picked: { act: ManyAct; people: readonly ListedPerson[]; passed: number; back: string },
  problems: Problems = [],
): Html {
  const { acts, ask } = words[view.language];
  const { act, people, passed, back } = picked;
  const hidden = Object.fromEntries([
    ["do", act],
    ["back", back],
    ...people.map(({ account }, index) => [`person${index + 1}`, account.id]),
  ]);
  const submit = ask.confirmMany(acts[act], people.length);
  const body = html`${takesReason(act) ? reasonField(view, "", problems) : ""}${primaryButton(submit)}`;
  const some = html`<p class="lead">${ask[act]}</p>
<h2>${ask.whom(people.length)}</h2>
<ul class="people">${people.map(
    (person) =>
      html`<li><bdi>${person.account.name}</bdi> <span class="second">${
        seen(actor, person).login
      }</span></li>`,
  )}</ul>
${passed > 0 ? notice("info", ask.passed(passed)) : ""}
${form(view, { action: "/admin/many", hidden, body })}`;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: acts[act],
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}${people.length === 0 ? notice("info", ask.nobody) : some}
${backLink(back, ask.back)}`,
  });
}

/** The one page of the console that shows a secret, once, in the answer to the press that made it. */
export function oneTimePage(
  view: View,
  actor: Actor,
  { account }: Person,
  password: string,
  until: number,
): Html {
  const say = words[view.language].oneTime;
  const time = dayAndTime(until, view.timeZone, view.language);
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.title,
    body: html`<p class="lead">${say.lead(account.name)}</p>
<p class="one-time"><span class="unseen">${say.label}: </span><code>${password}</code></p>
${notice("warn", say.until(time))}
${linkButton(`/admin/users/${account.id}`, say.back)}`,
  });
}

export function addPage(
  view: View,
  actor: Actor,
  typed: PersonForm & { role: Role; invited: boolean },
  givable: readonly Role[],
  problems: Problems = [],
): Html {
  const say = words[view.language].form;
  const body = html`${personFields(view, typed, problems)}
${roleField(view, typed.role, givable, problems)}
${checkbox(view, { name: "invite", label: say.invite, hint: say.inviteHint, checked: typed.invited })}`;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.addTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${form(view, { action: "/admin/new-user", body, submit: say.add })}
${backLink("/admin/users", words[view.language].ask.back)}`,
  });
}

export function editPage(
  view: View,
  actor: Actor,
  { account }: Person,
  typed: PersonForm,
  problems: Problems = [],
): Html {
  const say = words[view.language].form;
  const card = `/admin/users/${account.id}`;
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.editTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${form(view, { action: `${card}/edit`, body: personFields(view, typed, problems), submit: say.save })}
<p class="hint">${say.editHint}</p>
${backLink(card, words[view.language].ask.back)}`,
  });
}

export function rolePage(
  view: View,
  actor: Actor,
  { account }: Person,
  givable: readonly Role[],
  problems: Problems = [],
): Html {
  const say = words[view.language].form;
  const card = `/admin/users/${account.id}`;
  const body = roleField(view, account.role, givable, problems);
  return consolePage(view, actor, "users", {
    narrow: true,
    title: say.roleTitle,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}<p><strong><bdi>${account.name}</bdi></strong></p>
${form(view, { action: `${card}/role`, body, submit: say.save })}
${backLink(card, words[view.language].ask.back)}`,
  });
}

function personFields(view: View, typed: PersonForm, problems: Problems): Html {
  const say = words[view.language].form;
  const field = (name: keyof PersonForm, more: Partial<Parameters<typeof textField>[1]>) =>
    textField(view, {
      name,
      label: say[name],
      value: typed[name],
      autocomplete: "off",
      enterKey: "next",
      problems,
      ...more,
    });
  return html`${field("name", {})}
${field("login", { identifier: true })}
${field("email", { identifier: true, keyboard: "email" })}
${field("phone", { keyboard: "tel", hint: say.phoneHint })}`;
}

function roleField(view: View, chosen: Role, givable: readonly Role[], problems: Problems): Html {
  const { form: say, roles } = words[view.language];
  const problem = problems.find(({ field }) => field === "role");
  const choice = attributes({
    id: "role",
    name: "role",
    "aria-invalid": problem && "true",
    "aria-describedby": problem && "role-problem",
  });
  const told = problem ? html`<p class="problem" id="role-problem"><span>${problem.text}</span></p>` : "";
  return html`<div class="field${problem ? " invalid" : ""}"><label for="role">${say.role}</label>
<select${choice}>${givable.map(
    (role) => html`<option${attributes({ value: role, selected: role === chosen })}>${roles[role]}</option>`,
  )}</select>${told}</div>`;
}
