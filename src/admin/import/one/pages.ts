/** One import, by what it waits for. */
import { html, raw } from "hono/html";
import { type Import, importWords } from "../../../imports/imports.ts";
import {
  backLink,
  form,
  linkButton,
  primaryButton,
  problemSummary,
  quietButton,
} from "../../../platform/web/fields.ts";
import { notice } from "../../../platform/web/notices.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Actor } from "../../acting.ts";
import { consolePage } from "../../pages.ts";
import { linesSection, type ShownLines } from "../lines/pages.ts";
import { progressSection } from "../progress/pages.ts";
import { type Settling, settlingForms } from "../settling/pages.ts";
import { stateChip } from "../upload/pages.ts";
import { words } from "../words.ts";

export interface ShownImport {
  job: Import;
  isOwn: boolean;
  /** It has been tried out, or done. */
  lines?: ShownLines;
  settling?: Settling;
  told?: string | undefined;
}

export function importPage(view: View, actor: Actor, shown: ShownImport): Html {
  const say = words[view.language];
  const { job, settling, told } = shown;
  const problems = settling?.problems ?? [];
  return consolePage(view, actor, "import", {
    title: job.fileName,
    hasProblems: problems.length > 0,
    styles: ["import.css"],
    scripts: ["import.js"],
    action: stateChip(view, job),
    body: html`${backLink("/admin/import", say.back)}
${problemSummary(view, problems)}
${told === undefined ? "" : notice("info", told)}
${bodyOf(view, shown)}`,
  });
}

function bodyOf(view: View, { job, isOwn, lines, settling }: ShownImport): Html {
  const say = words[view.language];
  switch (job.state) {
    case "receiving":
      return html`<p>${say.receivingLead}</p>${remove(view, job)}`;
    case "settling":
      return html`${settling ? settlingForms(view, settling) : ""}${remove(view, job)}`;
    case "checked":
      return settling
        ? html`${settlingForms(view, settling)}${remove(view, job)}`
        : html`${isOwn ? checked(view, job) : notice("info", say.outcome.checked)}
${lines ? linesSection(view, job, lines) : ""}${remove(view, job)}`;
    case "checking":
    case "running":
    case "inviting":
      return progressSection(view, job);
    case "done":
    case "cancelled":
    case "failed":
      return html`${ended(view, job)}${lines && job.doneRows > 0 ? linesSection(view, job, lines) : ""}`;
  }
}

/** One press brings everybody along. */
function checked(view: View, job: Import): Html {
  const say = words[view.language].outcome;
  const { added, updated, number } = job.counts;
  const address = `/admin/import/${job.id}`;
  const isNothing = added + updated + number === 0;
  const run = form(view, { action: `${address}/run`, body: primaryButton(say.run(added, updated)) });
  const change = linkButton(`${address}?settings`, words[view.language].change);
  return html`${notice("info", isNothing ? say.nothing : say.checked)}
${chosen(view, job)}
<div class="acts steer">${isNothing ? "" : run}${change}</div>
${errorFile(view, job)}`;
}

function chosen(view: View, { settings }: Import): Html {
  const { options, outcome } = words[view.language];
  if (!settings) return raw("");
  const { match, vouch, invite, language } = settings;
  const invited = invite ? options.languages[language ?? "ru"] : undefined;
  return html`<p class="lead">${outcome.chosen(options.matches[match], vouch, invited)}</p>`;
}

function ended(view: View, job: Import): Html {
  const say = words[view.language].outcome;
  if (job.state === "failed") {
    const why = importWords[view.language].unreadable[job.problem ?? "fault"] ?? "";
    return html`${notice("danger", html`${say.failed} ${why}`)}${errorFile(view, job)}`;
  }
  if (job.state === "cancelled")
    return html`${notice("warn", job.doneRows === 0 ? say.removed : say.cancelled)}
${errorFile(view, job)}`;
  return html`${notice("success", say.done)}${errorFile(view, job)}`;
}

function errorFile(view: View, job: Import): Html {
  const say = words[view.language].outcome;
  const { refused } = job.counts;
  if (refused === 0) return raw("");
  const link = linkButton(`/admin/import/${job.id}/errors`, say.errors(refused));
  return html`<div class="errors"><div class="acts">${link}</div>
<p class="hint">${say.errorsHint}</p></div>`;
}

function remove(view: View, job: Import): Html {
  const say = words[view.language];
  const body = html`<div class="acts">${quietButton(say.remove)}</div>`;
  return form(view, { action: `/admin/import/${job.id}/do/stop`, body });
}
