/** The applicant's page of one case: how far it is, what is awaited, what was said. */
import { html } from "hono/html";
import { clockTime, timeOrDay } from "../../platform/language/times.ts";
import { fileField, textArea } from "../../platform/web/choice-fields.ts";
import {
  codeField,
  type FieldProblem,
  form,
  linkButton,
  problemSummary,
  quietButton,
} from "../../platform/web/fields.ts";
import { page } from "../../platform/web/layout.ts";
import { details, notice } from "../../platform/web/notices.ts";
import type { Strip } from "../../platform/web/strip.ts";
import type { Html, View } from "../../platform/web/view.ts";
import {
  type CaseRow,
  type CaseState,
  isOpen,
  LONGEST_TEXT,
  sizeText,
  type ThreadEntry,
} from "../support.ts";
import { words } from "../words.ts";

export interface ShownCase {
  found: CaseRow;
  thread: readonly ThreadEntry[];
  /** The digits for a meeting, and until when they stand here. */
  meeting: { code: string; until: number } | undefined;
  phone: "unavailable" | "offered" | "sent" | "given";
  told: "said" | "phone" | "link" | undefined;
  /** What was typed and not taken. */
  text: string;
}

type Problems = readonly FieldProblem[];

/** How far along, of twelve; `brokenAt` where it ended without access. */
const progress: Record<CaseState, Omit<Strip, "label">> = {
  unconfirmed: { filled: 2 },
  new: { filled: 3 },
  handling: { filled: 4 },
  asked: { filled: 5 },
  proposed: { filled: 6 },
  waiting: { filled: 8 },
  released: { filled: 10 },
  done: { filled: 12 },
  refused: { filled: 5, brokenAt: 6 },
  stopped: { filled: 7, brokenAt: 8 },
  closed: { filled: 4, brokenAt: 5 },
  expired: { filled: 1, brokenAt: 2 },
};

export function casePage(view: View, shown: ShownCase, problems: Problems = []): Html {
  const say = words[view.language].case;
  const { found } = shown;
  const open = isOpen(found.state);
  return page(view, {
    title: say.title(found.number),
    styles: ["desk.css"],
    strip: { ...progress[found.state], label: say.states[found.state] },
    hasProblems: problems.length > 0,
    body: html`${problemSummary(view, problems)}${toldNotice(view, shown.told)}
${stateText(view, found)}
<section><h2>${say.thread}</h2>${threadList(view, shown)}</section>
${open ? replyForm(view, shown, problems) : ""}
${open && !["waiting", "released"].includes(found.state) ? proving(view, shown, problems) : ""}
${open ? withdrawing(view) : ""}`,
  });
}

function toldNotice(view: View, told: ShownCase["told"]): Html {
  const say = words[view.language].case;
  if (told === undefined) return html``;
  const texts = { said: say.said, phone: say.phoneSent, link: say.linkSent };
  return notice("success", texts[told]);
}

function stateText(view: View, found: CaseRow): Html {
  const say = words[view.language].case;
  const time = (at: number) => timeOrDay(at, view.now, view.timeZone, view.language);
  const fresh = html`<p>${say.texts.ended}</p>${linkButton("/support", say.fresh)}`;
  switch (found.state) {
    case "unconfirmed":
    case "expired":
      return html``;
    case "new":
    case "handling": {
      const due = found.due_at ?? 0;
      return html`<p class="lead">${due < view.now ? say.texts.late : say.texts.due(time(due))}</p>`;
    }
    case "asked":
      return html`<p class="lead">${say.texts.asked}</p>`;
    case "proposed":
      return html`<p class="lead">${say.texts.proposed}</p>`;
    case "waiting":
      return html`<p class="lead">${say.texts.waiting(time(found.release_at ?? 0))}</p>`;
    case "released":
      return html`<p class="lead">${say.texts.released}</p>
${form(view, { action: "/support/case/link", body: quietButton(say.linkAgain) })}`;
    case "done":
      return html`<p class="lead">${say.texts.done}</p>${linkButton("/sign-in", say.signIn, "primary")}`;
    case "refused":
      return html`<p class="lead">${say.texts.refused}</p>${written(found.reason)}
${
  found.appealed
    ? fresh
    : html`${form(view, { action: "/support/case/appeal", body: quietButton(say.appeal) })}
<p class="hint">${say.appealHint}</p>`
}`;
    case "stopped":
      return html`<p class="lead">${said(say.texts.stopped, found.reason)}</p>${fresh}`;
    case "closed":
      return html`<p class="lead">${said(say.texts.closed, found.reason)}</p>${fresh}`;
  }
}

