import { html, raw } from "hono/html";
import { dayAndTime } from "../../platform/language/times.ts";
import { attributes } from "../../platform/web/attributes.ts";
import { type Bar, bars, columns, legend } from "../../platform/web/charts.ts";
import { notice } from "../../platform/web/notices.ts";
import type { Html, View } from "../../platform/web/view.ts";
import type { Actor } from "../acting.ts";
import { consolePage, table } from "../pages.ts";
import { findingOf, nameOfWayIn } from "./findings.ts";
import { type Days, lengths } from "./periods.ts";
import { ageName, bucketName, decisionName, nameOfWhy, partName, sheetOf } from "./sheets.ts";
import type { Chart, Figures } from "./shown.ts";
import * as shown from "./shown.ts";
import { howLong, percent, words } from "./words.ts";

export const PATH = "/admin/figures";

export function figuresPage(view: View, actor: Actor, figures: Figures, countedUntil: number): Html {
  const say = words[view.language];
  const { period } = figures;
  const from = dayAndTime(period.from, view.timeZone, view.language);
  const behind = view.now - countedUntil > BEHIND_MS;
  return consolePage(view, actor, "figures", {
    title: say.title,
    styles: ["charts.css"],
    action: periodNav(view, period.days),
    body: html`<p class="lead">${say.lead(from, view.timeZone)}</p>
${behind ? notice("info", say.behind(dayAndTime(countedUntil, view.timeZone, view.language))) : ""}
${tiles(view, figures)}
<div class="charts">${figures.charts.map((chart) => chartPart(view, chart, figures))}</div>`,
  });
}

/** Counting comes by every minute; later than that it is worth a word. */
const BEHIND_MS = 5 * 60_000;

function periodNav(view: View, current: Days): Html {
  const say = words[view.language];
  return html`<nav class="periods" aria-label="${say.period}"><ul>${lengths.map((days) => {
    const link = attributes({
      href: `${PATH}?days=${days}`,
      "aria-current": days === current && "page",
    });
    return html`<li><a${link}>${say.days[days]}</a></li>`;
  })}</ul></nav>`;
}

/** The few numbers that one comes for, each beside what it was before. */
function tiles(view: View, { charts, now, before }: Figures): Html {
  const { tiles: say, before: earlier, none } = words[view.language];
  const number = (value: number) => numberOf(view, value);
  const share = (part: number, all: number) => (all === 0 ? none : percent(part / all, view.language));
  const recovered = (totals: typeof now) => {
    const whole = shown.wholeFunnel(totals);
    return share(whole.at(-1) ?? 0, whole[0] ?? 0);
  };
  const half = (totals: typeof now) => {
    const time = shown.times(totals).half;
    return time === undefined ? none : howLong(time, view.language);
  };
  const mail = (totals: typeof now) => {
    const { sent, lost } = shown.allCarried(shown.carried(totals, "mail"));
    return share(lost, sent);
  };
  const refused = (totals: typeof now) => {
    const tried = shown.tried(totals);
    return share(tried.refused, tried.done + tried.refused);
  };
  const rows: [string, (totals: typeof now) => string][] = [
    [say.recovered, recovered],
    [say.half, half],
    [say.mail, mail],
  ];
  if (charts.includes("signIns")) {
    rows.unshift([say.signIns, (totals) => number(shown.tried(totals).done)], [say.refused, refused]);
  }
  return html`<dl class="tiles">${rows.map(
    ([label, value]) =>
      html`<div><dt>${label}</dt>
<dd><strong>${value(now)}</strong> <span>${earlier(value(before))}</span></dd></div>`,
  )}</dl>`;
}

function numberOf(view: View, value: number): string {
  return new Intl.NumberFormat(view.language === "ru" ? "ru-RU" : "en-GB").format(value);
}

function chartPart(view: View, chart: Chart, figures: Figures): Html {
  const say = words[view.language];
  const { what, about } = say[chart];
  const sheet = sheetOf(view, chart, figures);
  const rows = sheet.rows.map((row) =>
    row.map((cell) =>
      typeof cell === "number" ? html`<span class="digits">${numberOf(view, cell)}</span>` : cell,
    ),
  );
  const file = `${PATH}/file?chart=${chart}&days=${figures.period.days}`;
  return html`<section class="chart ${chart}" aria-labelledby="${chart}"><p class="what">${what}</p>
<h2 id="${chart}">${findingOf(view, chart, figures)}</h2><p class="hint">${about}</p>
${drawings[chart](view, figures)}
<div class="behind"><details><summary>${say.tableOf}<span class="unseen">: ${what}</span></summary>
<div>${table(what, sheet.heads, rows)}</div></details>
<a href="${file}" download aria-label="${say.fileOf(what)}">${say.file}</a></div></section>`;
}

type Drawing = (view: View, figures: Figures) => Html;

const nothing = raw("");

