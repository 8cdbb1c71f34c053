import { Hono } from "hono";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { type PolicyTools, policyOf, policyOfEveryone } from "../policies/policies.ts";
import { currentSession } from "../sessions/guard.ts";
import type { Settings } from "../settings.ts";
import { helpFacts, isTopic } from "./help.ts";
import { overviewPage, topicPage } from "./pages.ts";

/** `GET /` and `GET /:topic`, for `app.route("/help", …)`; an unknown topic is a 404. */
export function helpRoutes(tools: PolicyTools & { settings: Settings }): Hono<WebEnv> {
  const facts = (c: WebContext) => {
    const { portal, language } = c.get("view");
    const session = currentSession(c);
    const policy = session ? policyOf(tools, session) : policyOfEveryone(tools);
    return helpFacts(tools.settings, portal, { policy, language });
  };
  return new Hono<WebEnv>()
    .get("/", (c) => c.html(overviewPage(c.get("view"), facts(c))))
    .get("/:topic", (c) => {
      const topic = c.req.param("topic");
      if (!isTopic(topic)) throw new Refusal(404);
      return c.html(topicPage(c.get("view"), facts(c), topic));
    });
}
