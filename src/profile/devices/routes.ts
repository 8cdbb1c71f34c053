import { Hono } from "hono";
import { passwordChangedAt } from "../../passwords/passwords.ts";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import { dropSession } from "../../sessions/guard.ts";
import { devicesOf } from "../../sessions/sessions.ts";
import type { ProfileTools } from "../tools.ts";
import { sessionHere, visitorHere } from "../visitor.ts";
import { endAll, endOne } from "./devices.ts";
import { devicesPage, endAllPage } from "./pages.ts";

/** «Устройства», below /me. */
export function deviceRoutes(tools: ProfileTools): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/sessions", (c) => showDevices(tools, c))
    .post("/sessions/end", async (c) => {
      const id = (await readForm(c)).text("device");
      await endOne(tools, sessionHere(c).account_id, id, visitorHere(c));
      return c.redirect("/me/sessions?ended=one", 303);
    })
    .get("/sessions/all", (c) => c.html(endAllPage(c.get("view"))))
    .post("/sessions/all", async (c) => {
      const alsoHere = (await readForm(c)).ticked("here");
      await endAll(tools, sessionHere(c), alsoHere, visitorHere(c));
      if (!alsoHere) return c.redirect("/me/sessions?ended=all", 303);
      await dropSession(tools, c);
      return c.redirect("/sign-in?signed_out", 303);
    });
}

async function showDevices(tools: ProfileTools, c: WebContext): Promise<Response> {
  const session = sessionHere(c);
  const told = c.req.query("ended");
  const page = devicesPage(c.get("view"), {
    devices: await devicesOf(tools, session.account_id, session),
    hasPassword: (await passwordChangedAt(tools.store.read, session.account_id)) !== undefined,
    ended: told === "one" || told === "all" ? told : null,
  });
  return c.html(page);
}
