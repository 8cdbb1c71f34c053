/** The look of portals, and the way on to the portal that one came from. */
import { Hono } from "hono";
import type { Store } from "../platform/store/store.ts";
import { accentStyle, sampleStyle } from "../platform/web/accent.ts";
import type { WebEnv } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { forgetBack, startOf, wayTo } from "./guard.ts";
import { onwardPage } from "./pages.ts";
import { logoNamed, type Portals } from "./portal-registry.ts";

/** Named by their content. */
const forGood = "public, max-age=31536000, immutable";

/** `GET /accent/150.css`, `GET /sample/150.css`, `GET /logo/HASH`: open to all, like the pages with them. */
export function lookRoutes(tools: { store: Store }): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/accent/:file", (c) => {
      const hue = hueOf(c.req.param("file"));
      if (hue === undefined) return c.text("not found", 404);
      return c.body(accentStyle(hue), 200, { "content-type": "text/css", "cache-control": forGood });
    })
    .get("/sample/:file", (c) => {
      const file = c.req.param("file");
      const hue = file === "none.css" ? null : hueOf(file);
      if (hue === undefined) return c.text("not found", 404);
      return c.body(sampleStyle(hue), 200, { "content-type": "text/css", "cache-control": forGood });
    })
    .get("/logo/:hash", async (c) => {
      const hash = c.req.param("hash");
      const bytes = /^[0-9a-f]{32}$/.test(hash) ? await logoNamed(tools.store.read, hash) : undefined;
      if (!bytes) return c.text("not found", 404);
      const body = new Uint8Array(bytes);
      return c.body(body, 200, { "content-type": "image/webp", "cache-control": forGood });
    });
}

/** «150.css» -> 150; each hue has one address. */
function hueOf(file: string): number | undefined {
  const [, hue] = /^(0|[1-9]\d{0,2})\.css$/.exec(file) ?? [];
  return hue !== undefined && Number(hue) < 360 ? Number(hue) : undefined;
}

/**
 * `GET /portal`: on to the portal that this browser is on the way to: back to where its sign-in waits, else
 * out to where it begins one. Out it goes by a page, not a redirect: what follows a form is held to
 * `form-action`, wherever it is redirected to (decision 0055).
 */
export function portalRoutes(tools: {
  cookies: Cookies;
  portals: Portals;
  settings: { publicUrl: string };
}): Hono<WebEnv> {
  return new Hono<WebEnv>().get("/", (c) => {
    const way = wayTo(tools, c);
    if (way && way.back !== null) {
      forgetBack(tools, c);
      return c.redirect(way.back, 303);
    }
    const address = way && startOf(way.portal, tools.settings.publicUrl);
    if (!way || !address) return c.redirect("/me", 303);
    c.header("Refresh", `0; url=${address}`);
    return c.html(onwardPage(c.get("view"), way.portal, address));
  });
}
