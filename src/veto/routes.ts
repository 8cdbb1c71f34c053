import { Hono } from "hono";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import { keepTypedIdentifier } from "../platform/web/typed-identifier.ts";
import { vetoPage } from "./pages.ts";
import { lookAtVeto, pressVeto, type VetoTools } from "./veto.ts";

type RouteTools = VetoTools & { cookies: Cookies };

const KEY = "veto";
const KEY_LIFETIME_MS = 60 * 60_000;
/** Longer than any key of ours; the rest of an endless address is not worth keeping. */
const LONGEST_KEY = 100;

/** `/veto`: needs no session, since its owner may have none any more. */
export function vetoRoutes(tools: RouteTools): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/link", (c) => {
      // The key leaves the address bar at once; nothing is looked up, so nothing can be learned or spent.
      tools.cookies.seal(c, KEY, (c.req.query("key") ?? "").slice(0, LONGEST_KEY), KEY_LIFETIME_MS);
      return c.redirect("/veto", 303);
    })
    .get("/", async (c) => {
      const look = await lookAtVeto(tools, keyOf(tools, c));
      return c.html(vetoPage(c.get("view"), look), look.kind === "over" ? 410 : 200);
    })
    .post("/", (c) => takeVeto(tools, c));
}

async function takeVeto(tools: RouteTools, c: WebContext): Promise<Response> {
  const { language } = c.get("view");
  const by = { address: c.get("address"), device: deviceName(c.req.header("user-agent") ?? ""), language };
  const outcome = await pressVeto(tools, keyOf(tools, c), by);
  // The way back in begins with the older contact filled in.
  if (outcome.kind === "done" && outcome.mailbox !== undefined)
    keepTypedIdentifier(tools.cookies, c, outcome.mailbox);
  return c.redirect("/veto", 303);
}

function keyOf(tools: RouteTools, c: WebContext): string {
  const kept = tools.cookies.open(c, KEY);
  return typeof kept === "string" ? kept : "";
}
