import { html } from "hono/html";
import type { Person } from "../accounts/accounts.ts";
import { dayAndTime, timeOrDay } from "../platform/language/times.ts";
import { textArea } from "../platform/web/choice-fields.ts";
import { chosenPasswordFields, type ShownRules } from "../platform/web/chosen-password.ts";
import {
  backLink,
  checkbox,
  codeField,
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  quietButton,
  readOnlyField,
  textField,
} from "../platform/web/fields.ts";
import { page } from "../platform/web/layout.ts";
import { notice } from "../platform/web/notices.ts";
import type { Html, View } from "../platform/web/view.ts";
import { type CaseRow, type FinishOutcome, LONGEST_TEXT } from "./support.ts";
import { words } from "./words.ts";

type Problems = readonly FieldProblem[];

export interface TypedCase {
  login: string;
  answer: string;
  story: string;
  hasPhone: boolean;
}

/** Whether new cases are taken where this page is shown; those that there are go on in any case. */
export function hasDesk({ portal }: View): boolean {
  return portal.channels.includes("desk");
}

/** When an answer is promised, and whether a code can be sent to phones. */
export interface FormFacts {
  dueAt: number;
  smsReady: boolean;
}

export function formPage(view: View, facts: FormFacts, typed: TypedCase, problems: Problems = []): Html {
  const say = words[view.language].form;
  const due = timeOrDay(facts.dueAt, view.now, view.timeZone, view.language);
  const body = html`${textField(view, {
    name: "login",
    label: say.login,
    hint: say.loginHint,
    value: typed.login,
    autocomplete: "username",
    identifier: true,
    maxLength: 320,
    problems,
  })}
${textField(view, {
  name: "answer",
  label: say.answer,
  hint: say.answerHint,
  value: typed.answer,
  keyboard: "email",
  autocomplete: "email",
  identifier: true,
  maxLength: 254,
  problems,
})}
${textArea(view, {
  name: "story",
  label: say.story,
  hint: say.storyHint,
  value: typed.story,
  maxLength: LONGEST_TEXT,
  problems,
})}
${
  facts.smsReady
    ? checkbox(view, { name: "phone", label: say.phone, hint: say.phoneHint, checked: typed.hasPhone })
    : ""
}`;
  return page(view, {
    title: say.title,
    strip: { filled: 1, label: say.how },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
<p class="lead">${say.lead(due)}</p>
<p class="hint">${say.tryFirst} <a href="/recovery">${say.tryFirstLink}</a>.</p>
${form(view, { action: "/support", body, submit: say.submit })}
<p class="hint">${say.existing} <a href="/support/find">${say.existingLink}</a> ·
<a href="/help/support">${say.help}</a></p>`,
  });
}

/** Where the letter is waited for: right after the form, or after asking for it once more. */
export function sentPage(
  view: View,
  shown: { number: number | undefined; answer: string; again: boolean },
  problems: Problems = [],
): Html {
  const { sent: say } = words[view.language];
  const fresh = shown.number !== undefined;
  return page(view, {
    title: fresh ? say.title : say.titleFind,
    strip: { filled: 2, label: fresh ? say.title : say.titleFind },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${shown.again ? notice("success", say.sentAgain) : ""}
<p class="lead">${fresh ? say.lead(shown.number ?? 0, shown.answer) : say.leadFind(shown.answer)}</p>
${fresh ? html`<p>${say.next}</p>` : ""}
${form(view, {
  action: "/support/code",
  body: codeField(view, { name: "code", label: say.code, problems }),
  submit: say.submit,
})}
${form(view, { action: "/support/again", body: quietButton(say.again) })}
<p class="hint">${say.spam}</p>`,
  });
}

