import { listPeople } from "../../accounts/accounts.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { recordLook } from "../acting.ts";
import { filtersFor } from "../filters/filters.ts";
import { type AdminTools, actorOf } from "../handling.ts";
import { takeTold } from "../told.ts";
import { addressOf, filterOf, openPlace, readAddress, recordedConditions, sealPlace } from "./address.ts";
import { listPage } from "./pages.ts";

const PAGE_SIZE = 50;

export async function showList(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = actorOf(c);
  const view = c.get("view");
  const list = readAddress((name) => c.req.query(name));
  const after = openPlace(tools, list, c.req.query("from"), view.now);
  await recordLook(tools, actor, {
    action: "people.listed",
    accountId: null,
    detail: recordedConditions(list),
  });
  const wish = { filter: filterOf(list, view.now), order: list.sort, after, most: PAGE_SIZE };
  const found = await listPeople(tools, wish);
  const next = found.next && addressOf(list, { from: sealPlace(tools, list, found.next, view.now) });
  const told = takeTold(tools, c, actor);
  const filters = await filtersFor(tools.store.read, actor);
  return c.html(listPage(view, actor, { list, found, next, isFirst: after === undefined, told, filters }));
}
