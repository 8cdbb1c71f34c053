import type { MiddlewareHandler } from "hono";
import type { WebEnv } from "./context.ts";

const PERMISSIONS =
  "publickey-credentials-get=(self), publickey-credentials-create=(self), otp-credentials=(self), " +
  "camera=(), microphone=(), geolocation=()";

/**
 * The headers of every answer, errors and redirects included. `same-origin` as referrer policy: under
 * `no-referrer` Chromium would send `Origin: null` with our own forms.
 */
export function securityHeaders(options: { https: boolean }): MiddlewareHandler<WebEnv> {
  const fixed: [string, string][] = [
    ["X-Content-Type-Options", "nosniff"],
    ["Referrer-Policy", "same-origin"],
    ["X-Frame-Options", "DENY"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["Permissions-Policy", PERMISSIONS],
    ["X-Robots-Tag", "noindex"],
  ];
  if (options.https) fixed.push(["Strict-Transport-Security", "max-age=63072000"]);
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of fixed) headers.set(name, value);
    headers.set("Content-Security-Policy", contentPolicy(c.get("inlineStyles") === true));
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
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
