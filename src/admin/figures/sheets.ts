/** What each chart shows as rows: the table behind it and the file of it are the same. */

import { timeOrDay } from "../../platform/language/times.ts";
import type { View } from "../../platform/web/view.ts";
import { nameOfWayIn } from "./findings.ts";
import type { Chart, Figures } from "./shown.ts";
import * as shown from "./shown.ts";
import { howLong, percent, words } from "./words.ts";

export interface Sheet {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

type Asked = Pick<View, "language" | "timeZone" | "now">;

const sheets = {
  signIns,
  funnel,
  time,
  outdated,
  mail: (view, figures) => carried(view, "mail", figures),
  sms: (view, figures) => carried(view, "sms", figures),
  cases,
  decisions,
  staff,
} as const satisfies Record<Chart, (view: Asked, figures: Figures) => Sheet>;

export function sheetOf(view: Asked, chart: Chart, figures: Figures): Sheet {
  return sheets[chart](view, figures);
}

/** «14:00» of today, «22 ноября» of other days: as the columns are called. */
export function partName(view: Asked, at: number, days: number): string {
  if (days === 1) return timeOrDay(at, view.now, view.timeZone, view.language);
  const language = view.language === "ru" ? "ru-RU" : "en-GB";
  // An hour later: a day that begins within an hour of UTC is counted from the beginning of that hour.
  return new Intl.DateTimeFormat(language, {
    timeZone: view.timeZone,
    day: "numeric",
    month: "short",
  }).format(at + 3_600_000);
}

function signIns(view: Asked, figures: Figures): Sheet {
  const say = words[view.language].signIns;
  const byTime = figures.signIns.map(({ from, done, refused }) => [
    partName(view, from, figures.period.days),
    done,
    refused,
  ]);
  const byMethod = shown
    .methods(figures.now)
    .map(({ method, done, refused }) => [nameOfWayIn(view, method), done, refused]);
  return {
    heads: [`${say.when} / ${say.method.toLowerCase()}`, say.done, say.refused],
    rows: [...byTime, ...byMethod],
  };
}

/** Why no link followed a request. */
export function nameOfWhy({ language }: Pick<View, "language">, why: string): string {
  const names: Readonly<Record<string, string>> = words[language].funnel.why;
  return names[why] ?? why;
}

function funnel(view: Asked, figures: Figures): Sheet {
  const { funnel: say, earlier } = words[view.language];
  const now = shown.funnel(figures.now);
  const before = shown.funnel(figures.before);
  const rows = shown.channels.flatMap((channel) =>
    Object.values(say.steps).map((step, index) => [
      `${say.channels[channel]}: ${step}`,
      now[channel][index] ?? 0,
      before[channel][index] ?? 0,
    ]),
  );
  const others = shown
    .unmatched(figures.now)
    .map(([why, count]) => [
      `${say.unmatched}: ${nameOfWhy(view, why)}`,
      count,
      figures.before.get("unmatched")?.get(why) ?? 0,
    ]);
  return { heads: [say.step, say.requests, earlier], rows: [...rows, ...others] };
}

export function bucketName(view: Asked, bound: string): string {
  const say = words[view.language].time;
  return bound === "more" ? say.more : say.upTo(howLong(Number(bound) * 1_000, view.language, "up to"));
}

function time(view: Asked, figures: Figures): Sheet {
  const { time: say, earlier } = words[view.language];
  const before = shown.times(figures.before).buckets;
  const rows = shown
    .times(figures.now)
    .buckets.map(({ bound, count }, index) => [bucketName(view, bound), count, before[index]?.count ?? 0]);
  return { heads: [say.bucket, say.people, earlier], rows };
}

function outdated(view: Asked, figures: Figures): Sheet {
  const { outdated: say, earlier } = words[view.language];
  const before = shown.outdated(figures.before).causes;
  const rows = shown
    .outdated(figures.now)
    .causes.map(({ cause, count }, index) => [say.causes[cause], count, before[index]?.count ?? 0]);
  return { heads: [say.cause, say.times, earlier], rows };
}

function carried(view: Asked, chart: "mail" | "sms", figures: Figures): Sheet {
  const { [chart]: say, others, earlier } = words[view.language];
  const before = new Map(shown.carried(figures.before, chart).map((row) => [row.about, row]));
  const rows = shown.carried(figures.now, chart).map(({ about, sent, lost }) => {
    const old = before.get(about);
    const share = (part: number, all: number) => percent(all === 0 ? 0 : part / all, view.language);
    return [about ?? others, sent, lost, share(lost, sent), old ? share(old.lost, old.sent) : ""];
  });
  return { heads: [say.key, say.sent, say.lostHead, "%", earlier], rows };
}

export function ageName(view: Asked, upTo: number): string {
  const say = words[view.language].cases;
  const last = shown.ages.at(-2) ?? 0;
  const hours = (count: number) => howLong(count * 3_600_000, view.language, "up to");
  return Number.isFinite(upTo) ? say.upTo(hours(upTo)) : say.more(hours(last));
}

function cases(view: Asked, { now, before, queue }: Figures): Sheet {
  const { cases: say, earlier } = words[view.language];
  const old = shown.cases(before);
  const turns = shown
    .cases(now)
    .map(({ turn, count }, index) => [say.turns[turn], count, old[index]?.count ?? 0]);
  const waiting = queue ? shown.agesOf(queue, view.now) : [];
  const rows = waiting.map(({ upTo, count }) => [`${say.waiting}: ${ageName(view, upTo)}`, count, ""]);
  return { heads: [say.turn, say.cases, earlier], rows: [...rows, ...turns] };
}

export function decisionName(view: Asked, bound: string): string {
  const say = words[view.language].decisions;
  return bound === "more" ? say.more : say.upTo(howLong(Number(bound) * 1_000, view.language, "up to"));
}

function decisions(view: Asked, figures: Figures): Sheet {
  const { decisions: say, earlier } = words[view.language];
  const before = shown.decisions(figures.before).buckets;
  const rows = shown
    .decisions(figures.now)
    .buckets.map(({ bound, count }, index) => [decisionName(view, bound), count, before[index]?.count ?? 0]);
  return { heads: [say.bucket, say.cases, earlier], rows };
}

function staff(view: Asked, figures: Figures): Sheet {
  const { staff: say, earlier } = words[view.language];
  const before = shown.staff(figures.before);
  const rows = shown
    .staff(figures.now)
    .map(({ act, count }, index) => [say.acts[act], count, before[index]?.count ?? 0]);
  return { heads: [say.act, say.times, earlier], rows };
}
