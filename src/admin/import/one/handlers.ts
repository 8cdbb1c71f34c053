/** One import: settled, tried out, begun, held up, ended. */
import {
  cancelImport,
  delimiters,
  encodings,
  formats,
  type Import,
  type ImportSettings,
  importFor,
  importWords,
  linesOfImport,
  pauseImport,
  recogniseImport,
  resumeImport,
  samplesOf,
  startImport,
} from "../../../imports/imports.ts";
import type { WebContext } from "../../../platform/web/context.ts";
import type { FieldProblem } from "../../../platform/web/fields.ts";
import { readForm } from "../../../platform/web/form-body.ts";
import { Refusal } from "../../../platform/web/refusals.ts";
import { recordLook } from "../../acting.ts";
import { type AdminTools, proofWanted } from "../../handling.ts";
import { type At, doer, importAt, ownImportAt } from "../at.ts";
import { errorFile } from "../lines/errors.ts";
import { type ShownLines, shows } from "../lines/pages.ts";
import { isAtWork } from "../progress/pages.ts";
import { problemOfStart, readDraft } from "../settling/draft.ts";
import { words } from "../words.ts";
import { importPage } from "./pages.ts";

const PAGE_SIZE = 50;
const SAMPLES = 3;

export function addressOf({ id }: Pick<Import, "id">): string {
  return `/admin/import/${encodeURIComponent(id)}`;
}

/** What shows people is on record; how far it got is not, and is asked for often. */
export async function showImport(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, job, isOwn } = await importAt(tools, c);
  const view = c.get("view");
  const told = c.req.query("elsewhere") === undefined ? undefined : words[view.language].problems.elsewhere;
  if (isAtWork(job) || job.state === "receiving")
    return c.html(importPage(view, actor, { job, isOwn, told }));
  const settles =
    job.state === "settling" || (job.state === "checked" && c.req.query("settings") !== undefined);
  if (settles && isOwn && job.settings) return settle(tools, c, { actor, job, isOwn }, job.settings, []);
  const lines = await readLines(tools, c, job);
  const detail = { import: job.id, file: job.fileName, show: lines.show };
  await recordLook(tools, actor, { action: "imports.viewed", accountId: null, detail });
  return c.html(importPage(view, actor, { job, isOwn, lines, told }));
}

async function readLines(tools: AdminTools, c: WebContext, job: Import): Promise<ShownLines> {
  const show = shows.find((each) => each === c.req.query("show")) ?? "all";
  const asked = c.req.query("after") ?? "";
  const after = /^\d{1,15}$/.test(asked) ? Number(asked) : 0;
  const found = await linesOfImport(tools.store.read, job, { show, after, most: PAGE_SIZE + 1 });
  const lines = found.slice(0, PAGE_SIZE);
  const next = found.length > PAGE_SIZE ? lines.at(-1)?.line : undefined;
  return { show, lines, next, isFirst: after === 0 };
}

async function settle(
  tools: AdminTools,
  c: WebContext,
  { actor, job, isOwn }: At,
  settings: ImportSettings,
  problems: readonly FieldProblem[],
): Promise<Response> {
  const detail = { import: job.id, file: job.fileName, show: "samples" };
  await recordLook(tools, actor, { action: "imports.viewed", accountId: null, detail });
  const isDump = settings.source.format === "bitrix";
  const samples = isDump ? [] : await samplesOf(tools, job.id, settings.source, SAMPLES);
  const settling = { job, settings, samples, problems };
  return c.html(importPage(c.get("view"), actor, { job, isOwn, settling }), problems.length > 0 ? 422 : 200);
}

/** The file read anew, in another way. */
export async function takeReading(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = await ownImportAt(tools, c);
  const { job } = at;
  const form = await readForm(c);
  if (!job.settings) return c.redirect(addressOf(job), 303);
  const recognised = await recogniseImport(tools, job.id, {
    format: formats.find((each) => each === form.text("format")),
    encoding: encodings.find((each) => each === form.text("encoding")),
    delimiter: delimiters.find((each) => each === form.text("delimiter")),
  });
  if (recognised.kind === "recognised") return c.redirect(addressOf(job), 303);
  const field = recognised.kind === "encoding" ? "encoding" : "format";
  const text = importWords[c.get("view").language].unreadable[recognised.kind] ?? "";
  return settle(tools, c, at, job.settings, [{ field, text }]);
}

export async function takeCheck(tools: AdminTools, c: WebContext): Promise<Response> {
  const at = await ownImportAt(tools, c);
  const { job, actor } = at;
  const say = words[c.get("view").language].problems;
  if (!job.settings) return c.redirect(`${addressOf(job)}?elsewhere`, 303);
  const { settings } = job;
  const draft = readDraft(await readForm(c), { ...job, settings }, actor.address, say);
  if (draft.problems.length > 0) return settle(tools, c, at, draft.settings, draft.problems);
  const started = await startImport(tools, job.id, "checking", draft.settings);
  switch (started.kind) {
    case "started":
      return c.redirect(addressOf(job), 303);
    case "elsewhere":
      return c.redirect(`${addressOf(job)}?elsewhere`, 303);
    case "problem":
      return settle(tools, c, at, draft.settings, [problemOfStart(started.problem, say)]);
  }
}

/** With the settings that it was tried out with. Lets people in, so it asks whether it is still them. */
export async function takeRun(tools: AdminTools, c: WebContext): Promise<Response> {
  const { job, actor } = await ownImportAt(tools, c);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  if (job.state !== "checked" || !job.settings) return c.redirect(`${addressOf(job)}?elsewhere`, 303);
  const started = await startImport(tools, job.id, "running", { ...job.settings, address: actor.address });
  return c.redirect(started.kind === "started" ? addressOf(job) : `${addressOf(job)}?elsewhere`, 303);
}

export async function takeStep(tools: AdminTools, c: WebContext): Promise<Response> {
  const { job, actor } = await importAt(tools, c);
  const steps = { pause: pauseImport, resume: resumeImport, stop: cancelImport };
  const step = c.req.param("step") ?? "";
  if (step !== "pause" && step !== "resume" && step !== "stop") throw new Refusal(404);
  const isDone = await steps[step](tools, job.id, doer(actor));
  if (step === "stop" && (await isUnbegun(tools, job))) return c.redirect("/admin/import", 303);
  return c.redirect(isDone ? addressOf(job) : `${addressOf(job)}?elsewhere`, 303);
}

async function isUnbegun(tools: AdminTools, { id }: Import): Promise<boolean> {
  const job = await importFor(tools.store.read, { id: "", role: "owner" }, id);
  return job?.state === "cancelled" && job.doneRows === 0;
}

/** Names people, so it is on record before its first byte leaves. */
export async function takeErrors(tools: AdminTools, c: WebContext): Promise<Response> {
  const { job, actor } = await importAt(tools, c);
  if (job.counts.refused === 0 || isAtWork(job)) throw new Refusal(404);
  const detail = { import: job.id, file: job.fileName };
  await recordLook(tools, actor, { action: "imports.taken", accountId: null, detail });
  const { language, now } = c.get("view");
  const day = new Date(now).toISOString().slice(0, 10);
  return c.body(errorFile(tools.store.read, job, language), 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="import-errors-${day}.csv"`,
  });
}
