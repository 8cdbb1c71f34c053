/** One message as lists show it: the strip of ticks as its trace, and what became of it in words. */
import { html } from "hono/html";
import type { MessageTrace } from "../../../delivery/delivery.ts";
import { strip } from "../../../platform/web/strip.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import { maskedWithin } from "../../masks.ts";
import { moment } from "../../pages.ts";
import { answerOf, standingInWords, standingOf, stepInWords, ticks } from "../standing.ts";
import { words } from "../words.ts";

/** `whole`: contacts are shown as they are; `person`: what stands for the recipient, where lists need it. */
export function messageItem(
  view: View,
  trace: MessageTrace,
  shown: { whole: boolean; person?: Html | string },
): Html {
  const hide = (text: string) => (shown.whole ? text : maskedWithin(text));
  const { person } = shown;
  const name = messageName(view, trace);
  return html`<li><div class="trace-head"><a href="/admin/deliveries/${trace.id}">${name}</a>
${person ? html`<span>${person}</span>` : ""}<span><bdi>${hide(trace.to)}</bdi></span>${moment(
    view,
    trace.createdAt,
  )}</div>
${traceStrip(view, trace)}
${lastSteps(view, trace, hide)}</li>`;
}

/** «Письмо · смена пароля · № 417». */
export function messageName(view: View, { channel, kind, number }: MessageTrace): string {
  const say = words[view.language];
  const kinds: Readonly<Record<string, string>> = say.kinds;
  const parts = [say.channelNames[channel], kinds[kind] ?? kind, number === null ? "" : say.number(number)];
  return parts.filter(Boolean).join(" · ");
}

export function traceStrip(view: View, trace: MessageTrace): Html {
  return strip({ ...ticks[standingOf(trace)], label: standingInWords(view, trace) });
}

/** Attempts are told by their ends, and when it was queued stands above. */
function lastSteps(view: View, trace: MessageTrace, hide: (text: string) => string): Html {
  const told = trace.steps.filter(({ step }) => step !== "attempt" && step !== "queued").slice(-4);
  return html`<ol class="steps">${told.map((step) => {
    const answer = answerOf(view, step);
    const second = answer ? html` <span class="second">${hide(answer)}</span>` : "";
    return html`<li>${moment(view, step.at)} ${stepInWords(view, trace, step)}${second}</li>`;
  })}</ol>`;
}
