import { countPeople, listPeople } from "../../accounts/accounts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { type Actor, recordLook } from "../acting.ts";
import { fileHeaders, readFormat } from "../files.ts";
import { type AdminTools, actorOf, proofWanted } from "../handling.ts";
import { addressOf, filterOf, type ListAddress, readAddress, recordedConditions } from "../list/address.ts";
import { mayAtAll } from "../rights.ts";
import { exportPeople } from "./file.ts";
import { exportPage, PATH } from "./pages.ts";

function takerOf(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "export-people")) throw new Refusal(404);
  return actor;
}

/** Everybody's contacts leave here, so it asks first whether it is still them. */
function stillThem(tools: AdminTools, c: WebContext, list: ListAddress): Promise<Response | undefined> {
  return proofWanted(tools, c, `${PATH}${new URL(addressOf(list), "http://list").search}`);
}

export async function showExport(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = takerOf(c);
  const list = readAddress((name) => c.req.query(name));
  const proof = await stillThem(tools, c, list);
  if (proof) return proof;
  return c.html(exportPage(c.get("view"), actor, await foundBy(tools, c, list)));
}

async function foundBy(tools: AdminTools, c: WebContext, list: ListAddress) {
  const filter = filterOf(list, c.get("view").now);
  const { count, tooMany } = await listPeople(tools, { filter, order: "name", after: undefined, most: 1 });
  return { list, count, tooMany };
}

/** The file; who takes whom along is on record before its first byte leaves. */
export async function takeExport(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = takerOf(c);
  const view = c.get("view");
  const form = await readForm(c);
  const list = readAddress((name) => form.text(name));
  const proof = await stillThem(tools, c, list);
  if (proof) return proof;
  const found = await foundBy(tools, c, list);
  if (found.tooMany || found.count === 0) return c.html(exportPage(view, actor, found), 422);
  const format = readFormat(form.text("format"));
  const filter = filterOf(list, view.now);
  const count = await countPeople(tools, filter);
  const detail = { ...recordedConditions(list), format, count };
  await recordLook(tools, actor, { action: "people.exported", accountId: null, detail });
  return c.body(
    exportPeople(tools, filter, format, view.language),
    200,
    fileHeaders("people", format, view.now),
  );
}
