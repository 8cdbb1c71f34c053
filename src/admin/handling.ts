import type { AcceptTools } from "../invitations/invitations.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import { Refusal } from "../platform/web/refusals.ts";
import type { AskTools } from "../recovery/recovery.ts";
import { currentSession } from "../sessions/guard.ts";
import type { Actor } from "./acting.ts";
import { isStaff } from "./rights.ts";

/** What every handler of this folder works with. */
export type AdminTools = AcceptTools & AskTools & { cookies: Cookies };

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
