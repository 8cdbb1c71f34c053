import { Hono } from "hono";
import { waysOut } from "../identities/identities.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import type { View } from "../platform/web/view.ts";
import { anyGroupSets, policyOfEveryone } from "../policies/policies.ts";
import * as asking from "./ask-handlers.ts";
import * as coding from "./code-handlers.ts";
import * as finishing from "./finish-handlers.ts";
import type { Counter, RecoveryTools } from "./handling.ts";
import { donePage, type PageFacts } from "./pages.ts";

export function recoveryRoutes(tools: RecoveryTools): Hono<WebEnv> {
  const at =
    (handler: (counter: Counter, c: WebContext) => Response | Promise<Response>) => (c: WebContext) =>
      handler({ tools, facts: factsFor(tools, c.get("view")) }, c);

  return new Hono<WebEnv>()
    .get("/", at(asking.showStart))
    .post("/", at(asking.ask))
    .get("/sent", at(coding.showSent))
    .post("/again", at(asking.askAgain))
    .post("/renew", at(asking.renew))
    .get("/login", at(asking.showLogin))
    .post("/login", at(asking.remind))
    .get("/login/sent", at(asking.showLoginSent))
    .get("/code", at(coding.showCode))
    .post("/code", at(coding.takeCode))
    .get("/link", at(finishing.openLink))
    .get("/password", at(finishing.showPassword))
    .post("/password", at(finishing.takePassword))
    .get("/string", at(finishing.showString))
    .post("/string", at(finishing.takeString))
    .get(
      "/done",
      at(({ facts }, c) => c.html(donePage(c.get("view"), facts))),
    );
}

function factsFor(tools: RecoveryTools, { portal }: View): PageFacts {
  const { settings } = tools;
  const byLetter = portal.channels.includes("letter");
  const bySms = settings.smsReady && portal.channels.includes("sms");
  return {
    inBox: portal.style === "control-string",
    // Without a gateway there are letters, whatever the portal would rather have.
    channels: [...(byLetter || !bySms ? (["email"] as const) : []), ...(bySms ? (["sms"] as const) : [])],
    sender: settings.mailFrom.address,
    adminContact: portal.adminContact,
    linkLifetimeMs: policyOfEveryone(tools).linkMinutes * 60_000,
    linkMayEndSooner: anyGroupSets(tools, "linkMinutes"),
    codeLifetimeMs: settings.recoveryCodeLifetimeMs,
    smsReady: bySms,
    ways: waysOut(settings),
  };
}
