import { Hono } from "hono";
import { waysOut } from "../identities/identities.ts";
import { currentPolicy } from "../passwords/passwords.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import * as asking from "./ask-handlers.ts";
import * as coding from "./code-handlers.ts";
import * as finishing from "./finish-handlers.ts";
import type { Counter, RecoveryTools } from "./handling.ts";
import { donePage } from "./pages.ts";

export function recoveryRoutes(tools: RecoveryTools): Hono<WebEnv> {
  const { settings } = tools;
  const counter: Counter = {
    tools,
    facts: {
      inBox: settings.recoveryStyle === "control-string",
      sender: settings.mailFrom.address,
      adminContact: settings.adminContact,
      minimum: currentPolicy.minimum,
      linkLifetimeMs: settings.recoveryLinkLifetimeMs,
      codeLifetimeMs: settings.recoveryCodeLifetimeMs,
      smsReady: settings.smsReady,
      ways: waysOut(settings),
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
