import { html } from "hono/html";
import type { WayOut } from "../identities/identities.ts";
import { timeOrDay, waitingTime } from "../platform/language/times.ts";
import { chosenPasswordFields, type ShownRules } from "../platform/web/chosen-password.ts";
import {
  backLink,
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  readOnlyField,
  textField,
} from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { details } from "../platform/web/notices.ts";
import { serviceButtons, serviceStyles } from "../platform/web/service-buttons.ts";
import type { Html, View } from "../platform/web/view.ts";
import type { Channel, Outdated } from "./recovery.ts";
import { words } from "./words.ts";

export interface PageFacts {
  inBox: boolean;
  /** The ways that the portal offers and that work here, in the order of their pages; at least one. */
  channels: readonly Channel[];
  sender: string;
  adminContact: string | undefined;
  /** Of «Все»; in some groups it may be shorter. */
  linkLifetimeMs: number;
  linkMayEndSooner: boolean;
  codeLifetimeMs: number;
  /** Whether the code may come by SMS. */
  smsReady: boolean;
  /** The outside services that people come in through here. */
  ways: readonly WayOut[];
}

type Problems = readonly FieldProblem[];

export function startPage(view: View, facts: PageFacts, typed: string, problems: Problems = []): Html {
  const { start, steps } = words[view.language];
  const body = html`${textField(view, {
    name: "identifier",
    label: facts.inBox ? start.fieldBox : start.field,
    value: typed,
    keyboard: "email",
    autocomplete: "username",
    enterKey: "next",
    identifier: true,
    phoneEcho: facts.smsReady ? start.echo : undefined,
    autofocus: true,
    problems,
  })}`;
  const socialHelp = html`<p class="hint">${start.social}
<a href="/help/social">${start.socialLink}</a>.</p>`;
  return page(view, {
    title: start.title,
    strip: { filled: 3, label: steps.address },
    ...(facts.ways.length > 0 && { styles: serviceStyles }),
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
<p class="lead">${lead(view, facts)}</p>
${form(view, { action: "/recovery", body, submit: submitLabel(view, facts) })}
<p class="hint">${unreachable(view, facts)}
<a href="/help/no-mailbox">${start.noMailboxLink}</a>.</p>
${facts.ways.length > 0 ? outsideWays(view, facts.ways) : socialHelp}
<p class="hint"><a href="/recovery/login">${start.forgotLogin}</a></p>
${backLink("/sign-in", start.back)}`,
  });
}

/** Who comes in through a service needs no letter: its button, and where its own password is recovered. */
function outsideWays(view: View, ways: readonly WayOut[]): Html {
  const { outside } = words[view.language].start;
  // The host stands beside the name, so that it can be compared with what the browser then shows.
  const forgotten = ways.map(({ name, forgotAt: url }) =>
    url
      ? html`<li><a href="${url}" rel="noreferrer">${outside.recoverAt(name[view.language])}</a>
<span class="hint">${new URL(url).host}</span></li>`
      : "",
  );
  return details(
    outside.summary,
    html`<p>${outside.lead}</p>${serviceButtons(view, { ways, label: outside.summary })}
<p>${outside.forgotten}</p><ul>${forgotten}</ul>
<p class="hint"><a href="/help/social">${outside.more}</a></p>`,
  );
}

/** An SMS brings a code, so only where a letter goes out is it the control string that is asked for. */
function submitLabel(view: View, facts: PageFacts): string {
  const { start } = words[view.language];
  if (facts.inBox && facts.channels.includes("email")) return start.submitBox;
  return view.portal.button === "send" ? start.submitSend : start.submit;
}

function unreachable(view: View, facts: PageFacts): string {
  const { start } = words[view.language];
  if (!facts.channels.includes("email")) return start.noPhone;
  return facts.smsReady ? start.noMailboxSms : start.noMailbox;
}

function lead(view: View, facts: PageFacts): string {
  const { start } = words[view.language];
  if (!facts.channels.includes("email")) return start.leadSms;
  if (!facts.inBox) return start.lead;
  return facts.smsReady ? start.leadBoxSms : start.leadBox;
}

export function passwordPage(
  view: View,
  rules: ShownRules,
  account: { shown: string },
  problems: Problems = [],
): Html {
  const { password, steps } = words[view.language];
  const body = html`${readOnlyField(view, {
    name: "account",
    label: password.account,
    value: account.shown,
    autocomplete: "username",
  })}
${choiceFields(view, rules, problems)}`;
  return page(view, {
    title: password.title,
    strip: { filled: 9, label: steps.password },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}${stillAlive(view, problems)}
${form(view, { action: "/recovery/password", body, submit: password.submit })}
<p class="hint">${password.keep}</p>`,
  });
}

