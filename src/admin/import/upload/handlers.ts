/** A file on its way in: as one form, or piece by piece where scripts run. */
import { peopleByIds } from "../../../accounts/accounts.ts";
import {
  beginImport,
  cancelImport,
  countOpenImports,
  importWords,
  keepPart,
  keepStream,
  listImports,
  MOST_BYTES,
  PART_BYTES,
  recogniseImport,
} from "../../../imports/imports.ts";
import type { WebContext } from "../../../platform/web/context.ts";
import { readForm } from "../../../platform/web/form-body.ts";
import { Refusal } from "../../../platform/web/refusals.ts";
import { openSentFile } from "../../../platform/web/sent-file.ts";
import { type Actor, recordLook } from "../../acting.ts";
import { type AdminTools, isId } from "../../handling.ts";
import { doer, importStaff, ownImportAt } from "../at.ts";
import { words } from "../words.ts";
import { uploadPage } from "./pages.ts";

/** One form has 30 s to arrive: more than this is not sent in one by ordinary lines. */
const MOST_AT_ONCE = 50 * 1024 * 1024;
const MOST_OPEN = 10;
const PAGE_SIZE = 20;

export async function showImports(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = importStaff(c);
  const before = c.req.query("before");
  await recordLook(tools, actor, { action: "imports.listed", accountId: null, detail: {} });
  return c.html(await draw(tools, c, actor, isId(before ?? "") ? before : undefined));
}

async function draw(
  tools: AdminTools,
  c: WebContext,
  actor: Actor,
  before: string | undefined,
  problem?: string,
) {
  const { read } = tools.store;
  const found = await listImports(read, actor, { before, most: PAGE_SIZE + 1 });
  const imports = found.slice(0, PAGE_SIZE);
  const people = await peopleByIds(read, [...new Set(imports.map(({ createdBy }) => createdBy))]);
  const names = new Map(people.map(({ account }) => [account.id, account.name]));
  const next = found.length > PAGE_SIZE ? imports.at(-1)?.id : undefined;
  const problems = problem === undefined ? [] : [{ field: "file", text: problem }];
  return uploadPage(c.get("view"), actor, { imports, names, next, isFirst: before === undefined, problems });
}

async function refused(tools: AdminTools, c: WebContext, actor: Actor, problem: string): Promise<Response> {
  return c.html(await draw(tools, c, actor, undefined, problem), 422);
}

export async function takeFile(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = importStaff(c);
  const say = words[c.get("view").language].problems;
  const sent = await openSentFile(c, "file", MOST_AT_ONCE);
  const isFull = (await countOpenImports(tools.store.read, actor.id)) >= MOST_OPEN;
  if (sent.name === "" || isFull) {
    for await (const _ of sent.bytes);
    return refused(tools, c, actor, isFull ? say.tooMany : say.none);
  }
  const id = await beginImport(tools, doer(actor), sent.name);
  try {
    await keepStream(tools, id, sent.bytes);
  } catch (fault) {
    await cancelImport(tools, id, doer(actor));
    throw fault;
  }
  if (sent.wasTooLarge) {
    await cancelImport(tools, id, doer(actor));
    return refused(tools, c, actor, say.tooLarge);
  }
  return understood(tools, c, actor, id);
}

/** Says what the file is, or why it is none. */
async function understood(tools: AdminTools, c: WebContext, actor: Actor, id: string): Promise<Response> {
  const recognised = await recogniseImport(tools, id);
  if (recognised.kind === "recognised") return c.redirect(`/admin/import/${id}`, 303);
  const sentences = importWords[c.get("view").language].unreadable;
  return refused(tools, c, actor, sentences[recognised.kind] ?? recognised.kind);
}

/** For scripts: the id of an import whose file comes in pieces. */
export async function takeBeginning(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = importStaff(c);
  const say = words[c.get("view").language].problems;
  const form = await readForm(c);
  if (Number(form.text("size")) > MOST_BYTES) return c.json({ problem: say.tooLargeInPieces }, 422);
  if ((await countOpenImports(tools.store.read, actor.id)) >= MOST_OPEN)
    return c.json({ problem: say.tooMany }, 422);
  const id = await beginImport(tools, doer(actor), form.text("name"));
  return c.json({ id, piece: PART_BYTES }, 201);
}

/** One piece, at its place in the file; the answer says how much of it is here. */
export async function takePiece(tools: AdminTools, c: WebContext): Promise<Response> {
  const { job } = await ownImportAt(tools, c);
  const at = Number(c.req.query("at"));
  if (!Number.isSafeInteger(at) || at < 0) throw new Refusal(400);
  const bytes = await pieceOf(c);
  const kept = await keepPart(tools, job.id, at, bytes);
  switch (kept.kind) {
    case "kept":
      return c.json({ size: kept.size });
    case "elsewhere":
      return c.json({ size: kept.size }, 409);
    case "too-large":
      return c.json({ problem: words[c.get("view").language].problems.tooLargeInPieces }, 422);
  }
}

async function pieceOf(c: WebContext): Promise<Uint8Array> {
  if (Number(c.req.header("content-length") ?? 0) > PART_BYTES) throw new Refusal(413);
  const { body } = c.req.raw;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > PART_BYTES) throw new Refusal(413);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export async function takeReceived(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, job } = await ownImportAt(tools, c);
  if (job.state !== "receiving") return c.redirect(`/admin/import/${job.id}`, 303);
  return understood(tools, c, actor, job.id);
}
