import { html } from "hono/html";
import type { WayOut } from "../identities/identities.ts";
import { chosenPasswordFields, type ShownRules } from "../platform/web/chosen-password.ts";
import {
  checkbox,
  type FieldProblem,
  form,
  problemSummary,
  readOnlyField,
  textField,
} from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { notice } from "../platform/web/notices.ts";
import { passwordField } from "../platform/web/password-field.ts";
import { serviceButtons, serviceStyles } from "../platform/web/service-buttons.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Ticket } from "./own-password.ts";
import { words } from "./words.ts";

export interface SignInForm {
  inBox: boolean;
  identifier: string;
  remember: boolean;
  returnTo: string;
  signedOut: boolean;
  /** The outside services, as buttons. */
  ways: readonly WayOut[];
  /** The service whose own session goes on after the sign-out. */
  stillIn: string | undefined;
  /** The service where the person changed their mind. */
  cancelled: string | undefined;
  problems: readonly FieldProblem[];
}

export function signInPage(view: View, shown: SignInForm): Html {
  const say = words[view.language];
  const { problems } = shown;
  const body = html`${textField(view, {
    name: "identifier",
    label: say.identifier,
    value: shown.identifier,
    keyboard: "email",
    autocomplete: "username webauthn",
    enterKey: "next",
    identifier: true,
    autofocus: shown.identifier === "",
    problems,
  })}
${passwordField(view, {
  name: "password",
  label: say.password,
  kind: "current",
  enterKey: "go",
  autofocus: shown.identifier !== "",
  aside: { href: "/recovery", label: shown.inBox ? say.forgotBox : say.forgot, carry: "identifier" },
  problems,
})}
${checkbox(view, { name: "remember", label: say.remember, checked: shown.remember })}`;
  return page(view, {
    title: say.title,
    hasProblems: problems.length > 0,
    ...(shown.ways.length > 0 && { styles: serviceStyles }),
    body: html`${problemSummary(view, problems)}
${view.portal.isDefault ? "" : html`<p class="lead">${say.portal(view.portal.name)}</p>`}
${shown.signedOut ? signedOutNotice(view, shown.stillIn) : ""}
${shown.cancelled ? cancelledNotice(view, shown.cancelled) : ""}
${form(view, { action: "/sign-in", hidden: { return_to: shown.returnTo }, body, submit: say.submit })}
${shown.ways.length > 0 ? outsideWays(view, shown) : ""}`,
  });
}

function signedOutNotice(view: View, stillIn: string | undefined): Html {
  const say = words[view.language];
  const text = stillIn === undefined ? say.signedOutText : say.outside.stillIn(stillIn);
  return notice("success", text, { title: say.signedOut });
}

function cancelledNotice(view: View, service: string): Html {
  const { cancelled, cancelledHow } = words[view.language].outside;
  return notice("info", cancelledHow, { title: cancelled(service) });
}

function outsideWays(view: View, { ways, returnTo }: SignInForm): Html {
  const { or, label } = words[view.language].outside;
  return html`<p class="or"><span>${or}</span></p>
${serviceButtons(view, { ways, label, hidden: { return_to: returnTo } })}`;
}

/** Between a password that has to be replaced and everything else. */
export function ownPasswordPage(
  view: View,
  shown: { login: string; why: Ticket["why"]; rules: ShownRules },
  problems: readonly FieldProblem[] = [],
): Html {
  const say = words[view.language].own;
  const body = html`${readOnlyField(view, {
    name: "account",
    label: say.account,
    value: shown.login,
    autocomplete: "username",
  })}
${chosenPasswordFields(view, {
  label: say.password,
  repeat: say.repeat,
  hint: say.phrase,
  rules: shown.rules,
  problems,
})}`;
  return page(view, {
    title: say.title,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}<p class="lead">${say.lead[shown.why]}</p>
${form(view, { action: "/sign-in/own-password", body, submit: say.submit })}`,
  });
}
