/** Which figures there are, what their labels mean, and how an event of the record becomes a count. */
import type { AuditEvent } from "../audit/audit.ts";
import { bucketOf, caseBounds } from "./histogram.ts";

/**
 * `sign-in`: method and result · `new-device` · `recovery`: channel and step of the funnel, in the hour of
 * the request · `unmatched`: requests that no way back in could follow, by why · `recovery-time`: the
 * bucket · `outdated`: why a link or code opened nothing · `mail`: domain and result · `sms`: gateway,
 * beginning of the number and result · `staff`: what staff did · `case`: what became of cases at the desk ·
 * `case-time`: the bucket from the confirmed address to the decision.
 */
export const figureNames = [
  "sign-in",
  "new-device",
  "recovery",
  "unmatched",
  "recovery-time",
  "outdated",
  "mail",
  "sms",
  "staff",
  "case",
  "case-time",
] as const;

export type Figure = (typeof figureNames)[number];

/** Why a page of an outdated link or code was shown. Nobody sees it who has not had the message. */
export const outdatedCauses = ["superseded", "expired", "used", "revoked"] as const;

export type OutdatedCause = (typeof outdatedCauses)[number];

/** Of the funnel, each implying those before it. */
export const steps = ["asked", "sent", "opened", "changed"] as const;

export type Step = (typeof steps)[number];

/** The kinds of messages that bring a link or code to somebody who asked for it. */
export const waysBack: readonly string[] = ["recovery", "recovery-code"];

const staffActs: Readonly<Record<string, string>> = {
  "account.blocked": "blocked",
  "account.unblocked": "unblocked",
  "account.dismissed": "dismissed",
  "recovery.sent": "link",
  "password.issued": "one-time",
  "invitation.sent": "invited",
};

/** Turns of a case, by the action: each is told by its last word. */
const caseTurns = ["confirmed", "approved", "refused", "vetoed", "stopped", "withdrawn", "finished"] as const;

/** What one event adds to, beside what it does to a way back in. A new figure of the record is one line. */
export function countsOf({ action, detail }: AuditEvent): { figure: Figure; label: string }[] {
  if (action === "session.started" || action === "session.refused") {
    const result = action === "session.started" ? "done" : "refused";
    const method = typeof detail.service === "string" ? detail.service : String(detail.method);
    const counts: { figure: Figure; label: string }[] = [{ figure: "sign-in", label: `${method} ${result}` }];
    if (detail.newDevice === 1) counts.push({ figure: "new-device", label: "" });
    return counts;
  }
  if (action === "recovery.asked" && detail.result !== "person") {
    return [{ figure: "unmatched", label: String(detail.result) }];
  }
  const turn = caseTurns.find((name) => action === `case.${name}`);
  if (turn) {
    const counts: { figure: Figure; label: string }[] = [{ figure: "case", label: turn }];
    const took = detail.decidedAfterMs;
    if (typeof took === "number") counts.push({ figure: "case-time", label: bucketOf(took, caseBounds) });
    return counts;
  }
  const act = staffActs[action];
  return act === undefined ? [] : [{ figure: "staff", label: act }];
}

/** Figures whose labels others choose by what they type or own; of each only so many a day are told apart. */
export const openFigures: readonly Figure[] = ["mail", "sms"];

/** What stands for all labels beyond those. */
export const OTHERS = "*";

/** `mail.ru accepted` -> what it is about and how it ended. */
export function partsOf(label: string): { about: string; result: string } {
  const space = label.lastIndexOf(" ");
  return { about: label.slice(0, space), result: label.slice(space + 1) };
}
