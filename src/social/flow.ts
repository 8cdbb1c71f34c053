/**
 * What this browser is in the midst of with an outside service, in a sealed cookie: nobody can forge or swap
 * it.
 */
import type { ServiceId } from "../identities/identities.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import type { Departure } from "./connection.ts";

export interface Flow extends Departure {
  service: ServiceId;
  purpose: "sign-in" | "link" | "invitation";
  /** Whose account it will be linked to; not with `sign-in`. */
  accountId: string | null;
  returnTo: string;
}

const NAME = "outside";
/** People read a consent page and find their password (Keycloak and Google give their codes as long). */
const LIFETIME_MS = 10 * 60_000;
/** Browsers drop cookies beyond 4096 bytes, and the address of the service stands in it too. */
const LONGEST_PATH = 1_000;

export function keepFlow(cookies: Cookies, c: WebContext, flow: Flow): void {
  const returnTo = flow.returnTo.length > LONGEST_PATH ? "/me" : flow.returnTo;
  cookies.seal(c, NAME, { ...flow, returnTo }, LIFETIME_MS);
}

export function readFlow(cookies: Cookies, c: WebContext): Flow | undefined {
  return cookies.open(c, NAME) as Flow | undefined;
}

/** The flow, which is over with this: one answer is taken for one request. */
export function takeFlow(cookies: Cookies, c: WebContext): Flow | undefined {
  const flow = readFlow(cookies, c);
  if (cookies.read(c, NAME) !== undefined) cookies.remove(c, NAME);
  return flow;
}
