import type { WebContext } from "../../platform/web/context.ts";
import type { Cookies } from "../../platform/web/cookies.ts";

/** What has just been done, for one sentence on the next page. */
export type Told =
  | "password-changed"
  | "password-set"
  | "email-sent-again"
  | "email-cancelled"
  | "phone-changed"
  | "phone-removed"
  | "phone-cancelled";

const NAME = "told";
const LIFETIME_MS = 60_000;

/** Sealed, so that no address from elsewhere makes our page say what did not happen. */
export function keepTold(cookies: Cookies, c: WebContext, told: Told): void {
  cookies.seal(c, NAME, told, LIFETIME_MS);
}

/** Once: the page that says it forgets it. */
export function takeTold(cookies: Cookies, c: WebContext): Told | undefined {
  const told = cookies.open(c, NAME) as Told | undefined;
  if (told !== undefined) cookies.remove(c, NAME);
  return told;
}
