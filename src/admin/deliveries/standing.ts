/** How far a message came, in one word, in ticks and in a sentence to be read aloud. */
import type { MessageTrace } from "../../delivery/delivery.ts";
import { timeOrDay } from "../../platform/language/times.ts";
import type { View } from "../../platform/web/view.ts";
import { words } from "./words.ts";

export type Standing = keyof (typeof words)["ru"]["standing"];

/** The furthest that it came; a letter that somebody used did arrive, whatever was reported of it. */
export function standingOf({ state, status, channel, steps }: MessageTrace): Standing {
  const came = new Set<string>(steps.map(({ step }) => step));
  if (came.has("used")) return "used";
  if (came.has("opened")) return "opened";
  if (state === "failed" || state === "dropped") return state;
  if (status === "undelivered" || status === "expired" || status === "rejected") {
    return channel === "email" ? "bounced" : "undelivered";
  }
  if (came.has("seen")) return "seen";
  if (status === "delivered" || status === "sent") return status;
  if (state === "sent") return "accepted";
  if (state === "sending") return "sending";
  return came.has("deferred") ? "deferred" : "queued";
}

/** Three ticks a stage: taken, given to a server, opened, used. */
export const ticks = {
  queued: { filled: 3 },
  sending: { filled: 4 },
  deferred: { filled: 4 },
  accepted: { filled: 6 },
  sent: { filled: 6 },
  delivered: { filled: 7 },
  seen: { filled: 8 },
  opened: { filled: 9 },
  used: { filled: 12 },
  failed: { filled: 3, brokenAt: 4 },
  dropped: { filled: 3, brokenAt: 4 },
  undelivered: { filled: 6, brokenAt: 7 },
  bounced: { filled: 6, brokenAt: 7 },
} as const satisfies Record<Standing, { filled: number; brokenAt?: number }>;

export function standingInWords(view: View, trace: MessageTrace): string {
  const { standing, used } = words[view.language];
  const reached = standingOf(trace);
  if (reached === "accepted") return standing.accepted[trace.channel];
  const done: Readonly<Record<string, string>> = used;
  return reached === "used" ? (done[trace.kind] ?? standing.used) : standing[reached];
}

/** One step in words; an attempt by its number, what was opened by how. */
export function stepInWords(
  view: View,
  trace: MessageTrace,
  { step, detail }: MessageTrace["steps"][number],
) {
  const say = words[view.language];
  const done: Readonly<Record<string, string>> = say.used;
  if (step === "attempt") return say.attempt(/\d+/.exec(detail)?.[0] ?? "");
  if (step === "accepted") return say.steps.accepted[trace.channel];
  if (step === "opened") return say.steps.opened[detail === "code" ? "code" : ""];
  if (step === "used") return done[trace.kind] ?? say.steps.used;
  return say.steps[step];
}

/** The other side's answer, or our reason in words; "" where the step says it all. */
export function answerOf(view: View, { step, detail }: MessageTrace["steps"][number]): string {
  const say = words[view.language];
  if (step === "attempt" || step === "opened" || step === "seen") return "";
  const number = /^superseded by request No\. (\d+)$/.exec(detail)?.[1];
  if (number) return say.replaced(number);
  const reasons: Readonly<Record<string, string>> = say.reasons;
  return reasons[detail] ?? detail;
}

/** What the desk may read aloud. `hide` masks what is in the server's answer. */
export function adviceOn(
  view: View,
  trace: MessageTrace,
  { sender, hide }: { sender: string; hide: (text: string) => string },
): string {
  const { advice } = words[view.language];
  const time = (at: number) => timeOrDay(at, view.now, view.timeZone, view.language);
  if (trace.channel === "portal") return advice.portal;
  const answer = hide(trace.steps.findLast(({ step }) => telling.has(step))?.detail ?? "");
  switch (standingOf(trace)) {
    case "queued":
    case "sending":
      return advice.waiting;
    case "deferred":
      return /^[45]\d\d/.test(answer)
        ? advice.deferred(answer, time(trace.nextAttemptAt), time(trace.giveUpAt))
        : advice.unreachable(answer, time(trace.nextAttemptAt));
    case "accepted":
    case "sent":
      return trace.channel === "email" ? advice.accepted(answer, sender) : advice.smsAccepted;
    case "delivered":
      return advice.smsDelivered;
    case "seen":
      return advice.seen;
    case "opened":
      return advice.opened;
    case "used":
      return advice.used;
    case "dropped":
      return advice.dropped;
    case "undelivered":
      return advice.sms;
    case "failed":
    case "bounced":
      return trace.channel === "email" ? onRefusal(view, trace, { answer, sender }) : advice.sms;
  }
}

const telling = new Set<string>(["accepted", "deferred", "failed", "bounced", "undelivered", "rejected"]);

function onRefusal(view: View, trace: MessageTrace, told: { answer: string; sender: string }): string {
  const { advice } = words[view.language];
  const { answer, sender } = told;
  if (/(?<![\d.])5\.(1\.(1|2|3|4|6|9|10)|2\.1)(?![\d.])/.test(answer)) return advice.noMailbox(answer);
  if (/(?<![\d.])[45]\.2\.2(?![\d.])/.test(answer)) return advice.full(answer);
  if (/(?<![\d.])5\.7\.\d/.test(answer)) {
    return advice.refusedUs(answer, trace.to.replace(/^.*@/, ""), sender);
  }
  return answer.startsWith("gave up") ? advice.gaveUp(answer.slice(9)) : advice.refused(answer, sender);
}
