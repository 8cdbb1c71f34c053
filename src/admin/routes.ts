import { Hono } from "hono";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import * as forms from "./actions/form-handlers.ts";
import * as acts from "./actions/handlers.ts";
import * as many from "./actions/many-handlers.ts";
import { createRecordCheck } from "./audit/check.ts";
import * as audit from "./audit/handlers.ts";
import * as card from "./card/handlers.ts";
import { caseRoutes } from "./cases/routes.ts";
import * as deliveries from "./deliveries/handlers.ts";
import * as figures from "./figures/handlers.ts";
import * as groups from "./groups/handlers.ts";
import * as members from "./groups/members/handlers.ts";
import { type AdminTools, actorOf } from "./handling.ts";
import { importRoutes } from "./import/routes.ts";
import { listRoutes } from "./list/routes.ts";
import { homeOf } from "./places.ts";
import { portalConsoleRoutes } from "./portals/routes.ts";

type Handler = (tools: AdminTools, c: WebContext) => Response | Promise<Response>;

export function adminRoutes(tools: AdminTools): Hono<WebEnv> {
  const at = (handler: Handler) => (c: WebContext) => handler(tools, c);
  const check = createRecordCheck();

  return (
    new Hono<WebEnv>()
      .use(async (c, next) => {
        // Before anything else, also for addresses that do not exist.
        actorOf(c);
        await next();
      })
      .get("/", (c) => c.redirect(homeOf(actorOf(c).role), 303))
      .route("/", portalConsoleRoutes(tools))
      .get("/audit", at(audit.showAudit))
      .post("/audit/export", at(audit.takeExport))
      .get("/figures", at(figures.showFigures))
      .get("/figures/file", at(figures.takeFile))
      .post("/audit/check", (c) => audit.takeCheck(tools, c, check))
      .route("/", caseRoutes(tools))
      .route("/", importRoutes(tools))
      .get("/deliveries", at(deliveries.showDeliveries))
      .get("/deliveries/:id", at(deliveries.showDelivery))
      .get("/deliveries/:id/letter", at(deliveries.takeLetter))
      .route("/", listRoutes(tools))
      // Beside `/users/:id` a fixed word would cost every request of the service the quick router.
      .get("/new-user", (c) => forms.showAdd(c))
      .post("/new-user", at(forms.takeAdd))
      .get("/groups", at(groups.showGroups))
      .get("/new-group", (c) => groups.showNew(c))
      .post("/new-group", at(groups.takeNew))
      .get("/groups/:id", at(groups.showGroup))
      .post("/groups/:id", at(groups.takeGroup))
      .get("/groups/:id/delete", at(groups.showDelete))
      .post("/groups/:id/delete", at(groups.takeDelete))
      .get("/groups/:id/members", at(members.showMembers))
      .post("/groups/:id/members", at(members.takeMembers))
      .get("/into-group", at(members.showIntoGroup))
      .post("/into-group", at(members.takeIntoGroup))
      .get("/many", at(many.showMany))
      .post("/many", at(many.takeMany))
      .post("/undo", at(many.takeUndo))
      .get("/users/:id", at(card.showProtection))
      .get("/users/:id/sessions", at(card.showSessions))
      .post("/users/:id/sessions/end", at(card.takeEndDevice))
      .get("/users/:id/history", at(card.showHistory))
      .get("/users/:id/deliveries", at(card.showDeliveries))
      .get("/users/:id/record", at(card.showRecord))
      .get("/users/:id/rules", at(card.showRules))
      .get("/users/:id/edit", at(forms.showEdit))
      .post("/users/:id/edit", at(forms.takeEdit))
      .get("/users/:id/role", at(forms.showRole))
      .post("/users/:id/role", at(forms.takeRole))
      .get("/users/:id/do/:act", at(acts.showAct))
      .post("/users/:id/do/:act", at(acts.takeAct))
  );
}
