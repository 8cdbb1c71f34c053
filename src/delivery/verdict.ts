/** What becomes of a row after an attempt. */
import { type Outcome, traceDetail } from "./attempt.ts";
import { FIRST_ASKED_AFTER_MS } from "./reports/reports.ts";
import { delayAfter, LONGEST_WAIT_WHILE_DOWN_MS } from "./retry.ts";
import type { MessageRow, Step } from "./rows.ts";
import type { Route } from "./transport.ts";

export type Verdict =
  | {
      readonly kind: "over";
      readonly state: "sent" | "failed" | "dropped";
      readonly step: "accepted" | "failed" | "dropped";
      readonly detail: string;
      /** What is kept of an SMS that a gateway took over. */
      readonly taken?: Pick<MessageRow, "gateway" | "reference" | "status" | "ask_at">;
    }
  | {
      readonly kind: "again";
      readonly nextAttemptAt: number;
      readonly trouble: "connection" | "answer";
      readonly detail: string;
    };

/** Judges an outcome at the time `now`: the row is over, or it is tried again, until its time is up. */
export function verdictOn(row: MessageRow, outcome: Outcome, now: number): Verdict {
  const detail = traceDetail(outcome.answer);
  switch (outcome.kind) {
    case "accepted":
      return { kind: "over", state: "sent", step: "accepted", detail, ...takenBy(outcome.route, now) };
    case "dropped":
      return { kind: "over", state: "dropped", step: "dropped", detail };
    case "refused":
    case "failed":
      return { kind: "over", state: "failed", step: "failed", detail };
    case "later":
    case "unwritten":
      return againOrOver(row, { now, delay: delayAfter(row.attempts), trouble: "answer", detail });
    case "unknown":
      // A second SMS costs money and frightens, so a lost answer ends it; the person presses "send again".
      if (row.channel === "sms") return { kind: "over", state: "failed", step: "failed", detail };
      return againOrOver(row, { now, delay: delayAfter(row.attempts), trouble: "connection", detail });
    case "unreachable": {
      const delay = Math.min(delayAfter(row.attempts), LONGEST_WAIT_WHILE_DOWN_MS);
      return againOrOver(row, { now, delay, trouble: "connection", detail });
    }
  }
}

function takenBy(route: Route | undefined, now: number) {
  if (!route) return {};
  const { gateway, reference, asked } = route;
  return {
    taken: {
      gateway,
      reference,
      status: "accepted" as const,
      ask_at: asked ? now + FIRST_ASKED_AFTER_MS : null,
    },
  };
}

/** The steps of one attempt for the trace: who did not take it, and how it ended. */
export function stepsOf(outcome: Outcome, verdict: Verdict): { step: Step; detail: string }[] {
  const declined = "route" in outcome ? (outcome.route?.declined ?? []) : [];
  return [
    ...declined.map(({ gateway, kind, answer }) => ({
      step: "declined" as const,
      detail: traceDetail(`${gateway}: ${kind}, ${answer}`),
    })),
    { step: verdict.kind === "over" ? verdict.step : "deferred", detail: verdict.detail },
  ];
}

function againOrOver(
  row: MessageRow,
  wish: { now: number; delay: number; trouble: "connection" | "answer"; detail: string },
): Verdict {
  const { now, delay, trouble, detail } = wish;
  if (now >= row.give_up_at) {
    return { kind: "over", state: "failed", step: "failed", detail: `gave up: ${detail}` };
  }
  // The last attempt is made when the time is up, and not an hour before.
  return { kind: "again", nextAttemptAt: Math.min(now + delay, row.give_up_at), trouble, detail };
}
