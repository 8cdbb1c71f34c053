import type { WebContext } from "./context.ts";
import type { Cookies } from "./cookies.ts";

const NAME = "typed";
const LIFETIME_MS = 60 * 60_000;
const LONGEST = 320;

/**
 * What this browser typed last to name itself, so that nobody types it twice on the way (WCAG 2.2, 3.3.7).
 */
export function typedIdentifier(cookies: Cookies, c: WebContext): string {
  const kept = cookies.open(c, NAME);
  return typeof kept === "string" ? kept : "";
}

/** Somebody else comes in here now. */
export function forgetTypedIdentifier(cookies: Cookies, c: WebContext): void {
  cookies.remove(c, NAME);
}

export function keepTypedIdentifier(cookies: Cookies, c: WebContext, identifier: string): void {
  cookies.seal(c, NAME, identifier.slice(0, LONGEST), LIFETIME_MS);
}
