import { Hono } from "hono";
import { html } from "hono/html";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import type { Html } from "../../platform/web/view.ts";
import type { ProfileTools } from "../tools.ts";

/** The forms behind «Сменить пароль», «Сменить e-mail» and «Сменить телефон», below /me. */
export function changeRoutes(_tools: ProfileTools): Hono<WebEnv> {
  return new Hono<WebEnv>();
}

/** What stands above the rows of «Моя страница»: a change that is done, or one that waits for its proof. */
export function changeNotices(_tools: ProfileTools, _c: WebContext): Promise<Html> {
  return Promise.resolve(html``);
}
