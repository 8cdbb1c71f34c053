/** What the page and the files of the figures show, from a handful of reads. */

import type { Role } from "../../accounts/accounts.ts";
import {
  bounds,
  caseBounds,
  type Figure,
  hours,
  OTHERS,
  outdatedCauses,
  partsOf,
  percentile,
  steps,
  type Totals,
  totals,
} from "../../figures/figures.ts";
import type { Reader } from "../../platform/store/store.ts";
import { type QueueNow, queueNow } from "../../support/support.ts";
import { mayAtAll, type Right } from "../rights.ts";
import type { Period, Stretch } from "./periods.ts";

/** In the order of the page; what the desk may see names nobody and tells of no one's sign-ins. */
const chartRights = {
  signIns: "see-all-figures",
  funnel: "see-figures",
  time: "see-figures",
  outdated: "see-figures",
  mail: "see-figures",
  sms: "see-figures",
  staff: "see-all-figures",
  cases: "see-cases",
  decisions: "see-cases",
} as const satisfies Record<string, Right>;

export type Chart = keyof typeof chartRights;

export const charts = Object.keys(chartRights) as Chart[];

export function chartsFor(role: Role): Chart[] {
  return charts.filter((chart) => mayAtAll(role, chartRights[chart]));
}

const read: Record<Chart, readonly Figure[]> = {
  signIns: ["sign-in", "new-device"],
  funnel: ["recovery", "unmatched"],
  time: ["recovery-time"],
  outdated: ["outdated", "recovery"],
  mail: ["mail"],
  sms: ["sms"],
  cases: ["case"],
  decisions: ["case-time"],
  staff: ["staff"],
};

export interface Figures {
  readonly charts: readonly Chart[];
  readonly period: Period;
  readonly now: Totals;
  readonly before: Totals;
  readonly signIns: readonly (Stretch & Tried)[];
  /** What waits at the desk now; undefined where no chart shows it. */
  readonly queue: QueueNow | undefined;
}

export interface Tried {
  readonly done: number;
  readonly refused: number;
}

/** `asked`: the moment whose queue is told. */
export async function readFigures(
  reader: Reader,
  period: Period,
  shown: readonly Chart[],
  asked: number,
): Promise<Figures> {
  const figures = [...new Set(shown.flatMap((chart) => read[chart]))];
  const now = await totals(reader, figures, period);
  const before = await totals(reader, figures, period.before);
  const queue = shown.includes("cases") ? await queueNow(reader, asked) : undefined;
  const rows = shown.includes("signIns") ? await hours(reader, "sign-in", period) : [];
  const signIns = period.parts.map((part) => {
    const within = rows.filter(({ at }) => at >= part.from && at < part.to);
    const of = (result: string) =>
      within
        .filter(({ label }) => partsOf(label).result === result)
        .reduce((sum, { count }) => sum + count, 0);
    return { ...part, done: of("done"), refused: of("refused") };
  });
  return { charts: shown, period, now, before, signIns, queue };
}

export function sum(totals: Totals, figure: Figure, fits: (label: string) => boolean = () => true): number {
  const labels = [...(totals.get(figure) ?? [])];
  return labels.filter(([label]) => fits(label)).reduce((all, [, count]) => all + count, 0);
}

export function tried(totals: Totals): Tried {
  const of = (result: string) => sum(totals, "sign-in", (label) => partsOf(label).result === result);
  return { done: of("done"), refused: of("refused") };
}

/** How often each way in was tried, the most used first. */
export function methods(totals: Totals): (Tried & { method: string })[] {
  const labels = totals.get("sign-in") ?? new Map<string, number>();
  const names = [...new Set([...labels.keys()].map((label) => partsOf(label).about))];
  return names
    .map((method) => ({
      method,
      done: labels.get(`${method} done`) ?? 0,
      refused: labels.get(`${method} refused`) ?? 0,
    }))
    .toSorted((one, other) => other.done + other.refused - one.done - one.refused);
}

export const channels = ["email", "sms"] as const;

export function funnel(totals: Totals): Record<(typeof channels)[number], number[]> {
  const of = (channel: string) => steps.map((step) => totals.get("recovery")?.get(`${channel} ${step}`) ?? 0);
  return { email: of("email"), sms: of("sms") };
}

