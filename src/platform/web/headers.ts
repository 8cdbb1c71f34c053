import type { MiddlewareHandler } from "hono";
import type { WebEnv } from "./context.ts";

const PERMISSIONS =
  "publickey-credentials-get=(self), publickey-credentials-create=(self), otp-credentials=(self), " +
  "camera=(), microphone=(), geolocation=()";

/** The headers of every answer, errors and redirects included, under the names that `Headers` gives them. */
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

/** Sees to it that they are on whatever answer comes back. */
export function securityHeaders(options: { https: boolean }): MiddlewareHandler<WebEnv> {
  const fixed = Object.entries(fixedHeaders(options));
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of fixed) {
      if (name !== "cache-control" || !headers.has(name)) headers.set(name, value);
    }
    if (c.get("inlineStyles")) headers.set("content-security-policy", contentPolicy(true));
  };
}

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
