import type { MiddlewareHandler } from "hono";
import { equalSecrets, randomSecret, type Secrets } from "../secrets/secrets.ts";
import type { WebContext, WebEnv } from "./context.ts";
import type { Cookies } from "./cookies.ts";
import { readForm } from "./form-body.ts";
import { Refusal } from "./refusals.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses unsafe requests that another site made the browser send. The browser's own word decides
 * (`Sec-Fetch-Site`, then `Origin`); where it says nothing, the form's token must fit the visit's cookie.
 */
export function originCheck(
  tools: { secrets: Secrets; cookies: Cookies },
  publicUrl: string,
): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (SAFE.has(c.req.method)) return next();
    const verdict = judge(c, publicUrl);
    if (verdict === "foreign") throw new Refusal(403);
    if (verdict === "silent") {
      const form = await readForm(c);
      const visit = tools.cookies.read(c, "visit") ?? "";
      if (!visit || !fits(tools, visit, form.text("form_token"))) throw new Refusal(403);
    }
    return next();
  };
}

function judge(c: WebContext, publicUrl: string): "own" | "foreign" | "silent" {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  if (site !== undefined) return site === "same-origin" ? "own" : "foreign";
  if (origin === undefined || origin === "null") return "silent";
  return origin === publicUrl ? "own" : "foreign";
}

/** The token for this visit's forms; begins a visit when there is none. */
export function formToken(tools: { secrets: Secrets; cookies: Cookies }, c: WebContext): string {
  let visit = tools.cookies.read(c, "visit");
  if (visit?.length !== 43) {
    visit = randomSecret();
    tools.cookies.write(c, "visit", visit);
  }
  return tokenOf(tools, visit, randomSecret());
}

/** Another text on every page, so that compressing it beside typed text gives nothing away (BREACH). */
function tokenOf(tools: { secrets: Secrets }, visit: string, salt: string): string {
  return `${salt}.${tools.secrets.fingerprint("form token", `${visit} ${salt}`)}`;
}

function fits(tools: { secrets: Secrets }, visit: string, token: string): boolean {
  const salt = token.split(".")[0] ?? "";
  return equalSecrets(token, tokenOf(tools, visit, salt));
}
