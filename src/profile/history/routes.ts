import { Hono } from "hono";
import type { WebEnv } from "../../platform/web/context.ts";
import type { ProfileTools } from "../tools.ts";
import { sessionHere } from "../visitor.ts";
import { historyOf } from "./history.ts";
import { historyPage } from "./pages.ts";

/** «История входов», below /me. */
export function historyRoutes(tools: ProfileTools): Hono<WebEnv> {
  return new Hono<WebEnv>().get("/history", async (c) => {
    const asked = c.req.query("before") ?? "";
    // The number of an event says nothing: only the person's own ones are looked through.
    const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null;
    const page = await historyOf(tools, sessionHere(c).account_id, before);
    return c.html(historyPage(c.get("view"), page, before === null));
  });
}