export function stringPage(
  view: View,
  rules: ShownRules,
  typed: { login: string; string: string; fromLink: boolean },
  problems: Problems = [],
): Html {
  const { string, password, steps, start } = words[view.language];
  const login = { name: "login", label: string.login, value: typed.login, autocomplete: "username" };
  const secret = {
    name: "control_string",
    label: string.string,
    value: typed.string,
    hint: string.stringHint,
  };
  const names = typed.fromLink
    ? html`${readOnlyField(view, { ...login, problems })}
${readOnlyField(view, { ...secret, code: true, problems })}`
    : html`${textField(view, { ...login, identifier: true, problems })}
${textField(view, { ...secret, autocomplete: "off", problems })}`;
  return page(view, {
    title: string.title,
    strip: { filled: 9, label: steps.password },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}${stillAlive(view, problems)}
${form(view, {
  action: "/recovery/string",
  body: html`${names}${choiceFields(view, rules, problems)}`,
  submit: password.submit,
})}
<p class="hint">${password.keep}</p>
<p class="hint"><a href="/recovery">${string.again}</a></p>
${backLink("/sign-in", start.back)}`,
  });
}

function choiceFields(view: View, rules: ShownRules, problems: Problems): Html {
  const { password } = words[view.language];
  return html`${chosenPasswordFields(view, {
    label: password.field,
    repeat: password.repeat,
    hint: password.phrase,
    rules,
    problems,
  })}
<p class="hint">${password.everywhere}</p>`;
}

/** People stop after an error, thinking that the link is spent. */
function stillAlive(view: View, problems: Problems): Html {
  const refused = problems.some(
    (problem) => problem.field === "password" || problem.field === "confirmation",
  );
  return refused ? html`<p class="hint">${words[view.language].again}</p>` : html``;
}

export function donePage(view: View, facts: PageFacts): Html {
  const { done, steps } = words[view.language];
  return page(view, {
    title: done.title,
    strip: { filled: 12, label: steps.done },
    body: html`<p class="lead">${facts.smsReady ? done.textSms : done.text}</p>
${view.portal.isDefault ? "" : html`<p>${done.portal(view.portal.name)}</p>`}
${linkButton("/sign-in", done.signIn, "primary")}`,
  });
}

export function outdatedPage(
  view: View,
  outdated: Outdated,
  canRenew: boolean,
  problems: Problems = [],
): Html {
  const { outdated: say, start, steps } = words[view.language];
  const renew = canRenew
    ? form(view, { action: "/recovery/renew", body: html``, submit: say.renew })
    : linkButton("/recovery", say.start, "primary");
  return page(view, {
    title: say.title,
    strip: { filled: 5, brokenAt: 6, label: steps.broken },
    hasProblems: true,
    body: html`${problemSummary(view, problems)}<p class="lead">${reason(view, outdated)}</p>
${outdated.kind === "used" ? html`<p>${say.notYou}</p>` : ""}
${renew}
${backLink("/sign-in", start.back)}`,
  });
}

/** A code that was right is good for choosing a password a while, once, and while nothing else changes. */
export function deadCodePage(view: View, outdated: Outdated): Html {
  const { deadCode: say, outdated: why, start, steps } = words[view.language];
  const used = outdated.kind === "used";
  const text = used
    ? say.used(timeOrDay(outdated.at, view.now, view.timeZone, view.language))
    : say[outdated.kind === "revoked" ? "revoked" : "expired"];
  return page(view, {
    title: say.title,
    strip: { filled: 5, brokenAt: 6, label: steps.brokenCode },
    hasProblems: true,
    body: html`<p class="lead">${text}</p>${used ? html`<p>${why.notYou}</p>` : ""}
${linkButton("/recovery", say.start, "primary")}
${backLink("/sign-in", start.back)}`,
  });
}

function reason(view: View, outdated: Outdated): string {
  const { outdated: say } = words[view.language];
  const time = (at: number) => timeOrDay(at, view.now, view.timeZone, view.language);
  switch (outdated.kind) {
    case "superseded":
      return say.superseded(outdated.number, time(outdated.at));
    case "expired":
      return say.expired(waitingTime(outdated.lifetimeMs, view.language));
    case "used":
      return say.used(time(outdated.at));
    case "revoked":
      return say.revoked;
    case "unknown":
      return say.unknown;
  }
}

export function loginPage(view: View, facts: PageFacts, typed: string, problems: Problems = []): Html {
  const { login, start } = words[view.language];
  const field = textField(view, {
    name: "email",
    label: login.field,
    value: typed,
    keyboard: "email",
    autocomplete: "email",
    identifier: true,
    autofocus: true,
    problems,
  });
  return page(view, {
    title: login.title,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${
  view.portal.remindsLogin
    ? html`<p class="lead">${login.lead}</p>
${form(view, { action: "/recovery/login", body: field, submit: login.submit })}`
    : ""
}
${askAdministrator(view, facts)}
${backLink("/sign-in", start.back)}`,
  });
}

export function loginSentPage(view: View, facts: PageFacts, shown: string): Html {
  const { login, start } = words[view.language];
  return page(view, {
    title: login.sentTitle,
    body: html`<p class="lead">${login.sent(shown)}</p>
${linkButton("/sign-in", start.back, "primary")}
${askAdministrator(view, facts)}`,
  });
}

function askAdministrator(view: View, facts: PageFacts): Html {
  const { login } = words[view.language];
  if (view.portal.channels.includes("desk")) {
    const or = facts.adminContact ? login.orAdmin(facts.adminContact) : "";
    return html`<p class="hint">${login.lost} <a href="/support">${login.deskLink}</a>${or}.</p>`;
  }
  const text = facts.adminContact ? login.admin(facts.adminContact) : login.adminUnknown;
  return html`<p class="hint">${text}</p>`;
}
