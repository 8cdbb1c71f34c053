import { Hono } from "hono";
import type { WebContext, WebEnv } from "../../platform/web/context.ts";
import { readForm } from "../../platform/web/form-body.ts";
import type { Portals } from "../../portal-registry/portal-registry.ts";
import { accessOf, withdrawAccess } from "../../sessions/sessions.ts";
import type { ProfileTools } from "../tools.ts";
import { sessionHere, visitorHere } from "../visitor.ts";
import { accessPage } from "./pages.ts";

/** «Доступ порталов», below /me. */
export function accessRoutes(tools: ProfileTools): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/portals", (c) => showAccess(tools, c))
    .post("/portals/end", (c) => endAccess(tools, c));
}

async function showAccess(tools: ProfileTools, c: WebContext): Promise<Response> {
  const found = await accessOf(tools, sessionHere(c).account_id);
  const accesses = found
    .flatMap(({ portalId, ...access }) => {
      const portal = tools.portals.portal(portalId);
      return portal ? [{ ...access, portal }] : [];
    })
    // Those of others first: that is what one comes for.
    .toSorted(
      (one, other) =>
        Number(other.portal.isForeign) - Number(one.portal.isForeign) ||
        one.portal.name.localeCompare(other.portal.name, c.get("view").language),
    );
  return c.html(accessPage(c.get("view"), { accesses, done: doneIn(tools, c) }));
}

function doneIn({ portals }: { portals: Portals }, c: WebContext) {
  const what = (["withdrawn", "left"] as const).find((each) => c.req.query(each) !== undefined);
  const portal = what && portals.portal(c.req.query(what) ?? "");
  return what && portal ? { what, portal: portal.name } : undefined;
}

/** A portal that is none, or that has no access, is answered alike: afterwards it has none. */
async function endAccess(tools: ProfileTools, c: WebContext): Promise<Response> {
  const portal = tools.portals.portal((await readForm(c)).text("portal"));
  if (!portal) return c.redirect("/me/portals", 303);
  const ended = await tools.store.transact((write) =>
    withdrawAccess(tools, write, {
      accountId: sessionHere(c).account_id,
      portal,
      language: c.get("view").language,
      visitor: visitorHere(c),
    }),
  );
  return c.redirect(ended === "nothing" ? "/me/portals" : `/me/portals?${ended}=${portal.id}`, 303);
}
