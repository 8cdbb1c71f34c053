/** Who may enter which portal. */
import type { Clock } from "../platform/clock.ts";
import type { Reader, Store } from "../platform/store/store.ts";
import type { Portal } from "./portal.ts";
import * as rows from "./rows.ts";
import type { Portals } from "./snapshot.ts";

/** The ids of those who are listed, in the order of the ids, behind `after`. */
export function membersOf(
  read: Reader,
  id: string,
  wanted: { kind: "account" | "group"; after?: string; most: number },
): Promise<string[]> {
  return rows.membersOf(read, id, { after: "", ...wanted });
}

/** Whether this account may enter the portal at all; its status and second factor are others' business. */
export async function mayEnter(
  read: Reader,
  portal: Portal,
  accountId: string,
  now: number,
): Promise<boolean> {
  if (portal.access === "all") return true;
  return (await rows.portalsNaming(read, accountId, now)).includes(portal.id);
}

/** The portals that this account may enter, without the default one, by name. */
export async function portalsFor(
  tools: { clock: Clock; store: Store; portals: Portals },
  accountId: string,
): Promise<Portal[]> {
  const all = tools.portals.all().filter((portal) => !portal.isDefault);
  if (all.every((portal) => portal.access === "all")) return all;
  const naming = await rows.portalsNaming(tools.store.read, accountId, tools.clock.now());
  return all.filter((portal) => portal.access === "all" || naming.includes(portal.id));
}
