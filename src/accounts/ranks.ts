/** Who stands above whom. */
import type { Account } from "./person.ts";

/** From the lowest rank to the highest. */
export const roles: readonly Account["role"][] = ["person", "desk", "administrator", "owner"];

/** Whether the one may act on the other, or make somebody it: nobody on an equal, but owners on owners. */
export function ranksAbove(actor: Account["role"], target: Account["role"]): boolean {
  return actor === "owner" || roles.indexOf(actor) > roles.indexOf(target);
}
