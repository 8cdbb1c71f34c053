import type { MiddlewareHandler } from "hono";
import type { WebEnv } from "./context.ts";

const PERMISSIONS =
  "publickey-credentials-get=(self), publickey-credentials-create=(self), otp-credentials=(self), " +
  "camera=(), microphone=(), geolocation=()";

/**
 * The headers of every answer, errors and redirects included. The listener puts them on before the app sees
 * the request, so that none goes without; an answer may bring its own `cache-control`.
 */
export function fixedHeaders(options: { https: boolean }): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    // Under `no-referrer` Chromium would send `Origin: null` with our own forms.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": PERMISSIONS,
    "x-robots-tag": "noindex",
    "cache-control": "no-store",
    "content-security-policy": contentPolicy(false),
    ...(options.https && { "strict-transport-security": "max-age=63072000" }),
  };
}

/** A page that asks for it, the letters of the trial inbox, may bring styles within its text. */
export const allowInlineStyles: MiddlewareHandler<WebEnv> = async (c, next) => {
  await next();
  if (c.get("inlineStyles")) c.res.headers.set("content-security-policy", contentPolicy(true));
};

function contentPolicy(inlineStyles: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${inlineStyles ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
