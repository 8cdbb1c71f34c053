import { html } from "hono/html";
import type { Person } from "../accounts/accounts.ts";
import type { WayOut } from "../identities/identities.ts";
import { chosenPasswordFields, type ShownRules } from "../platform/web/chosen-password.ts";
import {
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  readOnlyField,
} from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { serviceButtons, serviceStyles } from "../platform/web/service-buttons.ts";
import type { Html, View } from "../platform/web/view.ts";
import { words } from "./words.ts";

export function invitationPage(
  view: View,
  { person, rules, ways }: { person: Person; rules: ShownRules; ways: readonly WayOut[] },
  problems: readonly FieldProblem[] = [],
): Html {
  const say = words[view.language];
  const body = html`${readOnlyField(view, {
    name: "account",
    label: say.account,
    value: person.login,
    autocomplete: "username",
  })}
${chosenPasswordFields(view, {
  label: say.password,
  repeat: say.repeat,
  hint: say.phrase,
  rules,
  problems,
})}`;
  return page(view, {
    title: say.title,
    strip: { filled: 9, label: say.password },
    hasProblems: problems.length > 0,
    ...(ways.length > 0 && { styles: serviceStyles }),
    body: html`${problemSummary(view, problems)}
<p class="lead">${say.lead(person.account.name, view.portal.name)}</p>
${form(view, { action: "/invitation", body, submit: say.submit })}
${ways.length > 0 ? throughService(view, ways) : ""}`,
  });
}

/** Whoever comes in through a service needs no password of ours. */
function throughService(view: View, ways: readonly WayOut[]): Html {
  const { or, label } = words[view.language].outside;
  return html`<p class="or"><span>${or}</span></p>
${serviceButtons(view, { ways, label, hidden: { invitation: "1" } })}`;
}

export function endPage(view: View, end: "gone" | "done"): Html {
  const say = words[view.language][end];
  return page(view, {
    title: say.title,
    ...(end === "done" && { strip: { filled: 12, label: say.title } }),
    body: html`<p class="lead">${say.text}</p>${linkButton("/sign-in", say.signIn, "primary")}`,
  });
}