/** Of both channels together, from the asking on. */
export function wholeFunnel(totals: Totals): number[] {
  const { email, sms } = funnel(totals);
  return steps.map((_, index) => (email[index] ?? 0) + (sms[index] ?? 0));
}

export function unmatched(totals: Totals): [why: string, count: number][] {
  return [...(totals.get("unmatched") ?? [])].toSorted((one, other) => other[1] - one[1]);
}

export function times(totals: Totals) {
  const buckets = totals.get("recovery-time") ?? new Map<string, number>();
  return {
    count: sum(totals, "recovery-time"),
    half: percentile(buckets, 0.5),
    nine: percentile(buckets, 0.9),
    buckets: [...bounds.map(String), "more"].map((bound) => ({ bound, count: buckets.get(bound) ?? 0 })),
  };
}

export function outdated(totals: Totals) {
  const causes = outdatedCauses.map((cause) => ({ cause, count: totals.get("outdated")?.get(cause) ?? 0 }));
  const count = sum(totals, "outdated");
  const opened = wholeFunnel(totals)[steps.indexOf("opened")] ?? 0;
  return { causes, count, share: count + opened === 0 ? 0 : count / (count + opened) };
}

export interface Carried {
  /** A domain, or a gateway and the beginning of the numbers; undefined: all that are not told apart. */
  about: string | undefined;
  sent: number;
  lost: number;
}

/** The most lost first: refused at once, or reported as lost later. */
export function carried(totals: Totals, figure: "mail" | "sms"): Carried[] {
  const labels = totals.get(figure) ?? new Map<string, number>();
  const abouts = [...new Set([...labels.keys()].map((label) => partsOf(label).about))];
  return abouts
    .map((about) => {
      const of = (result: string) => labels.get(`${about} ${result}`) ?? 0;
      return {
        about: about === OTHERS ? undefined : about,
        sent: of("accepted") + of("failed"),
        lost: of("failed") + of("undelivered"),
      };
    })
    .toSorted((one, other) => other.lost - one.lost || other.sent - one.sent);
}

export function allCarried(rows: readonly Carried[]): { sent: number; lost: number } {
  return {
    sent: rows.reduce((all, { sent }) => all + sent, 0),
    lost: rows.reduce((all, { lost }) => all + lost, 0),
  };
}

export const caseTurns = [
  "confirmed",
  "approved",
  "vetoed",
  "refused",
  "stopped",
  "withdrawn",
  "finished",
] as const;

export function cases(totals: Totals): { turn: (typeof caseTurns)[number]; count: number }[] {
  return caseTurns.map((turn) => ({ turn, count: totals.get("case")?.get(turn) ?? 0 }));
}

/** Of the approved cases, those that somebody stopped by «Это не я»; undefined: none was approved. */
export function vetoShare(totals: Totals): number | undefined {
  const approved = totals.get("case")?.get("approved") ?? 0;
  return approved === 0 ? undefined : (totals.get("case")?.get("vetoed") ?? 0) / approved;
}

export function decisions(totals: Totals) {
  const buckets = totals.get("case-time") ?? new Map<string, number>();
  return {
    count: sum(totals, "case-time"),
    half: percentile(buckets, 0.5, caseBounds),
    nine: percentile(buckets, 0.9, caseBounds),
    buckets: [...caseBounds.map(String), "more"].map((bound) => ({ bound, count: buckets.get(bound) ?? 0 })),
  };
}

const HOUR_MS = 3_600_000;

/** Up to which age the open cases are told apart, in hours; the last part has no end. */
export const ages = [4, 24, 72, 168, Number.POSITIVE_INFINITY] as const;

/** How many of the open cases wait for how long. */
export function agesOf({ since }: QueueNow, now: number): { upTo: number; count: number }[] {
  return ages.map((upTo, index) => {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : (ages[index - 1] ?? 0);
    const within = since.filter((at) => now - at > from * HOUR_MS && now - at <= upTo * HOUR_MS);
    return { upTo, count: within.length };
  });
}

export const staffActs = ["link", "one-time", "invited", "blocked", "unblocked", "dismissed"] as const;

export function staff(totals: Totals): { act: (typeof staffActs)[number]; count: number }[] {
  return staffActs.map((act) => ({ act, count: totals.get("staff")?.get(act) ?? 0 }));
}
