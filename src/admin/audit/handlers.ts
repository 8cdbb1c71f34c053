import { findEvents, lastEvent } from "../../audit/audit.ts";
import type { WebContext } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { type Actor, recordLook } from "../acting.ts";
import { fileHeaders, readFormat } from "../files.ts";
import { type AdminTools, actorOf, readBefore } from "../handling.ts";
import { mayAtAll } from "../rights.ts";
import type { RecordCheck } from "./check.ts";
import {
  type ConditionProblem,
  type Conditions,
  judgeConditions,
  maskedConditions,
  PATH,
  readConditions,
} from "./conditions.ts";
import { exportEvents, MOST_EXPORTED_MS, namesIn } from "./export.ts";
import { auditPage } from "./pages.ts";

const PAGE_SIZE = 50;

/** For everybody below administrators there is no such page. */
function auditorOf(c: WebContext): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, "see-audit")) throw new Refusal(404);
  return actor;
}

export async function showAudit(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = auditorOf(c);
  const view = c.get("view");
  const before = readBefore(c);
  const conditions = readConditions((name) => c.req.query(name));
  const detail = { conditions: maskedConditions(conditions), before: before ?? null };
  await recordLook(tools, actor, { action: "audit.viewed", accountId: null, detail });
  const { filter, problems } = await judgeConditions(tools.store.read, conditions, view.timeZone);
  if (problems.length > 0) return refused(tools, c, actor, conditions, problems);
  const found = await findEvents(tools.store.read, filter, { most: PAGE_SIZE + 1, before });
  const events = found.slice(0, PAGE_SIZE);
  const next = found.length > PAGE_SIZE ? events.at(-1)?.seq : undefined;
  const isChecking = c.req.query("check") === "running";
  const shown = { conditions, problems, events, next, isFirst: before === undefined, isChecking };
  return c.html(await draw(tools, c, actor, shown));
}

async function draw(
  tools: AdminTools,
  c: WebContext,
  actor: Actor,
  shown: Omit<Parameters<typeof auditPage>[2], "names" | "checked">,
) {
  const { read } = tools.store;
  const checked = await lastEvent(read, "audit.verified");
  const names = await namesIn(read, checked ? [...shown.events, checked] : shown.events);
  return auditPage(c.get("view"), actor, { ...shown, checked, names });
}

async function refused(
  tools: AdminTools,
  c: WebContext,
  actor: Actor,
  conditions: Conditions,
  problems: ConditionProblem[],
): Promise<Response> {
  const none = { events: [], next: undefined, isFirst: true, isChecking: false };
  return c.html(await draw(tools, c, actor, { conditions, problems, ...none }), 422);
}

/** The record as a file; the export is on record before its first byte leaves. */
export async function takeExport(tools: AdminTools, c: WebContext): Promise<Response> {
  const actor = auditorOf(c);
  const view = c.get("view");
  const form = await readForm(c);
  const conditions = readConditions((name) => form.text(name));
  const format = readFormat(form.text("format"));
  const { filter, problems } = await judgeConditions(tools.store.read, conditions, view.timeZone);
  const until = filter.until ?? view.now + 1;
  const since = filter.since ?? until - MOST_EXPORTED_MS;
  if (until - since > MOST_EXPORTED_MS) problems.push({ field: "from", why: "long" });
  if (problems.length > 0) return refused(tools, c, actor, conditions, problems);
  const detail = { conditions: maskedConditions(conditions), format, since, until };
  await recordLook(tools, actor, { action: "audit.exported", accountId: null, detail });
  const events = exportEvents(tools.store.read, { ...filter, since, until }, format, view.language);
  return c.body(events, 200, fileHeaders("audit", format, view.now));
}

export async function takeCheck(tools: AdminTools, c: WebContext, check: RecordCheck): Promise<Response> {
  const ended = await check.run(tools, auditorOf(c));
  return c.redirect(ended === "done" ? `${PATH}#check` : `${PATH}?check=running#check`, 303);
}
