/** Who may do what to whom, as one table. */
import { type Role, ranksAbove, roles } from "../accounts/accounts.ts";

export { roles };

/** Somebody with their rank; of both sides only this decides. */
export interface Ranked {
  id: string;
  role: Role;
}

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
  "import-people": "administrator",
  "export-people": "administrator",
  /** Conditions of the list for all administrators: made by them, and seen by them alone. */
  "share-filters": "administrator",
  /** Those that somebody else made for all. */
  "remove-shared-filters": "owner",
} as const satisfies Record<string, Role>;

export type Right = keyof typeof lowestRole;

/** What changes nothing may be done with everybody, and with oneself. */
const harmless: readonly Right[] = ["see-card", "see-contacts"];

/** Of the desk: nobody touches a case about themselves, and nobody decides about a higher rank. */
const ofCases: readonly Right[] = ["see-cases", "handle-case", "approve-case"];

/** Whether somebody of this role may do it at all, whomever it concerns. */
export function mayAtAll(role: Role, right: Right): boolean {
  return roles.indexOf(role) >= roles.indexOf(lowestRole[right]);
}

/** Whether this one of the staff may do it to that account. */
export function may(actor: Ranked, right: Right, target: Ranked): boolean {
  if (!mayAtAll(actor.role, right)) return false;
  if (harmless.includes(right)) return true;
  // An owner stands above everybody, and may choose the own rules.
  if (actor.id === target.id && right === "put-in-group") return actor.role === "owner";
  if (ofCases.includes(right)) {
    const below = right === "approve-case" && roles.indexOf(actor.role) < roles.indexOf(target.role);
    return actor.id !== target.id && !below;
  }
  if (actor.id === target.id) return right === "see-records";
  return ranksAbove(actor.role, target.role);
}

/** Whether this one of the staff may give somebody the role: nobody makes an equal, but owners do. */
export function mayGive(actor: Ranked, role: Role): boolean {
  if (!mayAtAll(actor.role, "give-role")) return false;
  return ranksAbove(actor.role, role);
}

/** The roles above this one. */
export function higherRoles(role: Role): Exclude<Role, "person">[] {
  return roles.filter((each) => each !== "person" && roles.indexOf(each) > roles.indexOf(role)) as Exclude<
    Role,
    "person"
  >[];
}

export function isStaff(role: Role): boolean {
  return role !== "person";
}
