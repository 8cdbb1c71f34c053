import { type Person, personById } from "../accounts/accounts.ts";
import type { Store } from "../platform/store/store.ts";
import type { WebContext } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { currentSession } from "../sessions/guard.ts";
import type { Session } from "../sessions/sessions.ts";

/** The session that `signedInOnly` has let through. */
export function sessionHere(c: WebContext): Session {
  const session = currentSession(c);
  if (!session) throw new Refusal(404);
  return session;
}

/** Whoever is signed in. */
export async function personHere(tools: { store: Store }, c: WebContext): Promise<Person> {
  const person = await personById(tools.store.read, sessionHere(c).account_id);
  if (!person) throw new Refusal(404);
  return person;
}

/** Where they come from, as notices and the audit tell it. */
export function visitorHere(c: WebContext): { address: string; device: string } {
  return { address: c.get("address"), device: deviceName(c.req.header("user-agent") ?? "") };
}
