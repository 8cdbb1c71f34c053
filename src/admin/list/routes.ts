import { Hono } from "hono";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import * as people from "../export/handlers.ts";
import * as filters from "../filters/handlers.ts";
import type { AdminTools } from "../handling.ts";
import { showList } from "./handlers.ts";

type Handler = (tools: AdminTools, c: WebContext) => Response | Promise<Response>;

/** The list of people, its kept conditions, and its people as a file. */
export function listRoutes(tools: AdminTools): Hono<WebEnv> {
  const at = (handler: Handler) => (c: WebContext) => handler(tools, c);
  return new Hono<WebEnv>()
    .get("/users", at(showList))
    .get("/new-filter", (c) => filters.showNew(c))
    .post("/new-filter", at(filters.takeNew))
    .get("/filters/:id", at(filters.showFilter))
    .post("/filters/:id", at(filters.takeFilter))
    .post("/filters/:id/delete", at(filters.takeDelete))
    .get("/export-people", at(people.showExport))
    .post("/export-people", at(people.takeExport));
}
