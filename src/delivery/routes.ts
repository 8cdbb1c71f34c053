/** The trial inbox for people, and the address at which gateways report. */
import { Hono } from "hono";
import type { Secrets } from "../platform/secrets/secrets.ts";
import { StoreUnavailable } from "../platform/store/store.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { readBytes } from "../platform/web/form-body.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { inboxPage, messagePage } from "./pages.ts";
import { isReportsPath, type ReportTools, takeReports } from "./reports/reports.ts";
import { asObject, jsonOf } from "./sms/request.ts";
import type { NamedGateway } from "./sms/router.ts";
import type { TrialInbox, TrialMessage } from "./trial-inbox.ts";

/**
 * `GET /`, `GET /:id`, `GET /:id.eml` and `GET /:id.txt`, for `app.route("/inbox", …)`. Mounted only while
 * there is no `SMTP_URL` and the service listens on loopback.
 */
export function inboxRoutes(tools: {
  trialInbox: TrialInbox;
  smsGateways: readonly unknown[];
}): Hono<WebEnv> {
  const holds = tools.smsGateways.length > 0 ? "letters" : "letters and sms";
  const find = (c: WebContext): TrialMessage => {
    const message = tools.trialInbox.find((c.req.param("file") ?? "").replace(/\.(eml|txt)$/, ""));
    if (!message) throw new Refusal(404);
    return message;
  };
  return new Hono<WebEnv>()
    .get("/", (c) => {
      c.set("inlineStyles", true);
      return c.html(inboxPage(c.get("view"), tools.trialInbox.list(), holds));
    })
    .get("/:file{.+\\.eml}", (c) => {
      const { parcel } = find(c);
      if (parcel.channel !== "email") throw new Refusal(404);
      return c.body(new Uint8Array(parcel.mime), 200, { "Content-Type": "message/rfc822" });
    })
    .get("/:file{.+\\.txt}", (c) => c.text(find(c).parcel.text))
    .get("/:file", (c) => {
      c.set("inlineStyles", true);
      return c.html(messagePage(c.get("view"), find(c)));
    });
}

/**
 * `POST /:gateway/:token`, for `app.route("/delivery/reports", …)`: where gateways tell what became of an
 * SMS. Before the check of origins and the log of requests: no browser sends this, and its path is the key.
 * Forms and JSON up to 64 KiB; a repeated report does no harm.
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
