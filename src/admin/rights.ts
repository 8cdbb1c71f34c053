/** Who may do what to whom, as one table. */
import type { Role } from "../accounts/accounts.ts";

/** Somebody with their rank; of both sides only this decides. */
export interface Ranked {
  id: string;
  role: Role;
}

/** From the lowest rank to the highest. */
export const roles: readonly Role[] = ["person", "desk", "administrator", "owner"];

const rank: Record<Role, number> = { person: 0, desk: 1, administrator: 2, owner: 3 };

/** From which role on somebody may do it at all. */
export const lowestRole = {
  "see-card": "desk",
  "see-contacts": "administrator",
  "see-records": "administrator",
  "see-audit": "administrator",
  "see-figures": "desk",
  "see-all-figures": "administrator",
  "see-deliveries": "desk",
  "send-link": "desk",
  "end-sessions": "administrator",
  "one-time-password": "administrator",
  invite: "administrator",
  edit: "administrator",
  block: "administrator",
  dismiss: "administrator",
  "give-role": "administrator",
  "edit-groups": "administrator",
  "put-in-group": "administrator",
  "see-cases": "desk",
  "handle-case": "desk",
  "approve-case": "desk",
  "keep-templates": "administrator",
  /** Name, look, ways to recover, who may enter. */
  portals: "administrator",
  /** What lets a program in as people: portals added and archived, their addresses and secrets. */
  "portal-connection": "owner",
} as const satisfies Record<string, Role>;

export type Right = keyof typeof lowestRole;

/** What changes nothing may be done with everybody, and with oneself. */
const harmless: readonly Right[] = ["see-card", "see-contacts"];

/** Of the desk: nobody touches a case about themselves, and nobody decides about a higher rank. */
const ofCases: readonly Right[] = ["see-cases", "handle-case", "approve-case"];

/** Whether somebody of this role may do it at all, whomever it concerns. */
export function mayAtAll(role: Role, right: Right): boolean {
  return rank[role] >= rank[lowestRole[right]];
}

/** Whether this one of the staff may do it to that account. */
export function may(actor: Ranked, right: Right, target: Ranked): boolean {
  if (!mayAtAll(actor.role, right)) return false;
  if (harmless.includes(right)) return true;
  // An owner stands above everybody, and may choose the own rules.
  if (actor.id === target.id && right === "put-in-group") return actor.role === "owner";
  if (ofCases.includes(right)) {
    const below = right === "approve-case" && rank[actor.role] < rank[target.role];
    return actor.id !== target.id && !below;
  }
  if (actor.id === target.id) return right === "see-records";
  return rank[actor.role] > rank[target.role] || actor.role === "owner";
}

/** Whether this one of the staff may give somebody the role: nobody makes an equal, but owners do. */
export function mayGive(actor: Ranked, role: Role): boolean {
  if (!mayAtAll(actor.role, "give-role")) return false;
  return rank[actor.role] > rank[role] || actor.role === "owner";
}

/** The roles above this one. */
export function higherRoles(role: Role): Exclude<Role, "person">[] {
  return roles.filter((each) => each !== "person" && rank[each] > rank[role]) as Exclude<Role, "person">[];
}

export function isStaff(role: Role): boolean {
  return role !== "person";
}
