import { randomSecret } from "../platform/secrets/secrets.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";

const NAME = "invitation";
const LIFETIME_MS = 60 * 60_000;
/** Longer than any key of ours. */
const LONGEST_KEY = 100;

/** The invitation that this browser has opened. */
export interface HeldInvitation {
  key: string;
  /** Names this browser's flow, so that a form sent twice is known again. */
  visit: string;
}

/** Moves the key of a letter's link from the address into a sealed cookie. */
export function holdInvitation(cookies: Cookies, c: WebContext, key: string): void {
  cookies.seal(c, NAME, { key: key.slice(0, LONGEST_KEY), visit: randomSecret() }, LIFETIME_MS);
}

/** The invitation of this browser; one that opens nothing when there is none. */
export function heldInvitation(cookies: Cookies, c: WebContext): HeldInvitation {
  return (cookies.open(c, NAME) as HeldInvitation | undefined) ?? { key: "", visit: randomSecret() };
}
