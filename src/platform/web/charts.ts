/**
 * Charts as drawings of the server: shapes alone are SVG and stretch with the window, everything that is read
 * is text of the page beside them. What they show stands in a table as well.
 */
import { html, raw } from "hono/html";
import type { Html } from "./view.ts";

export interface Column {
  /** What the column stands for, with its numbers: told when one points at it. */
  readonly told: string;
  /** From the ground up, one number for each kind. */
  readonly parts: readonly number[];
}

/** Columns over time, each of stacked parts; `marks` stand below, spread from the first to the last. */
export function columns(chart: {
  label: string;
  columns: readonly Column[];
  marks: readonly string[];
  format: (value: number) => string;
}): Html {
  const sums = chart.columns.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const top = roundTop(Math.max(...sums, 0));
  const count = chart.columns.length;
  const lines = raw([0, 50, 100].map((y) => `<path class="line" d="M0 ${y}H${count * 10}"/>`).join(""));
  const scale = [top, top / 2, 0].map((value) => html`<li>${chart.format(value)}</li>`);
  const shapes = chart.columns.map(({ told, parts }, index) => column(index * 10, { told, parts, top }));
  return html`<div class="columns" role="img" aria-label="${chart.label}">
<ol class="scale" aria-hidden="true">${scale}</ol>
<svg viewBox="0 0 ${count * 10} 100" preserveAspectRatio="none" aria-hidden="true">${lines}${shapes}</svg>
<ol class="marks" aria-hidden="true">${chart.marks.map((mark) => html`<li>${mark}</li>`)}</ol></div>`;
}

function column(x: number, { told, parts, top }: Column & { top: number }): Html {
  let ground = 100;
  const shapes = parts.map((part, kind) => {
    const height = (part / top) * 100;
    ground -= height;
    if (height === 0) return "";
    const place = `x="${x + 1}" width="8" y="${round(ground)}" height="${round(height)}"`;
    return `<rect class="kind-${kind + 1}" ${place}/>`;
  });
  const reach = `<rect class="reach" x="${x}" width="10" y="0" height="100"/>`;
  return html`<g><title>${told}</title>${raw(reach + shapes.join(""))}</g>`;
}

/** What stands at the top of a scale: a round number whose half is round as well. */
export function roundTop(value: number): number {
  const most = Math.max(value, 2);
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].find(
    (times) => times * power >= most && (times * power) % 2 === 0,
  );
  return (step ?? 10) * power;
}

export interface Bar {
  readonly label: string | Html;
  /** Of the whole width, 0 to 1. */
  readonly share: number;
  /** What it says, in numbers. */
  readonly value: string | Html;
  readonly kind?: 1 | 2 | 3 | 4 | 5;
}

/** One bar below the other, each with its name before and its numbers behind it. */
export function bars(label: string, rows: readonly Bar[]): Html {
  return html`<ul class="bars" aria-label="${label}">${rows.map(
    ({ label: name, share, value, kind = 1 }) =>
      html`<li><span class="name">${name}</span><svg class="bar" aria-hidden="true">${raw(
        `<rect class="rail" width="100%" height="100%"/>` +
          `<rect class="kind-${kind}" width="${round(Math.min(1, share) * 100)}%" height="100%"/>`,
      )}</svg><span class="value">${value}</span></li>`,
  )}</ul>`;
}

/** What the colours stand for, in the order of the parts. */
export function legend(names: readonly string[]): Html {
  return html`<ul class="legend">${names.map(
    (name, index) =>
      html`<li><svg aria-hidden="true">${raw(
        `<rect class="kind-${index + 1}" width="100%" height="100%"/>`,
      )}</svg>${name}</li>`,
  )}</ul>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
