/** Who of the staff stands before which portal. */
import type { WebContext } from "../../platform/web/context.ts";
import { Refusal } from "../../platform/web/refusals.ts";
import type { By, Portal } from "../../portal-registry/portal-registry.ts";
import type { Actor } from "../acting.ts";
import { type AdminTools, actorOf } from "../handling.ts";
import { mayAtAll, type Right } from "../rights.ts";

export interface At {
  actor: Actor;
  portal: Portal;
  by: By;
}

/** Who of the staff, if they may; everybody else finds no page. */
export function portalStaff(c: WebContext, right: Right): Actor {
  const actor = actorOf(c);
  if (!mayAtAll(actor.role, right)) throw new Refusal(404);
  return actor;
}

/** The portal of the address. */
export function portalAt(tools: AdminTools, c: WebContext, right: Right): At {
  const actor = portalStaff(c, right);
  const portal = tools.portals.portal(c.req.param("id") ?? "");
  if (!portal) throw new Refusal(404);
  return { actor, portal, by: { actor: actor.id, address: actor.address } };
}

/** The same for what the installation itself has not: connection, members, an end. */
export function otherPortalAt(tools: AdminTools, c: WebContext, right: Right): At {
  const at = portalAt(tools, c, right);
  if (at.portal.isDefault) throw new Refusal(404);
  return at;
}
