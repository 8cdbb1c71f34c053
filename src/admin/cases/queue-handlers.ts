import { peopleByIds } from "../../accounts/accounts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import {
  deskFigures,
  keepTemplate,
  queue,
  readWords,
  removeTemplate,
  templatesOf,
} from "../../support/support.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { mayAtAll } from "../rights.ts";
import { filterOf, openPlace, placeAfter, queueAddress, readQueue, sealPlace } from "./address.ts";
import { figuresPage, queuePage, type TypedTemplate, templatesPage } from "./pages.ts";
import { words } from "./words.ts";

const PAGE_SIZE = 50;

function clerkOf(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "see-cases")) throw new Refusal(404);
  return actor;
}

export async function showQueue(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = clerkOf(c);
  const view = c.get("view");
  const asked = readQueue((name) => c.req.query(name));
  const from = openPlace(tools, asked, c.req.query("from"), view.now);
  const detail = { state: asked.state, handler: asked.handler, overdue: asked.overdue ? 1 : 0 };
  await recordLook(tools, actor, { action: "cases.listed", accountId: null, detail });
  const { read } = tools.store;
  const found = await queue(read, filterOf(asked, actor.id, view.now), from, PAGE_SIZE + 1);
  const cases = found.slice(0, PAGE_SIZE);
  const last = cases.at(-1);
  const more = found.length > PAGE_SIZE && last;
  const next = more ? queueAddress(asked, sealPlace(tools, asked, placeAfter(more), view.now)) : undefined;
  const ids = cases.flatMap((one) => [one.account_id, one.handler_id]).filter((id) => id !== null);
  const people = await peopleByIds(read, [...new Set(ids)]);
  const accounts = new Map(people.map(({ account }) => [account.id, account]));
  return c.html(queuePage(view, actor, { asked, cases, accounts, next, isFirst: from === undefined }));
}

export async function showFigures(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = clerkOf(c);
  const view = c.get("view");
  await recordLook(tools, actor, { action: "cases.listed", accountId: null, detail: { figures: 1 } });
  return c.html(figuresPage(view, actor, await deskFigures(tools.store.read, view.now)));
}

function keeperOf(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "keep-templates")) throw new Refusal(404);
  return actor;
}

export async function showTemplates(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = keeperOf(c);
  const templates = await templatesOf(tools.store.read);
  return c.html(templatesPage(c.get("view"), actor, { templates, typed: undefined }));
}

export async function takeTemplate(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = keeperOf(c);
  const view = c.get("view");
  const say = words[view.language].keep.problem;
  const sent = await readForm(c);
  const id = isId(sent.text("id")) ? sent.text("id") : "";
  const by = { actor: actor.id, address: actor.address, device: actor.device };
  if (id !== "" && sent.ticked("remove")) {
    await removeTemplate(tools, id, by);
    return c.redirect("/admin/case-templates", 303);
  }
  const at = (name: string) => (id === "" ? name : `${name}-${id}`);
  const typed: TypedTemplate = {
    id,
    name: sent.text(at("name")).trim().slice(0, 200),
    ru: sent.text(at("ru")),
    en: sent.text(at("en")),
  };
  const [ru, en] = [readWords(typed.ru), readWords(typed.en)];
  const problems: FieldProblem[] = [];
  const plain = typed.name !== "" && typed.name.length <= 80 && !/[\p{Cc}\p{Cf}]/u.test(typed.name);
  if (!plain) problems.push({ field: at("name"), text: say.name });
  if (ru === undefined) problems.push({ field: at("ru"), text: say.text });
  if (en === undefined) problems.push({ field: at("en"), text: say.text });
  if (ru !== undefined && en !== undefined && plain) {
    if (await keepTemplate(tools, { id, name: typed.name, ru, en }, by))
      return c.redirect("/admin/case-templates", 303);
    problems.push({ field: "", text: say.most });
  }
  const templates = await templatesOf(tools.store.read);
  return c.html(templatesPage(view, actor, { templates, typed }, problems), 422);
}
