import { html } from "hono/html";
import { chosenPasswordFields, type ShownRules } from "../platform/web/chosen-password.ts";
import { type FieldProblem, form, linkButton, problemSummary, textField } from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import type { Html, View } from "../platform/web/view.ts";
import { words } from "./words.ts";

const addPersonCommand =
  "npm run --silent propusk -- person add --login anna --email anna@company.ru --password-stdin";

export interface SetupForm {
  name: string;
  login: string;
  email: string;
  rules: ShownRules;
}

export function setupPage(view: View, typed: SetupForm, problems: readonly FieldProblem[] = []): Html {
  const say = words[view.language];
  const body = html`
${textField(view, {
  name: "name",
  label: say.name,
  value: typed.name,
  autocomplete: "name",
  enterKey: "next",
  problems,
})}
${textField(view, {
  name: "login",
  label: say.login,
  value: typed.login,
  autocomplete: "username",
  enterKey: "next",
  identifier: true,
  problems,
})}
${textField(view, {
  name: "email",
  label: say.email,
  value: typed.email,
  keyboard: "email",
  autocomplete: "email",
  enterKey: "next",
  identifier: true,
  hint: say.emailHint,
  problems,
})}
${chosenPasswordFields(view, {
  label: say.password,
  repeat: say.repeat,
  hint: say.phrase,
  rules: typed.rules,
  problems,
})}`;
  return page(view, {
    title: say.title,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}<p class="lead">${say.lead}</p>
${form(view, { action: "/setup", body, submit: say.submit })}`,
  });
}

export function closedPage(view: View, state: "gone" | "done"): Html {
  const { gone } = words[view.language];
  const text =
    state === "done"
      ? html`<p class="lead">${gone.done}</p>`
      : html`<p class="lead">${gone.text}</p><p><code>npm run --silent propusk -- setup-link</code></p>`;
  return page(view, { title: gone.title, body: html`${text}${linkButton("/sign-in", gone.signIn)}` });
}

export function createdPage(view: View): Html {
  const { done } = words[view.language];
  return page(view, {
    title: done.title,
    strip: { filled: 12, label: done.title },
    body: html`<p class="lead">${done.text}</p>
<p><code>${addPersonCommand}</code></p>
${linkButton("/sign-in", done.signIn, "primary")}`,
  });
}
