import { Hono } from "hono";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import type { AdminTools } from "../handling.ts";
import * as one from "./one/handlers.ts";
import * as upload from "./upload/handlers.ts";

type Handler = (tools: AdminTools, c: WebContext) => Response | Promise<Response>;

/** Below /admin. */
export function importRoutes(tools: AdminTools): Hono<WebEnv> {
  const at = (handler: Handler) => (c: WebContext) => handler(tools, c);
  return (
    new Hono<WebEnv>()
      .get("/import", at(upload.showImports))
      .post("/import", at(upload.takeFile))
      .post("/new-import", at(upload.takeBeginning))
      .post("/import-pieces/:id", at(upload.takePiece))
      .get("/import/:id", at(one.showImport))
      .get("/import/:id/errors", at(one.takeErrors))
      // Where the proof that it is still them leads back to.
      .get("/import/:id/run", (c) => c.redirect(one.addressOf({ id: c.req.param("id") }), 303))
      .post("/import/:id/received", at(upload.takeReceived))
      .post("/import/:id/read", at(one.takeReading))
      .post("/import/:id/check", at(one.takeCheck))
      .post("/import/:id/run", at(one.takeRun))
      .post("/import/:id/do/:step", at(one.takeStep))
  );
}
