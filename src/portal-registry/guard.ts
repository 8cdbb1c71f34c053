/** The portal that a browser is on the way to: its look on the pages, and the way back to it. */
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { ownPath } from "../platform/web/redirects.ts";
import type { Portal } from "./portal.ts";
import type { Portals } from "./snapshot.ts";

interface GuardTools {
  cookies: Cookies;
  portals: Portals;
}

interface Way {
  portal: string;
  /** A path of ours where the sign-in of this portal waits; null: the portal has to begin another. */
  back: string | null;
}

/** What this very request has set: its own cookie still says what was before. */
const chosen = new WeakMap<Request, Way | undefined>();

const NAME = "portal";
/** Long enough for a letter that comes late; after that pages are those of the installation again. */
const KEPT_MS = 60 * 60_000;
/** Where `?portal=ID` is heeded: letters lead there, and a portal may, from its own «Забыли пароль?». */
const linked = /^\/(sign-in|recovery|social)(\/|$)/;
/** Pages of the installation itself, whatever portal one came from. */
const ownPages = /^\/(me|admin|setup|inbox)(\/|$)/;

/**
 * From now on, for an hour, this browser is on the way to the portal: its pages look like it, and sign-in and
 * recovery end there. `back` is a path of ours where the portal's sign-in waits in this browser. An unknown
 * portal and the default one end the way.
 */
export function setPortal(tools: GuardTools, c: WebContext, way: { portal: string; back?: string }): Portal {
  const portal = tools.portals.portal(way.portal) ?? tools.portals.defaultPortal();
  const back = way.back === undefined ? null : ownPath(way.back);
  const isOwn = portal.isDefault && back === null;
  if (isOwn) tools.cookies.remove(c, NAME);
  else tools.cookies.seal(c, NAME, { portal: portal.id, back } satisfies Way, KEPT_MS);
  chosen.set(c.req.raw, isOwn ? undefined : { portal: portal.id, back });
  const view = c.get("view");
  if (view) c.set("view", { ...view, portal });
  return portal;
}

/** The portal whose look the page of this address has; `?portal=ID` of a link sets it. */
export function portalOf(tools: GuardTools, c: WebContext, url: URL): Portal {
  const byDefault = tools.portals.defaultPortal();
  if (ownPages.test(url.pathname)) return byDefault;
  if (linked.test(url.pathname)) {
    const wished = url.searchParams.get("portal");
    url.searchParams.delete("portal");
    const portal = wished === null ? undefined : tools.portals.portal(wished);
    if (portal) return setPortal(tools, c, { portal: portal.id });
  }
  return tools.portals.portal(wayOf(tools, c)?.portal ?? "") ?? byDefault;
}

/** The way that this browser is on; undefined: none, or its portal is no more. */
export function wayTo(tools: GuardTools, c: WebContext): { portal: Portal; back: string | null } | undefined {
  const way = wayOf(tools, c);
  const portal = way && tools.portals.portal(way.portal);
  return portal && { portal, back: way.back };
}

/** The sign-in that waited has been gone back to: from now on the portal begins another. */
export function forgetBack(tools: GuardTools, c: WebContext): void {
  const way = wayOf(tools, c);
  if (way) tools.cookies.seal(c, NAME, { portal: way.portal, back: null } satisfies Way, KEPT_MS);
}

/**
 * Where a way in or back in ends: the path that was asked for, else the portal that one is on the way to,
 * else «Моя страница».
 */
export function destination(tools: GuardTools, c: WebContext, wished: string | undefined): string {
  if (wished) return ownPath(wished);
  const way = wayTo(tools, c);
  if (!way) return "/me";
  const { client, homeUrl } = way.portal;
  return (way.back ?? client.initiateLoginUri ?? homeUrl) ? "/portal" : "/me";
}

/**
 * Where the portal begins a sign-in (OpenID Connect Core, 4), or its first page; null when it told neither.
 */
export function startOf({ client, homeUrl }: Portal, issuer: string): string | null {
  if (client.initiateLoginUri === null) return homeUrl;
  const address = new URL(client.initiateLoginUri);
  address.searchParams.set("iss", issuer);
  return address.href;
}

function wayOf({ cookies }: GuardTools, c: WebContext): Way | undefined {
  const { raw } = c.req;
  return chosen.has(raw) ? chosen.get(raw) : (cookies.open(c, NAME) as Way | undefined);
}
