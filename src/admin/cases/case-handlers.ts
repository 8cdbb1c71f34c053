/** One case: looked at, and moved on. */
import { accountById } from "../../accounts/accounts.ts";
import type { PictureMaker } from "../../platform/pictures/pictures.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { FieldProblem } from "../../platform/web/fields.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { approveCase, type CaseRow, caseByNumber, downloadHeaders, fileOf } from "../../support/support.ts";
import { type Actor, recordLook } from "../acting.ts";
import { type AdminTools, actorOf, isId, proofWanted } from "../handling.ts";
import type { Right } from "../rights.ts";
import { actOnCase, mayCase } from "./acting.ts";
import { readAct, type StepEnd, step } from "./acts.ts";
import { approvePage } from "./approval/pages.ts";
import { gather } from "./gather.ts";
import { casePage, type Typed } from "./one/pages.ts";
import { PATH } from "./pages.ts";
import { words } from "./words.ts";

export type CaseTools = AdminTools & { makePicture: PictureMaker };

/** The case of the address, if this one of the staff may do that; everybody else finds no page. */
async function caseFor(
  tools: AdminTools,
  c: WebContext,
  right: Right,
): Promise<{ actor: Actor; found: CaseRow }> {
  const actor = actorOf(c);
  const asked = c.req.param("number") ?? "";
  const { read } = tools.store;
  const found = /^\d{1,9}$/.test(asked) ? await caseByNumber(read, Number(asked)) : undefined;
  if (!found || found.state === "unconfirmed" || found.state === "expired") throw new Refusal(404);
  const account = found.account_id === null ? undefined : await accountById(read, found.account_id);
  if (!mayCase(actor, right, account)) throw new Refusal(404);
  return { actor, found };
}

function look(tools: AdminTools, actor: Actor, found: CaseRow, page: string): Promise<void> {
  const detail = { number: found.number, page };
  return recordLook(tools, actor, { action: "case.viewed", accountId: found.account_id, detail });
}

export async function showCase(tools: CaseTools, c: WebContext): Promise<Response> {
  const { actor, found } = await caseFor(tools, c, "see-cases");
  await look(tools, actor, found, "case");
  const gathered = await gather(tools, actor, found);
  const template = gathered.templates.find(({ id }) => id === c.req.query("template"));
  const text = found.language === "ru" ? template?.text_ru : template?.text_en;
  const typed = template ? { template: template.id, answer: text ?? "" } : {};
  return c.html(casePage(c.get("view"), actor, gathered, typed));
}

export async function showCaseFile(tools: CaseTools, c: WebContext): Promise<Response> {
  const { actor, found } = await caseFor(tools, c, "see-cases");
  const id = c.req.param("id") ?? "";
  const file = isId(id) ? await fileOf(tools.store.read, found.id, id) : undefined;
  if (!file) throw new Refusal(404);
  await recordLook(tools, actor, {
    action: "case.file-taken",
    accountId: found.account_id,
    detail: { number: found.number, type: file.type },
  });
  return c.body(new Uint8Array(file.bytes), 200, downloadHeaders(file));
}

export async function takeStep(tools: CaseTools, c: WebContext): Promise<Response> {
  const act = readAct(c.req.param("act"));
  if (!act) throw new Refusal(404);
  const { actor, found } = await caseFor(tools, c, "handle-case");
  const end = await step(tools, c, { actor, number: found.number, act });
  if (end.kind === "absent") throw new Refusal(404);
  if (end.kind === "done") return c.redirect(`${PATH}/${found.number}`, 303);
  const again = await caseFor(tools, c, "see-cases");
  return drawProblem(tools, c, again, end);
}

async function drawProblem(
  tools: CaseTools,
  c: WebContext,
  { actor, found }: { actor: Actor; found: CaseRow },
  end: Exclude<StepEnd, { kind: "done" | "absent" }>,
): Promise<Response> {
  await look(tools, actor, found, "case");
  const problem: FieldProblem = { field: end.field, text: end.text };
  const typed: Typed = end.typed;
  const page = casePage(c.get("view"), actor, await gather(tools, actor, found), typed, [problem]);
  if (end.kind !== "throttled") return c.html(page, end.kind === "stale" ? 409 : 422);
  const waitMs = Math.max(1_000, end.retryAt - c.get("view").now);
  c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
  return c.html(page, 429);
}

/** Who decides sees once more what there is, and has proved within five minutes who they are. */
export async function showApprove(tools: CaseTools, c: WebContext): Promise<Response> {
  const { actor, found } = await caseFor(tools, c, "approve-case");
  if (found.state !== "proposed") return c.redirect(`${PATH}/${found.number}`, 303);
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  await look(tools, actor, found, "approve");
  return c.html(approvePage(c.get("view"), actor, await gather(tools, actor, found)));
}

export async function takeApprove(tools: CaseTools, c: WebContext): Promise<Response> {
  const { actor, found } = await caseFor(tools, c, "approve-case");
  const proof = await proofWanted(tools, c);
  if (proof) return proof;
  const outcome = await actOnCase(tools, actor, found.number, "approve-case", (write, now, about) =>
    approveCase(tools, write, now, about.account, about.by),
  );
  const say = words[c.get("view").language].problems;
  switch (outcome.kind) {
    case "absent":
      throw new Refusal(404);
    case "done":
      return c.redirect(`${PATH}/${found.number}`, 303);
    case "stale":
    case "involved":
    case "no-account":
    case "stopped": {
      const again = await caseFor(tools, c, "see-cases");
      const kind = outcome.kind === "stale" ? "stale" : "refused";
      return drawProblem(tools, c, again, { kind, field: "", text: say[outcome.kind], typed: {} });
    }
  }
}