export function findPage(
  view: View,
  typed: { number: string; answer: string },
  problems: Problems = [],
): Html {
  const say = words[view.language].find;
  const body = html`${textField(view, {
    name: "number",
    label: say.number,
    value: typed.number,
    keyboard: "numeric",
    autocomplete: "off",
    maxLength: 20,
    problems,
  })}
${textField(view, {
  name: "answer",
  label: say.answer,
  value: typed.answer,
  keyboard: "email",
  autocomplete: "email",
  identifier: true,
  maxLength: 254,
  problems,
})}`;
  return page(view, {
    title: say.title,
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}<p class="lead">${say.lead}</p>
${form(view, { action: "/support/find", body, submit: say.submit })}
${hasDesk(view) ? backLink("/support", say.back) : backLink("/sign-in", say.home)}`,
  });
}

export function confirmPage(view: View, found: CaseRow): Html {
  const say = words[view.language].confirm;
  return page(view, {
    title: say.title,
    strip: { filled: 2, label: say.title },
    body: html`<p class="lead">${say.lead(found.number, found.answer_to)}</p>
${form(view, { action: "/support/case/confirm", body: html``, submit: say.submit })}
<p class="hint">${say.notYou}</p>`,
  });
}

export function overPage(view: View): Html {
  const say = words[view.language].over;
  return page(view, {
    title: say.title,
    strip: { filled: 1, brokenAt: 2, label: say.title },
    body: html`<p class="lead">${say.text}</p>
${hasDesk(view) ? linkButton("/support", say.fresh, "primary") : ""}
${linkButton("/support/find", say.find)}`,
  });
}

export function vouchPage(view: View, shown: { id: string; name: string; number: number }): Html {
  const say = words[view.language].vouch;
  const action = `/support/vouch/${shown.id}`;
  return page(view, {
    title: say.title(shown.name),
    body: html`<p class="lead">${say.lead(shown.name, shown.number)}</p>
${notice("warn", say.warning)}
${form(view, { action, hidden: { known: "yes" }, body: html``, submit: say.yes })}
${form(view, { action, hidden: { known: "no" }, body: quietButton(say.no) })}`,
  });
}

export function vouchEndPage(view: View, end: "yes" | "no" | "over"): Html {
  const say = words[view.language].vouch;
  return page(view, {
    title: end === "over" ? say.overTitle : say.doneTitle,
    body: html`<p class="lead">${end === "over" ? say.over : say.done[end]}</p>
${linkButton("/me", say.home, "primary")}`,
  });
}

export function caseVetoPage(
  view: View,
  look: { kind: "live"; login: string; releaseAt: number } | { kind: "stopped" | "too-late" | "over" },
): Html {
  const say = words[view.language].veto;
  const recover = linkButton("/recovery", say.recover, "primary");
  switch (look.kind) {
    case "live":
      return page(view, {
        title: say.title,
        body: html`<p class="lead">${say.lead(
          look.login,
          dayAndTime(look.releaseAt, view.timeZone, view.language),
        )}</p>
${form(view, { action: "/support/veto", body: html``, submit: say.submit })}
<p class="hint">${say.mine}</p>`,
      });
    case "stopped":
      return page(view, {
        title: say.stoppedTitle,
        body: html`<p class="lead">${say.stopped}</p>${recover}`,
      });
    case "too-late":
      return page(view, { title: say.lateTitle, body: html`<p class="lead">${say.late}</p>${recover}` });
    case "over":
      return page(view, { title: say.overTitle, body: html`<p class="lead">${say.over}</p>${recover}` });
  }
}

export function caseKeyPage(
  view: View,
  shown: { person: Person; answer: string | undefined; rules: ShownRules },
  problems: Problems = [],
): Html {
  const say = words[view.language].password;
  const body = html`${readOnlyField(view, {
    name: "account",
    label: say.account,
    value: shown.person.login,
    autocomplete: "username",
  })}
${chosenPasswordFields(view, {
  label: say.field,
  repeat: say.repeat,
  hint: say.phrase,
  rules: shown.rules,
  problems,
})}
<p class="hint">${say.factors}</p>`;
  return page(view, {
    title: say.title,
    strip: { filled: 11, label: say.title },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${shown.answer === undefined ? "" : html`<p class="lead">${say.email(shown.answer)}</p>`}
${form(view, { action: "/support/password", body, submit: say.submit })}`,
  });
}

type Email = Extract<FinishOutcome, { kind: "changed" }>["email"];

export function caseEndPage(view: View, end: { kind: "done"; email: Email } | { kind: "over" }): Html {
  const say = words[view.language].password;
  if (end.kind === "over") {
    return page(view, {
      title: say.overTitle,
      strip: { filled: 10, brokenAt: 11, label: say.overTitle },
      body: html`<p class="lead">${say.over}</p>${linkButton("/support/case", say.open, "primary")}`,
    });
  }
  return page(view, {
    title: say.doneTitle,
    strip: { filled: 12, label: say.doneTitle },
    body: html`<p class="lead">${say.done}</p>
${end.email === "kept" ? "" : html`<p>${say.email2[end.email]}</p>`}
${linkButton("/sign-in", say.signIn, "primary")}`,
  });
}
