import { getCookie, setCookie } from "hono/cookie";
import type { Clock } from "../clock.ts";
import type { Secrets } from "../secrets/secrets.ts";
import type { WebContext } from "./context.ts";

/**
 * Our cookies: `__Host-` (this host alone, https, whole site), unreadable for scripts, sent along when a
 * person arrives by a link. On plain-http loopback, where browsers refuse the prefix, the bare name without
 * `Secure`.
 */
export interface Cookies {
  read(c: WebContext, name: string): string | undefined;
  write(c: WebContext, name: string, value: string, lifetimeMs?: number): void;
  remove(c: WebContext, name: string): void;
  /** A sealed value: only we can read or make it. Undefined when absent, forged or too old. */
  open(c: WebContext, name: string): unknown;
  seal(c: WebContext, name: string, value: unknown, lifetimeMs: number): void;
}

export function createCookies(
  tools: { secrets: Secrets; clock: Clock },
  options: { https: boolean },
): Cookies {
  const full = (name: string) => (options.https ? `__Host-${name}` : name);
  const cookies: Cookies = {
    read: (c, name) => getCookie(c, full(name)),
    write(c, name, value, lifetimeMs) {
      setCookie(c, full(name), value, {
        path: "/",
        httpOnly: true,
        secure: options.https,
        sameSite: "Lax",
        ...(lifetimeMs !== undefined && { maxAge: Math.floor(lifetimeMs / 1000) }),
      });
    },
    remove: (c, name) => cookies.write(c, name, "", 0),
    open(c, name) {
      const value = cookies.read(c, name);
      return value === undefined ? undefined : tools.secrets.open(`cookie ${name}`, value, tools.clock.now());
    },
    seal(c, name, value, lifetimeMs) {
      const sealed = tools.secrets.seal(`cookie ${name}`, value, tools.clock.now() + lifetimeMs);
      cookies.write(c, name, sealed, lifetimeMs);
    },
  };
  return cookies;
}