const drawings: Record<Chart, Drawing> = {
  signIns: (view, { now, signIns, period }) => {
    const say = words[view.language].signIns;
    const { done, refused } = shown.tried(now);
    if (done + refused === 0) return nothing;
    const name = (at: number) => partName(view, at, period.days);
    const [first] = signIns;
    const middle = signIns[Math.floor(signIns.length / 2)];
    const last = signIns.at(-1);
    const newDevices = shown.sum(now, "new-device");
    const all = done + refused;
    return html`${legend([say.done, say.refused])}${columns({
      label: `${say.done}: ${done}, ${say.refused}: ${refused}`,
      columns: signIns.map((part) => ({
        told: say.told(name(part.from), part.done, part.refused),
        parts: [part.done, part.refused],
      })),
      marks: [first, middle, last].map((part) => (part ? name(part.from) : "")),
      format: (value) => numberOf(view, value),
    })}
<h3>${say.byMethod}</h3>${bars(
      say.byMethod,
      shown.methods(now).map((row) => ({
        label: nameOfWayIn(view, row.method),
        share: row.done / all,
        value: `${numberOf(view, row.done)} · ${say.refused} ${numberOf(view, row.refused)}`,
      })),
    )}${newDevices > 0 ? html`<p class="hint">${say.newDevices(newDevices)}</p>` : ""}`;
  },
  funnel: (view, { now }) => {
    const say = words[view.language].funnel;
    const names = Object.values(say.steps);
    const both = shown.funnel(now);
    const parts = shown.channels.filter((channel) => (both[channel][0] ?? 0) > 0);
    const others = shown.unmatched(now);
    const most = Math.max(...others.map(([, count]) => count), 1);
    return html`${parts.map((channel, kind) => {
      const steps = both[channel];
      const asked = steps[0] ?? 1;
      const rows = steps.map(
        (count, index): Bar => ({
          label: names[index] ?? "",
          share: count / asked,
          value: html`${numberOf(view, count)} <span>${percent(count / asked, view.language)}</span>`,
          kind: kind === 0 ? 1 : 3,
        }),
      );
      return html`<h3>${say.channels[channel]}</h3>${bars(say.channels[channel], rows)}`;
    })}${
      others.length === 0
        ? ""
        : html`<h3>${say.unmatched}</h3>${bars(
            say.unmatched,
            others.map(([why, count]) => ({
              label: nameOfWhy(view, why),
              share: count / most,
              value: numberOf(view, count),
              kind: 5,
            })),
          )}`
    }`;
  },
  time: (view, { now }) => {
    const { buckets, count } = shown.times(now);
    if (count === 0) return nothing;
    const most = Math.max(...buckets.map((bucket) => bucket.count));
    const last = buckets.findLastIndex((bucket) => bucket.count > 0);
    const rows = buckets.slice(0, last + 1).map((bucket) => ({
      label: bucketName(view, bucket.bound),
      share: bucket.count / most,
      value: numberOf(view, bucket.count),
    }));
    return bars(words[view.language].time.people, rows);
  },
  outdated: (view, { now }) => {
    const say = words[view.language].outdated;
    const { causes, count } = shown.outdated(now);
    if (count === 0) return nothing;
    const rows = causes.map(
      (row): Bar => ({
        label: say.causes[row.cause],
        share: row.count / count,
        value: numberOf(view, row.count),
        kind: 2,
      }),
    );
    return bars(say.cause, rows);
  },
  mail: (view, figures) => carriedBars(view, "mail", figures),
  sms: (view, figures) => carriedBars(view, "sms", figures),
  cases: (view, { now, queue }) => {
    const say = words[view.language].cases;
    const waiting = queue ? shown.agesOf(queue, view.now) : [];
    const turns = shown.cases(now).filter(({ count }) => count > 0);
    const veto = shown.vetoShare(now);
    const inQueue = html`<h3>${say.waiting}</h3>${bars(
      say.waiting,
      barsOf(
        view,
        waiting.map(({ upTo, count }) => ({ label: ageName(view, upTo), count })),
      ),
    )}<p class="hint">${say.overdue(queue?.overdue ?? 0, queue?.unassigned ?? 0)}
<a href="/admin/cases">${say.queue}</a></p>`;
    const ended = html`<h3>${say.ended}</h3>${bars(
      say.ended,
      barsOf(
        view,
        turns.map(({ turn, count }) => ({ label: say.turns[turn], count })),
        4,
      ),
    )}${veto === undefined ? "" : html`<p class="hint">${say.veto(percent(veto, view.language))}</p>`}`;
    return html`${queue && queue.open > 0 ? inQueue : ""}${turns.length > 0 ? ended : ""}`;
  },
  decisions: (view, { now }) => {
    const { buckets, count } = shown.decisions(now);
    if (count === 0) return nothing;
    const last = buckets.findLastIndex((bucket) => bucket.count > 0);
    const rows = buckets.slice(0, last + 1);
    return bars(
      words[view.language].decisions.cases,
      barsOf(
        view,
        rows.map((row) => ({ label: decisionName(view, row.bound), count: row.count })),
      ),
    );
  },
  staff: (view, { now }) => {
    const say = words[view.language].staff;
    const acts = shown.staff(now).filter(({ count }) => count > 0);
    if (acts.length === 0) return nothing;
    const most = Math.max(...acts.map(({ count }) => count));
    const rows = acts.map(
      ({ act, count }): Bar => ({
        label: say.acts[act],
        share: count / most,
        value: numberOf(view, count),
        kind: 4,
      }),
    );
    return bars(say.act, rows);
  },
};

/** The longest one is the most. */
function barsOf(
  view: View,
  rows: readonly { label: string; count: number }[],
  kind: NonNullable<Bar["kind"]> = 1,
): Bar[] {
  const most = Math.max(...rows.map(({ count }) => count), 1);
  return rows.map(({ label, count }) => ({ label, share: count / most, value: numberOf(view, count), kind }));
}

/** As many as one reads; the table has all. */
const MOST_BARS = 8;

function carriedBars(view: View, chart: "mail" | "sms", { now }: Figures): Html {
  const { [chart]: say, others } = words[view.language];
  const rows = shown.carried(now, chart).slice(0, MOST_BARS);
  if (rows.length === 0) return nothing;
  return bars(
    say.key,
    rows.map(({ about, sent, lost }): Bar => {
      const share = sent === 0 ? 0 : lost / sent;
      return {
        label: about ?? others,
        share,
        value: html`${percent(share, view.language)} <span>${say.ofAll(lost, sent)}</span>`,
        kind: 2,
      };
    }),
  );
}
