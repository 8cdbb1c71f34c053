import type { WebContext } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { Actor } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { addressOf, readAddress } from "../list/address.ts";
import { keepTold } from "../told.ts";
import { filterFor, type KeptFilter, keepFilter, removeFilter, renameFilter } from "./filters.ts";
import { editPage, newPage, usualName } from "./pages.ts";
import { words } from "./words.ts";

export function showNew(c: WebContext): Response | Promise<Response> {
  const actor = actorOf(c);
  const view = c.get("view");
  const list = readAddress((name) => c.req.query(name));
  return c.html(newPage(view, actor, { list, name: usualName(view, list) }));
}

export async function takeNew(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = actorOf(c);
  const view = c.get("view");
  const sent = await readForm(c);
  const list = readAddress((name) => sent.text(name));
  const name = sent.text("name");
  const outcome = await keepFilter(tools, actor, { name, list });
  const again = (field: string, why: keyof (typeof words)["ru"]["problems"]) => {
    const text = words[view.language].problems[why];
    return c.html(newPage(view, actor, { list, name }, [{ field, text }]), 422);
  };
  switch (outcome.kind) {
    case "done":
      keepTold(tools, c, actor, { act: "filter-saved", done: 1, passed: 0 });
      return c.redirect(addressOf(list), 303);
    case "unusable":
    case "taken":
      return again("name", outcome.kind);
    case "too-many":
    case "nothing":
      return again("", outcome.kind);
  }
}

/** The one of the address, if it is the own one. */
async function ownFilter(tools: AdminTools, c: WebContext): Promise<{ actor: Actor; filter: KeptFilter }> {
  const actor = actorOf(c);
  const id = c.req.param("id") ?? "";
  const filter = isId(id) ? await filterFor(tools.store.read, actor, id) : undefined;
  if (!filter) throw new Refusal(404);
  return { actor, filter };
}

export async function showFilter(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, filter } = await ownFilter(tools, c);
  return c.html(editPage(c.get("view"), actor, filter, filter.name));
}

export async function takeFilter(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, filter } = await ownFilter(tools, c);
  const view = c.get("view");
  const name = (await readForm(c)).text("name");
  const outcome = await renameFilter(tools, actor, filter.id, name);
  switch (outcome.kind) {
    case "done":
      keepTold(tools, c, actor, { act: "filter-renamed", done: 1, passed: 0 });
      return c.redirect(addressOf(filter.list), 303);
    case "absent":
      throw new Refusal(404);
    case "unusable":
    case "taken": {
      const text = words[view.language].problems[outcome.kind];
      return c.html(editPage(view, actor, filter, name, [{ field: "name", text }]), 422);
    }
  }
}

export async function takeDelete(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, filter } = await ownFilter(tools, c);
  const outcome = await removeFilter(tools, actor, filter.id);
  if (outcome.kind === "absent") throw new Refusal(404);
  keepTold(tools, c, actor, { act: "filter-deleted", done: 1, passed: 0 });
  return c.redirect(addressOf(filter.list), 303);
}
