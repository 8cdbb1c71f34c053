/** `POST /delivery/reports/<gateway>/<token>`: where gateways tell what became of a message. */
import { Hono } from "hono";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { StoreUnavailable } from "../../platform/store/store.ts";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import { readBytes } from "../../platform/web/form-body.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import { asObject, jsonOf } from "../sms/request.ts";
import type { NamedGateway } from "../sms/router.ts";
import { isReportsPath, type ReportTools, takeReports } from "./reports.ts";

/**
 * For `app.route("/delivery/reports", …)`, before the check of origins and the log of requests: no browser sends
 * this, and its path is the key. Forms and JSON up to 64 KiB; a repeated report does no harm.
 */
export function reportRoutes(
  tools: ReportTools & { secrets: Secrets; smsGateways: readonly NamedGateway[] },
): Hono<WebEnv> {
  return new Hono<WebEnv>().post("/:gateway/:token", async (c) => {
    const line = tools.smsGateways.find(({ name }) => name === c.req.param("gateway"));
    const push = line?.gateway.push;
    if (!push || !isReportsPath(tools.secrets, line.name, c.req.path)) return c.text("not found", 404);
    try {
      const fields = await readFields(c);
      await takeReports(
        tools,
        line.name,
        fields.flatMap((one) => push.read(one)),
      );
    } catch (fault) {
      if (fault instanceof StoreUnavailable) return c.text("try again later", 503);
      if (fault instanceof Refusal) return c.text("not understood", fault.status);
      throw fault;
    }
    return c.text(push.thanks);
  });
}

/** The fields of a form, of a JSON object, or of each object in a JSON list. */
async function readFields(c: WebContext): Promise<Readonly<Record<string, unknown>>[]> {
  const text = new TextDecoder().decode(await readBytes(c));
  if (!(c.req.header("content-type") ?? "").toLowerCase().includes("json")) {
    return [Object.fromEntries(new URLSearchParams(text))];
  }
  const json = jsonOf(text);
  const list: unknown[] = Array.isArray(json) ? json : [json];
  return list.map(asObject).filter((one) => one !== undefined);
}
