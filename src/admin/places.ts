/** The places of the console, who may open which, and where each role begins. */
import type { Role } from "../accounts/accounts.ts";
import { mayAtAll, type Right } from "./rights.ts";
import type { PlaceName } from "./words.ts";

/**
 * In the order of the rail. A new place is one line: the name that its word, its icon and the end of its
 * address have, the group that it stands in, and the right that opens it.
 */
const places: readonly (readonly [PlaceName, Group, Right])[] = [
  ["users", "people", "see-card"],
  ["groups", "people", "edit-groups"],
  ["cases", "people", "see-cases"],
  ["import", "people", "import-people"],
  ["figures", "watch", "see-figures"],
  ["deliveries", "watch", "see-deliveries"],
  ["portals", "service", "portals"],
  ["audit", "watch", "see-audit"],
];

const groups = ["people", "service", "watch"] as const;

type Group = (typeof groups)[number];

/** What somebody of this role comes for first, once it is there; for everybody else the list of people. */
const first: Partial<Record<Role, PlaceName>> = { desk: "cases" };

/** The groups of places that somebody of this role may open. */
export function placesFor(role: Role): PlaceName[][] {
  const open = places.filter(([, , right]) => mayAtAll(role, right));
  return groups
    .map((group) => open.filter((place) => place[1] === group).map(([name]) => name))
    .filter((names) => names.length > 0);
}

export function addressOfPlace(name: PlaceName): string {
  return `/admin/${name}`;
}

/** Where `/admin` leads somebody of this role. */
export function homeOf(role: Role): string {
  const open = placesFor(role).flat();
  return addressOfPlace(open.find((name) => name === first[role]) ?? "users");
}
