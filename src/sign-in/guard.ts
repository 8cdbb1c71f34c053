import { recordEvent } from "../audit/audit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import { carrySession, dropSession, type GuardTools } from "../sessions/guard.ts";
import { KNOWN_MS, type KnownBrowser, type StartedSession, stillKnown } from "../sessions/sessions.ts";

const NAME = "device";
const MOST = 10;

type Kept = { id: string; browser: string; until: number }[];

/**
 * For which accounts this browser is known: those entered from it within 30 days that have not forgotten it
 * since. The cookie is sealed, so nobody can add to it; without it this costs nothing.
 */
export async function knownBrowsers(
  tools: { clock: Clock; store: Store; cookies: Cookies },
  c: WebContext,
): Promise<KnownBrowser[]> {
  const kept = read(tools.cookies, c);
  if (kept.length === 0) return [];
  return stillKnown(
    tools,
    kept.map((entry) => entry.browser),
  );
}

/** The ids of those accounts. */
export async function knownAccounts(
  tools: { clock: Clock; store: Store; cookies: Cookies },
  c: WebContext,
): Promise<string[]> {
  return (await knownBrowsers(tools, c)).map((browser) => browser.accountId);
}

/** From now on this browser is known for the account. */
export function rememberBrowser(cookies: Cookies, c: WebContext, known: KnownBrowser): void {
  const others = read(cookies, c).filter((entry) => entry.id !== known.accountId);
  const entry = { id: known.accountId, browser: known.id, until: c.get("view").now + KNOWN_MS };
  cookies.seal(c, NAME, [entry, ...others].slice(0, MOST), KNOWN_MS);
}

/** Gives the browser what a way in ended with; whoever was signed in there before is signed out. */
export async function welcome(
  tools: GuardTools,
  c: WebContext,
  { session, browser }: { session: StartedSession; browser: KnownBrowser },
): Promise<void> {
  await dropSession(tools, c);
  carrySession(tools, c, session);
  rememberBrowser(tools.cookies, c, browser);
}

/** Ends the session of this browser, as its owner asked, and records that. */
export async function signOut(tools: GuardTools, c: WebContext): Promise<void> {
  const accountId = await dropSession(tools, c);
  if (!accountId) return;
  const detail = { device: deviceName(c.req.header("user-agent") ?? "") };
  const address = c.get("address");
  await tools.store.transact((write) =>
    recordEvent(tools, write, { action: "session.ended", actor: accountId, accountId, address, detail }),
  );
}

function read(cookies: Cookies, c: WebContext): Kept {
  const kept = cookies.open(c, NAME) as Partial<Kept[number]>[] | undefined;
  return (kept ?? []).flatMap(({ id, browser, until }) =>
    id && browser && until && until > c.get("view").now ? [{ id, browser, until }] : [],
  );
}
