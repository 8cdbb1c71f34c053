import { accountById } from "../../accounts/accounts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { type Form, readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { Actor } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { addressOf, readAddress } from "../list/address.ts";
import { mayAtAll } from "../rights.ts";
import { keepTold } from "../told.ts";
import { changeFilter, filterFor, type KeptFilter, keepFilter, removeFilter } from "./filters.ts";
import { editPage, newPage, othersPage, usualName } from "./pages.ts";
import { words } from "./words.ts";

export function showNew(c: WebContext): Response | Promise<Response> {
  const actor = actorOf(c);
  const view = c.get("view");
  const list = readAddress((name) => c.req.query(name));
  return c.html(newPage(view, actor, { list, name: usualName(view, list), shared: false }));
}

export async function takeNew(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = actorOf(c);
  const view = c.get("view");
  const sent = await readForm(c);
  const list = readAddress((name) => sent.text(name));
  const wish = { name: sent.text("name"), shared: sentShared(actor, sent) };
  const outcome = await keepFilter(tools, actor, { ...wish, list });
  const again = (field: string, why: keyof (typeof words)["ru"]["problems"]) => {
    const text = words[view.language].problems[why];
    return c.html(newPage(view, actor, { list, ...wish }, [{ field, text }]), 422);
  };
  switch (outcome.kind) {
    case "done":
      keepTold(tools, c, actor, { act: "filter-saved", done: 1, passed: 0 });
      return c.redirect(addressOf(list), 303);
    case "unusable":
    case "taken":
    case "taken-by-all":
      return again("name", outcome.kind);
    case "too-many-shared":
      return again("shared", outcome.kind);
    case "too-many":
    case "nothing":
      return again("", outcome.kind);
  }
}

/** Whoever may not share has no such tick. */
function sentShared(actor: Actor, sent: Form): boolean {
  const shared = sent.ticked("shared");
  if (shared && !mayAtAll(actor.role, "share-filters")) throw new Refusal(404);
  return shared;
}

/** The one of the address, if this one may change or delete it. */
async function filterAt(tools: AdminTools, c: WebContext): Promise<{ actor: Actor; filter: KeptFilter }> {
  const actor = actorOf(c);
  const id = c.req.param("id") ?? "";
  const filter = isId(id) ? await filterFor(tools.store.read, actor, id) : undefined;
  if (!filter) throw new Refusal(404);
  return { actor, filter };
}

export async function showFilter(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, filter } = await filterAt(tools, c);
  const view = c.get("view");
  if (filter.isOwn)
    return c.html(editPage(view, actor, filter, { name: filter.name, shared: filter.isShared }));
  const maker = await accountById(tools.store.read, filter.madeBy);
  return c.html(othersPage(view, actor, filter, maker?.name ?? ""));
}

export async function takeFilter(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, filter } = await filterAt(tools, c);
  if (!filter.isOwn) throw new Refusal(404);
  const view = c.get("view");
  const sent = await readForm(c);
  const wish = { name: sent.text("name"), shared: sentShared(actor, sent) };
  const outcome = await changeFilter(tools, actor, filter.id, wish);
  const again = (field: string, why: keyof (typeof words)["ru"]["problems"]) => {
    const text = words[view.language].problems[why];
    return c.html(editPage(view, actor, filter, wish, [{ field, text }]), 422);
  };
  switch (outcome.kind) {
    case "done":
      keepTold(tools, c, actor, { act: "filter-changed", done: 1, passed: 0 });
      return c.redirect(addressOf(filter.list), 303);
    case "absent":
      throw new Refusal(404);
    case "unusable":
    case "taken":
    case "taken-by-all":
      return again("name", outcome.kind);
    case "too-many-shared":
      return again("shared", outcome.kind);
  }
}

export async function takeDelete(tools: AdminTools, c: WebContext): Promise<Response> {
  const { actor, filter } = await filterAt(tools, c);
  const outcome = await removeFilter(tools, actor, filter.id);
  if (outcome.kind === "absent") throw new Refusal(404);
  keepTold(tools, c, actor, { act: "filter-deleted", done: 1, passed: 0 });
  return c.redirect(addressOf(filter.list), 303);
}
