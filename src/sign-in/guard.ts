import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";

const NAME = "device";
/** How long a browser stays known for an account after its last sign-in there. */
const KNOWN_MS = 30 * 86_400_000;
const MOST = 10;

type Known = { id: string; until: number }[];

/**
 * The accounts that signed in from this browser within 30 days; the cookie is sealed, so nobody can add to
 * it.
 */
export function knownAccounts(cookies: Cookies, c: WebContext): string[] {
  return read(cookies, c).map((entry) => entry.id);
}

/** From now on this browser is known for the account. */
export function rememberAccount(cookies: Cookies, c: WebContext, accountId: string): void {
  const others = read(cookies, c).filter((entry) => entry.id !== accountId);
  const known: Known = [{ id: accountId, until: c.get("view").now + KNOWN_MS }, ...others].slice(0, MOST);
  cookies.seal(c, NAME, known, KNOWN_MS);
}

function read(cookies: Cookies, c: WebContext): Known {
  const known = cookies.open(c, NAME) as Known | undefined;
  return (known ?? []).filter((entry) => entry.until > c.get("view").now);
}
