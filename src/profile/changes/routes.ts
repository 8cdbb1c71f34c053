import { Hono } from "hono";
import { html } from "hono/html";
import { pendingChange } from "../../contacts/contacts.ts";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import type { Html } from "../../platform/web/view.ts";
import { currentSession, signedInOnly } from "../../sessions/guard.ts";
import type { ProfileTools } from "../tools.ts";
import * as email from "./email-handlers.ts";
import type { Answer } from "./here.ts";
import { pendingNotice, returnedNotice, toldNotice } from "./pages.ts";
import * as password from "./password-handlers.ts";
import * as phone from "./phone-handlers.ts";
import * as proof from "./proof-handlers.ts";
import { returnedMailboxes, takeMailboxWorks } from "./returned-mail.ts";
import { takeTold } from "./told.ts";

type Handler = (tools: ProfileTools, c: WebContext) => Answer;

/** What works without a session: the letter may be read elsewhere, and a form may outlive its session. */
export function openChangeRoutes(tools: ProfileTools): Hono<WebEnv> {
  const at = (handler: Handler) => (c: WebContext) => handler(tools, c);
  return new Hono<WebEnv>()
    .post("/password", at(password.takePassword))
    .get("/email/link", at(email.openLink))
    .get("/email/confirm", at(email.showConfirm))
    .post("/email/confirm", at(email.takeConfirm));
}

/** The forms behind «Сменить пароль», «Сменить e-mail» and «Сменить телефон», below /me. */
export function changeRoutes(tools: ProfileTools): Hono<WebEnv> {
  const at = (handler: Handler) => (c: WebContext) => handler(tools, c);
  return new Hono<WebEnv>()
    .use(signedInOnly)
    .get("/password", at(password.showPassword))
    .get("/email", at(email.showEmail))
    .post("/email", at(email.takeEmail))
    .post("/email/again", at(email.sendEmailAgain))
    .post("/email/cancel", at(email.cancelEmail))
    .post("/email/works", at(takeMailboxWorks))
    .get("/phone", at(phone.showPhone))
    .post("/phone", at(phone.takePhone))
    .get("/phone/code", at(phone.showCode))
    .post("/phone/code", at(phone.takeCode))
    .post("/phone/again", at(phone.sendCodeAgain))
    .post("/phone/cancel", at(phone.cancelPhone))
    .get("/phone/remove", at(phone.showRemoval))
    .post("/phone/remove", at(phone.takeRemoval))
    .get("/confirm", at(proof.showProof))
    .post("/confirm", at(proof.takeProof))
    .post("/confirm/code", at(proof.sendProofCode));
}

/** What stands above the rows of «Моя страница»: a change that is done, or one that waits for its proof. */
export async function changeNotices(tools: ProfileTools, c: WebContext): Promise<Html> {
  const view = c.get("view");
  const accountId = currentSession(c)?.account_id ?? "";
  const told = takeTold(tools.cookies, c);
  const waiting = await Promise.all(
    (["email", "phone"] as const).map(async (kind) => {
      const pending = await pendingChange(tools, tools.store.read, accountId, kind);
      return pending ? pendingNotice(view, kind, pending) : html``;
    }),
  );
  const returned = await returnedMailboxes(tools.store.read, accountId);
  const mailboxes = returned.map((contact) => returnedNotice(view, contact));
  return html`${told ? toldNotice(view, told) : ""}${mailboxes}${waiting}`;
}
