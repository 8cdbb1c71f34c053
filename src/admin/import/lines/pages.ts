/** The tally of an import, which is the way through its rows, and a page of them. */
import { html } from "hono/html";
import {
  type Import,
  type ImportLine,
  importWords,
  type LinesShown,
  verdicts,
} from "../../../imports/imports.ts";
import { attributes } from "../../../platform/web/attributes.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import { pager, table } from "../../pages.ts";
import { words } from "../words.ts";

export const shows: readonly LinesShown[] = ["all", "troubled", ...verdicts];

export interface ShownLines {
  show: LinesShown;
  lines: readonly ImportLine[];
  next: number | undefined;
  isFirst: boolean;
}

export function linesSection(view: View, job: Import, shown: ShownLines): Html {
  const say = words[view.language].lines;
  const { show, lines, next, isFirst } = shown;
  const address = addressOfLines(job, show);
  return html`<section class="rows" id="rows">${tally(view, job, show)}
${lines.length === 0 ? html`<p>${say.empty}</p>` : linesTable(view, job, lines)}
${pager(view, say.caption, {
  first: isFirst ? undefined : `${address}#rows`,
  next: next === undefined ? undefined : `${address}&after=${next}#rows`,
})}</section>`;
}

function addressOfLines(job: Import, show: LinesShown): string {
  return `/admin/import/${job.id}?show=${show}`;
}

function tally(view: View, job: Import, current: LinesShown): Html {
  const say = words[view.language].tally;
  const { counts, state } = job;
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  const names = state === "checked" ? say.will : say.did;
  const item = (show: LinesShown, label: string, count: number) => {
    const href = `${addressOfLines(job, show)}#rows`;
    const link = attributes({ href, "aria-current": show === current && "true" });
    return html`<li><a${link}><b class="digits">${say.number(count)}</b><span>${label}</span></a></li>`;
  };
  const met = verdicts.filter((verdict) => counts[verdict] > 0);
  return html`<nav class="tally" aria-label="${say.label}"><ul>
${item("all", say.all, all)}
${met.map((verdict) => item(verdict, names[verdict], counts[verdict]))}
${counts.noted > 0 ? item("troubled", say.troubled, counts.noted) : ""}</ul></nav>`;
}

function linesTable(view: View, job: Import, lines: readonly ImportLine[]): Html {
  const { lines: say, tally } = words[view.language];
  const { reasons } = importWords[view.language];
  const names = job.state === "checked" ? tally.will : tally.ofOne;
  const rows = lines.map(({ line, shown, verdict, notes, accountId }) => {
    const name = html`<bdi>${shown || say.unnamed}</bdi>`;
    return [
      html`<span class="digits">${line}</span>`,
      accountId === null ? name : html`<a href="/admin/users/${accountId}">${name}</a>`,
      html`<span class="verdict ${verdict}">${names[verdict]}</span>`,
      notes.map((note) => reasons[note] ?? note).join("; "),
    ];
  });
  return table(say.caption, [say.line, say.who, say.what, say.notes], rows);
}
