import { Hono } from "hono";
import { waysOut } from "../identities/identities.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { policyOfEveryone } from "../policies/policies.ts";
import * as asking from "./ask-handlers.ts";
import * as coding from "./code-handlers.ts";
import * as finishing from "./finish-handlers.ts";
import type { Counter, RecoveryTools } from "./handling.ts";
import { donePage } from "./pages.ts";

export function recoveryRoutes(tools: RecoveryTools): Hono<WebEnv> {
  const { settings } = tools;
  const counter: Counter = {
    tools,
    // At each page anew: what «Все» says may have changed since the last one.
    get facts() {
      return {
        inBox: settings.recoveryStyle === "control-string",
        sender: settings.mailFrom.address,
        adminContact: settings.adminContact,
        linkLifetimeMs: policyOfEveryone(tools).linkMinutes * 60_000,
        codeLifetimeMs: settings.recoveryCodeLifetimeMs,
        smsReady: settings.smsReady,
        ways: waysOut(settings),
      };
    },
  };
  const at =
    (handler: (counter: Counter, c: WebContext) => Response | Promise<Response>) => (c: WebContext) =>
      handler(counter, c);

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
    .get("/done", (c) => c.html(donePage(c.get("view"), counter.facts)));
}
