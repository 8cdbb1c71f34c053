/** The help for staff: how the console is used. Public as all help is; the console leads to it. */
import type { Language } from "../../platform/language/language.ts";
import type { Topic } from "../words/topic.ts";
import { access } from "./words/access.ts";
import { audit } from "./words/audit.ts";
import { block } from "./words/block.ts";
import { cases } from "./words/cases.ts";
import { deliveries } from "./words/deliveries.ts";
import { exporting } from "./words/export.ts";
import { figures } from "./words/figures.ts";
import { groups } from "./words/groups.ts";
import { bringing } from "./words/import.ts";
import { portals } from "./words/portals.ts";
import { roles } from "./words/roles.ts";
import { users } from "./words/users.ts";

interface StaffTopic {
  readonly words: Readonly<Record<Language, Topic>>;
  /** Where the console does it: the end of its address. */
  readonly place: string;
}

/**
 * In the order in which staff meet them. Each place of the console has the topic of its own name, which the
 * rail leads to.
 */
export const staffTopics = {
  users: { words: users, place: "users" },
  access: { words: access, place: "users" },
  block: { words: block, place: "users" },
  groups: { words: groups, place: "groups" },
  cases: { words: cases, place: "cases" },
  deliveries: { words: deliveries, place: "deliveries" },
  import: { words: bringing, place: "import" },
  export: { words: exporting, place: "users" },
  portals: { words: portals, place: "portals" },
  figures: { words: figures, place: "figures" },
  audit: { words: audit, place: "audit" },
  roles: { words: roles, place: "users" },
} as const satisfies Record<string, StaffTopic>;

export type StaffTopicId = keyof typeof staffTopics;

export const staffTopicIds = Object.keys(staffTopics) as StaffTopicId[];

export function isStaffTopic(name: string): name is StaffTopicId {
  return Object.hasOwn(staffTopics, name);
}
