/** What was just done, told on the next page; a block or unblock can be taken back there for ten minutes. */
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import type { Actor } from "./acting.ts";

export const UNDO_MS = 10 * 60_000;
const NAME = "console";

export type ToldAct =
  | "link"
  | "sessions"
  | "block"
  | "unblock"
  | "dismiss"
  | "restore"
  | "invite"
  | "invite-sms"
  | "revive"
  | "edit"
  | "role"
  | "add"
  | "filter-saved"
  | "filter-changed"
  | "filter-deleted"
  | "undone";

export interface Told {
  act: ToldAct;
  done: number;
  passed: number;
  /** Whom a block or unblock changed, and until when it can be taken back. */
  undo?: { ids: string[]; until: number };
}

/** Sealed for this one of the staff; nobody else's browser can show or use it. */
export function keepTold(tools: { cookies: Cookies }, c: WebContext, actor: Actor, told: Told): void {
  tools.cookies.seal(c, NAME, { by: actor.id, told }, UNDO_MS);
}

/** Shown once, but for what can be taken back: that stays as long as it can. */
export function takeTold(tools: { cookies: Cookies }, c: WebContext, actor: Actor): Told | undefined {
  const kept = tools.cookies.open(c, NAME) as { by: string; told: Told } | undefined;
  if (kept?.by !== actor.id) return undefined;
  if (!kept.told.undo) tools.cookies.remove(c, NAME);
  return kept.told;
}