function said(texts: Readonly<Record<string, string>>, reason: string): string {
  return texts[reason] ?? "";
}

/** Words as they were written, with their line breaks. */
function written(text: string): Html {
  return html`<div class="words"><bdi>${text}</bdi></div>`;
}

function threadList(view: View, { found, thread }: ShownCase): Html {
  const say = words[view.language].case;
  const first = html`<li><p class="said-by"><b>${say.you}</b>
${timeOf(view, found.opened_at)}</p>${written(found.story)}</li>`;
  return html`<ol class="thread">${first}${thread.map((entry) => entryLine(view, entry))}</ol>`;
}

function timeOf(view: View, at: number): Html {
  return html`<span class="digits">${timeOrDay(at, view.now, view.timeZone, view.language)}</span>`;
}

/** What the applicant may know: no notes of staff, and events by their plain names. */
function entryLine(view: View, entry: ThreadEntry): Html {
  const { case: say, events } = words[view.language];
  switch (entry.kind) {
    case "note":
      return html``;
    case "event": {
      const text = said(events, entry.text);
      return text === "" ? html`` : html`<li class="event">${timeOf(view, entry.at)} ${text}</li>`;
    }
    case "applicant":
    case "foreign":
    case "desk": {
      const who = { applicant: say.you, desk: say.desk, foreign: say.foreign(entry.sender) }[entry.kind];
      return html`<li class="${entry.kind}"><p class="said-by"><b>${who}</b> ${timeOf(view, entry.at)}</p>
${written(entry.text)}${fileList(view, entry)}</li>`;
    }
  }
}

function fileList(view: View, { files }: ThreadEntry): Html {
  if (files.length === 0) return html``;
  const say = words[view.language].case;
  return html`<ul class="sent-files">${files.map(
    (file) => html`<li><a href="/support/case/files/${file.id}" download><bdi>${file.name}</bdi></a>
<span class="hint">${say.download(sizeText(file.size, view.language))}</span></li>`,
  )}</ul>`;
}

function replyForm(view: View, shown: ShownCase, problems: Problems): Html {
  const say = words[view.language].case;
  const body = html`${textArea(view, {
    name: "text",
    label: say.reply,
    value: shown.text,
    rows: 4,
    maxLength: LONGEST_TEXT,
    problems,
  })}
${fileField(view, {
  name: "files",
  label: say.files,
  hint: say.filesHint,
  accept: "image/jpeg,image/png,image/webp,image/gif,application/pdf,text/plain",
  several: true,
  problems,
})}`;
  return form(view, { action: "/support/case/reply", upload: true, body, submit: say.send });
}

function proving(view: View, shown: ShownCase, problems: Problems): Html {
  const say = words[view.language].case;
  const { meeting } = shown;
  return html`<section><h2>${say.prove}</h2>
${phonePart(view, shown, problems)}
${
  meeting === undefined
    ? ""
    : details(
        say.meeting,
        html`<p>${say.meetingText(clockTime(meeting.until, view.timeZone, view.language))}</p>
<p class="meeting digits">${meeting.code.slice(0, 3)} ${meeting.code.slice(3)}</p>
<p class="hint">${say.meetingWarning}</p>`,
      )
}
${details(say.colleague, html`<p>${say.colleagueText}</p>`)}</section>`;
}

function phonePart(view: View, { phone }: ShownCase, problems: Problems): Html {
  const say = words[view.language].case;
  if (phone === "unavailable") return html``;
  if (phone === "given") return notice("success", say.phoneDone);
  const send = (label: string) => form(view, { action: "/support/case/phone", body: quietButton(label) });
  if (phone === "offered")
    return html`<h3>${say.phone}</h3><p class="hint">${say.phoneText}</p>${send(say.phoneSend)}`;
  return html`<h3>${say.phone}</h3>${form(view, {
    action: "/support/case/phone/code",
    body: codeField(view, { name: "sms_code", label: say.phoneCode, fromSms: true, problems }),
    submit: say.phoneSubmit,
  })}${send(say.phoneAgain)}`;
}

function withdrawing(view: View): Html {
  const say = words[view.language].case;
  return html`${form(view, { action: "/support/case/withdraw", body: quietButton(say.withdraw) })}
<p class="hint">${say.withdrawHint}</p>`;
}
