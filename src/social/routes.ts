import { Hono } from "hono";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { signedInOnly } from "../sessions/guard.ts";
import { arrive, forward, leave, showEntrance, showOnward } from "./handlers.ts";
import type { SocialTools } from "./handling.ts";
import { link, showLinks, unlink } from "./link-handlers.ts";

/**
 * What a service posts from its own site, ahead of the check of origins: it is only turned into the address
 * that the others answer to.
 */
export function postedBackRoutes(tools: SocialTools): Hono<WebEnv> {
  return new Hono<WebEnv>().post("/:service/callback", (c, next) => forward(tools, c, next));
}

export function socialRoutes(tools: SocialTools): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/:service", (c) => showEntrance(tools, c))
    .post("/:service/start", (c) => leave(tools, c))
    .get("/:service/onward", (c) => showOnward(tools, c))
    .get("/:service/callback", (c) => arrive(tools, c));
}

/** «Соцсети», below /me. */
export function ownSocialRoutes(tools: SocialTools): Hono<WebEnv> {
  const at =
    (handler: (tools: SocialTools, c: WebContext) => Response | Promise<Response>) => (c: WebContext) =>
      handler(tools, c);
  return new Hono<WebEnv>()
    .use(signedInOnly)
    .get("/", at(showLinks))
    .post("/unlink", at(unlink))
    .post("/link/:service", at(link));
}
