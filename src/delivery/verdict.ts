/** What becomes of a row after an attempt. */
import { type Outcome, traceDetail } from "./attempt.ts";
import { delayAfter, LONGEST_WAIT_WHILE_DOWN_MS } from "./retry.ts";
import type { MessageRow } from "./rows.ts";

export type Verdict =
  | {
      readonly kind: "over";
      readonly state: "sent" | "failed" | "dropped";
      readonly step: "accepted" | "failed" | "dropped";
      readonly detail: string;
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
      return { kind: "over", state: "sent", step: "accepted", detail };
    case "dropped":
      return { kind: "over", state: "dropped", step: "dropped", detail };
    case "refused":
    case "failed":
      return { kind: "over", state: "failed", step: "failed", detail };
    case "later":
    case "unwritten":
      return againOrOver(row, { now, delay: delayAfter(row.attempts), trouble: "answer", detail });
    case "unknown":
      return againOrOver(row, { now, delay: delayAfter(row.attempts), trouble: "connection", detail });
    case "unreachable": {
      const delay = Math.min(delayAfter(row.attempts), LONGEST_WAIT_WHILE_DOWN_MS);
      return againOrOver(row, { now, delay, trouble: "connection", detail });
    }
  }
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
