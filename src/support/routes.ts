import { Hono } from "hono";
import { createPictureMaker } from "../platform/pictures/pictures.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { signedInOnly } from "../sessions/guard.ts";
import * as ending from "./end-handlers.ts";
import type { Answer, DeskTools } from "./handling.ts";
import * as opening from "./open-handlers.ts";
import * as own from "./page/handlers.ts";

/** `/support`: needs no session, but for the colleague's word. */
export function supportRoutes(given: Omit<DeskTools, "makePicture">): Hono<WebEnv> {
  const tools: DeskTools = { ...given, makePicture: createPictureMaker("page") };
  const at = (handler: (tools: DeskTools, c: WebContext) => Answer) => (c: WebContext) => handler(tools, c);

  return new Hono<WebEnv>()
    .get("/", at(opening.showForm))
    .post("/", at(opening.takeForm))
    .get("/sent", at(opening.showSent))
    .post("/code", at(opening.takeCode))
    .post("/again", at(opening.askAgain))
    .get("/find", at(opening.showFind))
    .post("/find", at(opening.takeFind))
    .get("/link", at(own.openLink))
    .get("/case", at(own.showCase))
    .post("/case/confirm", at(own.takeConfirm))
    .post("/case/reply", at(own.takeReply))
    .get("/case/files/:id", at(own.showFile))
    .post("/case/phone", at(own.askPhone))
    .post("/case/phone/code", at(own.takePhoneCode))
    .post("/case/withdraw", at(own.takeWithdraw))
    .post("/case/appeal", at(own.takeAppeal))
    .post("/case/link", at(own.takeLinkAgain))
    .get("/vouch/:id", signedInOnly, at(ending.showVouch))
    .post("/vouch/:id", signedInOnly, at(ending.takeVouch))
    .get("/veto/link", at(ending.openVeto))
    .get("/veto", at(ending.showVeto))
    .post("/veto", at(ending.takeVeto))
    .get("/password/link", at(ending.openPassword))
    .get("/password", at(ending.showPassword))
    .post("/password", at(ending.takePassword))
    .get("/password/done", at(ending.showDone));
}
