import { Hono } from "hono";
import { createPictureMaker } from "../../platform/pictures/pictures.ts";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import type { AdminTools } from "../handling.ts";
import * as connection from "./connection/handlers.ts";
import * as look from "./look/handlers.ts";
import * as people from "./people/handlers.ts";

type Handler = (tools: AdminTools, c: WebContext) => Response | Promise<Response>;

/** Below /admin. */
export function portalConsoleRoutes(tools: AdminTools): Hono<WebEnv> {
  const at = (handler: Handler) => (c: WebContext) => handler(tools, c);
  const makeLogo = createPictureMaker("logo");
  return new Hono<WebEnv>()
    .get("/portals", at(look.showPortals))
    .get("/new-portal", at(connection.showNew))
    .post("/new-portal", at(connection.takeNew))
    .get("/portals/:id", at(look.showLook))
    .post("/portals/:id", at(look.takeLook))
    .post("/portals/:id/logo", (c) => look.takeLogo(tools, c, makeLogo))
    .post("/portals/:id/logo/remove", at(look.removeLogo))
    .get("/portals/:id/people", at(people.showPeople))
    .post("/portals/:id/people", at(people.takePeople))
    .post("/portals/:id/people/add", at(people.addMember))
    .post("/portals/:id/people/remove", at(people.removeMember))
    .get("/portals/:id/connection", at(connection.showConnection))
    .post("/portals/:id/connection", at(connection.takeConnection))
    .post("/portals/:id/connection/check", at(connection.takeCheck))
    .get("/portals/:id/clients", at(connection.showClients))
    .get("/portals/:id/secret", at(connection.showSecret))
    .post("/portals/:id/secret", at(connection.takeSecret))
    .post("/portals/:id/secret/end", at(connection.endSecret))
    .get("/portals/:id/archive", at(connection.showArchive))
    .post("/portals/:id/archive", at(connection.takeArchive));
}
