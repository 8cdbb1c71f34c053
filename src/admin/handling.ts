import { type Person, personById } from "../accounts/accounts.ts";
import type { Catalogue } from "../delivery/delivery.ts";
import type { AcceptTools } from "../invitations/invitations.ts";
import { passwordChangedAt } from "../passwords/passwords.ts";
import type { Places } from "../platform/places/places.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import { Refusal } from "../platform/web/refusals.ts";
import type { AskTools } from "../recovery/recovery.ts";
import { currentSession } from "../sessions/guard.ts";
import { recentlyProven } from "../sessions/sessions.ts";
import type { Actor } from "./acting.ts";
import { isStaff, may, type Right } from "./rights.ts";

/** What every handler of this folder works with. */
export type AdminTools = AcceptTools &
  AskTools & {
    cookies: Cookies;
    /** Every message that there is, for those who look at one. */
    catalogue: Catalogue;
    log: { error(fields: object, text: string): void };
    places: Pick<Places, "placeOf">;
  };

/** Who of the staff asks. For everybody else there is no such page. */
export function actorOf(c: WebContext): Actor {
  const session = currentSession(c);
  if (!session || !isStaff(session.role)) throw new Refusal(404);
  return {
    id: session.account_id,
    role: session.role,
    address: c.get("address"),
    device: deviceName(c.req.header("user-agent") ?? ""),
    language: c.get("view").language,
  };
}

/** The person of the address, if this one of the staff may do that; everybody else finds no page. */
export async function personFor(
  tools: AdminTools,
  c: WebContext,
  right: Right,
): Promise<{ actor: Actor; person: Person }> {
  const actor = actorOf(c);
  const id = c.req.param("id") ?? "";
  const person = isId(id) ? await personById(tools.store.read, id) : undefined;
  if (!person || !may(actor, right, person.account)) throw new Refusal(404);
  return { actor, person };
}

/** Whatever else stands in an address is not worth asking the database, which may choke on it. */
export function isId(text: string): boolean {
  return /^[0-9a-f-]{36}$/.test(text);
}

/**
 * What gives staff a way into somebody's account asks first whether it is still them at the keyboard: the
 * answer that leads there and then `back`, or undefined when they proved it within five minutes.
 */
export async function proofWanted(
  tools: AdminTools,
  c: WebContext,
  back = c.req.path,
): Promise<Response | undefined> {
  const session = currentSession(c);
  if (!session) throw new Refusal(404);
  const hasPassword = (await passwordChangedAt(tools.store.read, session.account_id)) !== undefined;
  if (recentlyProven(session, hasPassword ? "password" : "mailbox", tools.clock.now())) return undefined;
  return c.redirect(`/me/confirm?return_to=${encodeURIComponent(back)}`, 303);
}

/** Before which number of the record a page begins; undefined, which is the newest, for anything else. */
export function readBefore(c: WebContext): number | undefined {
  const asked = c.req.query("before") ?? "";
  return /^\d{1,15}$/.test(asked) ? Number(asked) : undefined;
}
