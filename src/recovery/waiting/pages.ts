/** The pages after asking, one for each way: «Проверьте почту» and «Введите код из SMS». */
import { html } from "hono/html";
import { clockTime, timeOrDay, waitingTime } from "../../platform/language/times.ts";
import {
  backLink,
  codeField,
  copyField,
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  quietButton,
  waitButton,
} from "../../platform/web/fields.ts";
import { page } from "../../platform/web/layout.ts";
import { details, notice } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Flow } from "../flow.ts";
import type { PageFacts } from "../pages.ts";
import type { Channel } from "../recovery.ts";
import { words } from "../words.ts";

type Problems = readonly FieldProblem[];
type Asked = NonNullable<Flow["asked"]>;

export function waitingPage(view: View, facts: PageFacts, flow: Flow, problems: Problems = []): Html {
  const { asked, shown = flow.identifier } = flow;
  if (!asked) return nothingAsked(view);
  const waiting = { flow, asked, shown, problems };
  return asked.channel === "sms" ? codePage(view, facts, waiting) : letterPage(view, facts, waiting);
}

interface Waiting {
  flow: Flow;
  asked: Asked;
  /** What was typed, as it was understood. */
  shown: string;
  problems: Problems;
}

function nothingAsked(view: View): Html {
  const { sent, start, steps } = words[view.language];
  const body = html`<p>${sent.nothingAsked}</p>${linkButton("/recovery", start.title, "primary")}`;
  return page(view, { title: sent.title, strip: { filled: 3, label: steps.address }, body });
}

function letterPage(view: View, facts: PageFacts, { flow, asked, shown, problems }: Waiting): Html {
  const { sent, start, steps } = words[view.language];
  const from = asked.linkFrom ?? asked.at;
  const until = timeOrDay(from + facts.linkLifetimeMs, view.now, view.timeZone, view.language);
  // Whose link ends sooner must not be told here, so it is said to everybody that some do.
  const press = facts.linkMayEndSooner
    ? facts.inBox
      ? sent.pressBoxAtMost
      : sent.pressAtMost
    : facts.inBox
      ? sent.pressBox
      : sent.press;
  const whereTo = sent.known[flow.by ?? "email"](shown);
  const request = sent.request(clockTime(asked.at, view.timeZone, view.language), asked.number);
  return page(view, {
    title: sent.title,
    strip: { filled: 6, label: steps.letter },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${flow.repeated ? notice("success", sent.repeated) : ""}
<p class="lead">${whereTo} ${press(until)}</p>
<p class="request"><strong>${request}</strong>
<span class="hint">${sent.sameNumber}</span></p>
${facts.inBox ? html`<p><a href="/recovery/string">${sent.stringLink}</a></p>` : letterCode(view, problems)}
${again(view, asked)}
${linkButton("/recovery", sent.other)}
${facts.smsReady ? otherWay(view, "sms") : ""}
${details(sent.missing, missingLetter(view, facts, shown))}
${backLink("/sign-in", start.back)}`,
  });
}

function codePage(view: View, facts: PageFacts, { flow, asked, shown, problems }: Waiting): Html {
  const { sms, sent, start, steps } = words[view.language];
  const life = waitingTime(facts.codeLifetimeMs, view.language);
  const byPhone = flow.by === "phone";
  const field = codeField(view, { name: "code", label: sms.field, fromSms: true, autofocus: true, problems });
  return page(view, {
    title: sms.title,
    strip: { filled: 6, label: steps.code },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}
${flow.repeated ? notice("success", sms.repeated) : ""}
<p class="lead">${byPhone ? sms.toNumber(shown, life) : sms.toAccount(shown, life)}</p>
${form(view, { action: "/recovery/code", body: field, submit: sms.submit })}
${again(view, asked)}
${linkButton("/recovery", byPhone ? sms.change : sent.other)}
${facts.channels.includes("email") ? otherWay(view, "email") : ""}
${details(sms.missing, missingCode(view, byPhone ? shown : undefined))}
${backLink("/sign-in", start.back)}`,
  });
}

function letterCode(view: View, problems: Problems): Html {
  const { sent } = words[view.language];
  const body = html`${codeField(view, { name: "code", label: sent.code, hint: sent.codeHint, problems })}
${quietButton(sent.codeSubmit)}`;
  return html`<div class="panel">${form(view, { action: "/recovery/code", body })}</div>`;
}

function again(view: View, asked: Asked): Html {
  const body = waitButton(view, { label: words[view.language].sent.again, readyAt: asked.readyAt });
  return form(view, { action: "/recovery/again", body });
}

/** Offered to everybody alike: whether the account has this way is said by what comes, or does not. */
function otherWay(view: View, channel: Channel): Html {
  const { otherWay: say } = words[view.language];
  const body = quietButton(say[channel].button, { name: "channel", value: channel });
  return html`<section class="other-way"><h2>${say.title}</h2><p class="hint">${say[channel].hint}</p>
${form(view, { action: "/recovery/again", body })}</section>`;
}

/** «Письмо не пришло»: what the help desk would ask first. */
function missingLetter(view: View, facts: PageFacts, shown: string): Html {
  const { sent } = words[view.language];
  return html`<ul>
<li>${sent.spam}</li>
<li>${sent.check(shown)}</li>
<li>${sent.latest}</li>
<li>${sent.allow}
${copyField(view, { name: "sender", label: sent.sender, value: facts.sender })}</li>
${nothingHelped(view)}
</ul>`;
}

/** «Код не пришёл»: the same for an SMS. */
function missingCode(view: View, number: string | undefined): Html {
  const { sms } = words[view.language];
  return html`<ul>
${number ? html`<li>${sms.check(number)}</li>` : ""}
<li>${sms.proven}</li>
<li>${sms.reception}</li>
<li>${sms.spam}</li>
${nothingHelped(view)}
</ul>`;
}

function nothingHelped(view: View): Html {
  const { sent, start } = words[view.language];
  return html`<li>${sent.help}: <a href="/help/no-mailbox">${start.noMailboxLink}</a></li>`;
}
