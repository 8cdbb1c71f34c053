/** `/inbox`. Mounted only while there is no `SMTP_URL` and the service listens on loopback. */
import { Hono } from "hono";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { inboxPage, messagePage } from "./pages.ts";
import type { TrialInbox, TrialMessage } from "./trial-inbox.ts";

/** `GET /`, `GET /:id`, `GET /:id.eml` and `GET /:id.txt`, for `app.route("/inbox", …)`. */
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
