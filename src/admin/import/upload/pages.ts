/** Where a file is uploaded, and the imports there have been. */
import { html } from "hono/html";
import type { Import } from "../../../imports/imports.ts";
import { attributes } from "../../../platform/web/attributes.ts";
import { fileField } from "../../../platform/web/choice-fields.ts";
import { type FieldProblem, form, primaryButton, problemSummary } from "../../../platform/web/fields.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import type { Actor } from "../../acting.ts";
import { consolePage, moment, pager, table } from "../../pages.ts";
import { words } from "../words.ts";

const PATH = "/admin/import";

export interface ShownImports {
  imports: readonly Import[];
  names: ReadonlyMap<string, string>;
  next: string | undefined;
  isFirst: boolean;
  problems: readonly FieldProblem[];
}

export function uploadPage(view: View, actor: Actor, shown: ShownImports): Html {
  const say = words[view.language];
  const { problems, next, isFirst } = shown;
  return consolePage(view, actor, "import", {
    title: say.title,
    hasProblems: problems.length > 0,
    styles: ["import.css"],
    scripts: ["import.js"],
    body: html`${problemSummary(view, problems)}
<p class="lead">${say.lead}</p>
${isFirst ? uploadForm(view, problems) : ""}
<section class="apart"><h2>${say.earlier}</h2>
${shown.imports.length === 0 ? html`<p>${say.empty}</p>` : importsTable(view, actor, shown)}
${pager(view, say.earlier, {
  first: isFirst ? undefined : PATH,
  next: next && `${PATH}?before=${next}`,
})}</section>`,
  });
}

function uploadForm(view: View, problems: readonly FieldProblem[]): Html {
  const say = words[view.language];
  const plain = html`<noscript> ${say.fileHintPlain}</noscript>`;
  const body = html`${fileField(view, {
    name: "file",
    label: say.file,
    hint: html`${say.fileHint}.${plain}`,
    accept: ".csv,.txt,.sql,.jsonl,.ndjson,.json,text/csv,text/plain",
    problems,
  })}
<div class="acts">${primaryButton(say.upload)}</div>`;
  const told = attributes({ "data-pieces": say.uploading, "data-stopped": say.uploadStopped });
  return html`<div class="upload"${told}>${form(view, { action: PATH, upload: true, body })}</div>`;
}

function importsTable(view: View, actor: Actor, { imports, names }: ShownImports): Html {
  const say = words[view.language];
  const { columns } = say;
  const isOwner = actor.role === "owner";
  const rows = imports.map((job) => {
    const { added, updated, refused } = job.counts;
    const isUndone = job.state === "receiving" || job.state === "settling";
    const cells = [
      html`<a href="${PATH}/${job.id}"><bdi>${job.fileName}</bdi></a>`,
      stateChip(view, job),
      isUndone ? "—" : say.brief(added, updated, refused),
      moment(view, job.createdAt),
    ];
    const who = job.createdBy === "cli" ? say.terminal : html`<bdi>${names.get(job.createdBy) ?? "—"}</bdi>`;
    return isOwner ? [...cells.slice(0, 3), who, ...cells.slice(3)] : cells;
  });
  const heads = [
    columns.file,
    columns.state,
    columns.people,
    ...(isOwner ? [columns.who] : []),
    columns.when,
  ];
  return table(say.earlier, heads, rows);
}

/** Told by a word and a shape. */
export function stateChip(view: View, { state, isPaused }: Import): Html {
  const tones = {
    receiving: "waiting",
    settling: "waiting",
    checking: "waiting",
    checked: "waiting",
    running: "waiting",
    inviting: "waiting",
    done: "active",
    cancelled: "dismissed",
    failed: "blocked",
  } as const satisfies Record<Import["state"], string>;
  const say = words[view.language].states;
  return html`<span class="status ${tones[state]}">${isPaused ? say.paused : say[state]}</span>`;
}
