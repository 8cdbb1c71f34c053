import { type Account, findAccount, peopleByIds, readIdentifier } from "../../accounts/accounts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import {
  type CaseRow,
  deskFigures,
  findCases,
  keepTemplate,
  queue,
  readWords,
  removeTemplate,
  templatesOf,
} from "../../support/support.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, actorOf, isId } from "../handling.ts";
import { maskedWithin } from "../masks.ts";
import { mayAtAll } from "../rights.ts";
import {
  filterOf,
  openPlace,
  placeAfter,
  type QueueAddress,
  queueAddress,
  readQueue,
  sealPlace,
} from "./address.ts";
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
  if (asked.find !== "") return showFound(tools, c, { actor, asked });
  const detail = { state: asked.state, handler: asked.handler, overdue: asked.overdue ? 1 : 0 };
  await recordLook(tools, actor, { action: "cases.listed", accountId: null, detail });
  const { read } = tools.store;
  const found = await queue(read, filterOf(asked, actor.id, view.now), from, PAGE_SIZE + 1);
  const cases = found.slice(0, PAGE_SIZE);
  const last = cases.at(-1);
  const more = found.length > PAGE_SIZE && last;
  const next = more ? queueAddress(asked, sealPlace(tools, asked, placeAfter(more), view.now)) : undefined;
  const accounts = await accountsOf(tools, cases);
  return c.html(queuePage(view, actor, { asked, cases, accounts, next, isFirst: from === undefined }));
}

async function accountsOf({ store }: AdminTools, cases: readonly CaseRow[]): Promise<Map<string, Account>> {
  const ids = cases.flatMap((one) => [one.account_id, one.handler_id]).filter((id) => id !== null);
  const people = await peopleByIds(store.read, [...new Set(ids)]);
  return new Map(people.map(({ account }) => [account.id, account]));
}

/** A caller names a number, a login or an address: whatever fits, open or not, the newest first. */
async function showFound(
  tools: AdminTools,
  c: WebContext,
  { actor, asked }: { actor: Actor; asked: QueueAddress },
): Promise<Response> {
  const { find } = asked;
  // What was looked for names people, so the record keeps it masked.
  await recordLook(tools, actor, {
    action: "cases.listed",
    accountId: null,
    detail: { query: maskedWithin(find) },
  });
  const cases = await casesLike(tools, actor, find);
  const accounts = await accountsOf(tools, cases);
  return c.html(queuePage(c.get("view"), actor, { asked, cases, accounts, next: undefined, isFirst: true }));
}

async function casesLike({ store }: AdminTools, actor: Actor, find: string): Promise<CaseRow[]> {
  const [, number] = /^(?:№|No\.?|#)?\s*(\d{1,9})$/i.exec(find) ?? [];
  if (number !== undefined) return findCases(store.read, { number: Number(number) }, actor.id, PAGE_SIZE);
  const understood = await readIdentifier(find);
  if (understood.kind !== "understood") return [];
  const { identifier } = understood;
  const wanted = {
    accountId: (await findAccount(store.read, identifier))?.id,
    answerKey: identifier.kind === "email" ? identifier.key : undefined,
  };
  return findCases(store.read, wanted, actor.id, PAGE_SIZE);
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
  await recordLook(tools, actor, { action: "cases.templates-viewed", accountId: null, detail: {} });
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
