import { type Handler, Hono } from "hono";
import { identitiesOf, offeredServices } from "../identities/identities.ts";
import { passwordChangedAt } from "../passwords/passwords.ts";
import { clientAddress } from "../platform/web/client-address.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { startOf } from "../portal-registry/guard.ts";
import { portalsFor } from "../portal-registry/portal-registry.ts";
import { currentSession, type GuardTools, sessionOfCookie, signedInOnly } from "../sessions/guard.ts";
import { accessOf, devicesOf, type Session } from "../sessions/sessions.ts";
import type { Settings } from "../settings.ts";
import { changeNotices, changeRoutes, openChangeRoutes } from "./changes/routes.ts";
import { deviceRoutes } from "./devices/routes.ts";
import { historyRoutes } from "./history/routes.ts";
import { myPage, type OwnPage, protectionPage, type Tile } from "./pages.ts";
import { personalRoutes } from "./personal/routes.ts";
import { accessRoutes } from "./portals/routes.ts";
import type { ProfileTools } from "./tools.ts";
import { personHere, sessionHere } from "./visitor.ts";

/** Who is there, for a proxy that asks on every request of its own and for scripts: no page, no redirect. */
function told({ account_id: id, name, role, expires_at: until }: Session) {
  return { signed_in: true, id, name, role, until };
}

const asJson = { "content-type": "application/json" };

/**
 * The quick answer of `/me/session`, without anything that only pages need. What has no live session is for
 * the `site`, since a remembered device may revive one.
 */
export function quickSession(
  tools: GuardTools & { settings: Pick<Settings, "trustedProxyHops"> },
  site: Hono<WebEnv>,
): Handler<WebEnv> {
  const { trustedProxyHops } = tools.settings;
  return async (c) => {
    const session = await sessionOfCookie(tools, c, () => clientAddress(c, trustedProxyHops));
    // `c.json` would make a `Headers` first, and that costs as much as finding the session.
    if (!session) return site.fetch(c.req.raw, c.env);
    return new Response(JSON.stringify(told(session)), { headers: asJson });
  };
}

export function profileRoutes(tools: ProfileTools): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/session", (c) => {
      const session = currentSession(c);
      return session ? c.json(told(session)) : c.json({ signed_in: false }, 401);
    })
    .route("/", openChangeRoutes(tools))
    .use(signedInOnly)
    .get("/", async (c) => c.html(myPage(c.get("view"), await ownPage(tools, c))))
    .get("/protection", async (c) => {
      const session = sessionHere(c);
      const devices = await devicesOf(tools, session.account_id, session);
      const access = await accessCount(tools, session.account_id);
      const shown = { ...(await ownPage(tools, c)), session, devices, access };
      return c.html(protectionPage(c.get("view"), shown));
    })
    .route("/", personalRoutes(tools))
    .route("/", deviceRoutes(tools))
    .route("/", accessRoutes(tools))
    .route("/", historyRoutes(tools))
    .route("/", changeRoutes(tools));
}

async function ownPage(tools: ProfileTools, c: WebContext): Promise<OwnPage> {
  const person = await personHere(tools, c);
  return {
    person,
    passwordChangedAt: await passwordChangedAt(tools.store.read, person.account.id),
    inBox: c.get("view").portal.style === "control-string",
    saved: c.req.query("saved") !== undefined,
    notices: await changeNotices(tools, c),
    portals: await tilesFor(tools, person.account.id),
    social: await socialOf(tools, c, person.account.id),
  };
}

/** How many portals may learn or do something in this person's name; undefined where there are no portals. */
async function accessCount(tools: ProfileTools, accountId: string): Promise<number | undefined> {
  if (tools.portals.all().length === 1) return undefined;
  const found = await accessOf(tools, accountId);
  return found.filter(({ portalId }) => tools.portals.portal(portalId)).length;
}

/** Those that told where they begin; the others are entered from their own side. */
async function tilesFor(tools: ProfileTools, accountId: string): Promise<Tile[]> {
  const open = await portalsFor(tools, accountId);
  return open.flatMap((portal) => {
    const address = startOf(portal, tools.settings.publicUrl);
    return address === null ? [] : [{ name: portal.name, logo: portal.logo, address }];
  });
}

async function socialOf(
  { settings, store }: ProfileTools,
  c: WebContext,
  accountId: string,
): Promise<string[] | undefined> {
  const linked = await identitiesOf(settings, store.read, accountId);
  if (linked.length === 0 && offeredServices(settings).length === 0) return undefined;
  return linked.map(({ service }) => service.name[c.get("view").language]);
}
