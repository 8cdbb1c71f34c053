import { Hono } from "hono";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { type PolicyTools, policyOf, policyOfEveryone } from "../policies/policies.ts";
import { currentSession } from "../sessions/guard.ts";
import type { Settings } from "../settings.ts";
import { helpFacts, isTopic } from "./help.ts";
import { overviewPage, topicPage } from "./pages.ts";
import { staffOverviewPage, staffTopicPage } from "./staff/pages.ts";
import { isStaffTopic } from "./staff/staff.ts";

/** `/`, `/:topic`, `/staff` and `/staff/:topic`, for `app.route("/help", …)`; an unknown topic is a 404. */
export function helpRoutes(tools: PolicyTools & { settings: Settings }): Hono<WebEnv> {
  const facts = (c: WebContext) => {
    const { portal, language } = c.get("view");
    const session = currentSession(c);
    const policy = session ? policyOf(tools, session) : policyOfEveryone(tools);
    return helpFacts(tools.settings, portal, { policy, language });
  };
  return new Hono<WebEnv>()
    .get("/", (c) => c.html(overviewPage(c.get("view"), facts(c))))
    .get("/staff", (c) => c.html(staffOverviewPage(c.get("view"))))
    .get("/staff/:topic", (c) => {
      const topic = c.req.param("topic");
      if (!isStaffTopic(topic)) throw new Refusal(404);
      return c.html(staffTopicPage(c.get("view"), facts(c), topic));
    })
    .get("/:topic", (c) => {
      const topic = c.req.param("topic");
      if (!isTopic(topic)) throw new Refusal(404);
      return c.html(topicPage(c.get("view"), facts(c), topic));
    });
}
