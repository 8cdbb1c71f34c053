import { countedUntil } from "../../figures/figures.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { type Actor, recordLook } from "../acting.ts";
import { BYTE_ORDER_MARK, csvLine } from "../csv.ts";
import { type AdminTools, actorOf } from "../handling.ts";
import { mayAtAll } from "../rights.ts";
import { figuresPage } from "./pages.ts";
import { periodOf, readDays } from "./periods.ts";
import { sheetOf } from "./sheets.ts";
import { chartsFor, readFigures } from "./shown.ts";

function lookerOf(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "see-figures")) throw new Refusal(404);
  return actor;
}

export async function showFigures(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = lookerOf(c);
  const view = c.get("view");
  const { read } = tools.store;
  const period = periodOf(readDays(c.req.query("days")), view.now, view.timeZone);
  const detail = { days: period.days };
  await recordLook(tools, actor, { action: "figures.viewed", accountId: null, detail });
  const figures = await readFigures(read, period, chartsFor(actor.role), view.now);
  return c.html(figuresPage(view, actor, figures, await countedUntil(read, view.now)));
}

/** One chart as a file; what one may not see is not there. */
export async function takeFile(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = lookerOf(c);
  const view = c.get("view");
  const chart = chartsFor(actor.role).find((name) => name === c.req.query("chart"));
  if (!chart) throw new Refusal(404);
  const period = periodOf(readDays(c.req.query("days")), view.now, view.timeZone);
  const detail = { days: period.days, chart };
  await recordLook(tools, actor, { action: "figures.exported", accountId: null, detail });
  const figures = await readFigures(tools.store.read, period, [chart], view.now);
  const { heads, rows } = sheetOf(view, chart, figures);
  const day = new Date(view.now).toISOString().slice(0, 10);
  return c.body(BYTE_ORDER_MARK + [heads, ...rows].map(csvLine).join(""), 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${chart}-${period.days}d-${day}.csv"`,
  });
}
