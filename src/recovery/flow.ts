import { randomSecret } from "../platform/secrets/secrets.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import type { Channel, Key } from "./recovery.ts";

/** What this browser is in the midst of, in a sealed cookie: nobody can forge, read or swap it. */
export interface Flow {
  /** Names the flow; a proof remembers it, so that a form sent twice is known again. */
  visit: string;
  /** As the person typed it. */
  identifier: string;
  /** As the page shows it back. */
  shown?: string;
  by?: "email" | "login" | "phone" | "link";
  asked?: {
    channel: Channel;
    recoveryId: string;
    /** The last request by each way: a repeat carries its code on, also after a detour by the other. */
    latest: Partial<Record<Channel, string>>;
    number: number;
    at: number;
    readyAt: number;
    /** Since when the link of the latest letter counts: a young link is sent again, not made anew. */
    linkFrom?: number | undefined;
  };
  /** True right after a repeat, for the sentence that says so. */
  repeated?: boolean;
  /** The account of an outdated link, when the request was made from its page. */
  renewing?: string;
  key?: Key;
  login?: string;
}

const NAME = "flow";
const LIFETIME_MS = 60 * 60_000;

export function readFlow(cookies: Cookies, c: WebContext): Flow {
  const found = cookies.open(c, NAME) as Flow | undefined;
  return found ?? { visit: randomSecret(), identifier: "" };
}

export function keepFlow(cookies: Cookies, c: WebContext, flow: Flow): void {
  cookies.seal(c, NAME, flow, LIFETIME_MS);
}
