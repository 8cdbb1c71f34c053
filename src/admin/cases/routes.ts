import { Hono } from "hono";
import { createPictureMaker } from "../../platform/pictures/pictures.ts";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import type { AdminTools } from "../handling.ts";
import * as cases from "./case-handlers.ts";
import * as desk from "./queue-handlers.ts";

/** The desk's part of the console. */
export function caseRoutes(given: AdminTools): Hono<WebEnv> {
  const tools: cases.CaseTools = { ...given, makePicture: createPictureMaker("page") };
  const at = (handler: (tools: cases.CaseTools, c: WebContext) => Promise<Response>) => (c: WebContext) =>
    handler(tools, c);

  return new Hono<WebEnv>()
    .get("/cases", at(desk.showQueue))
    .get("/case-figures", at(desk.showFigures))
    .get("/case-templates", at(desk.showTemplates))
    .post("/case-templates", at(desk.takeTemplate))
    .get("/cases/:number", at(cases.showCase))
    .get("/cases/:number/files/:id", at(cases.showCaseFile))
    .get("/cases/:number/approve", at(cases.showApprove))
    .post("/cases/:number/approve", at(cases.takeApprove))
    .post("/cases/:number/do/:act", at(cases.takeStep));
}
