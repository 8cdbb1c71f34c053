/** What the record tells, by the name of the action: its words, and the groups that it is looked for by. */
import type { Language } from "../platform/language/language.ts";
import { actionNames, endedDevice } from "./words.ts";

/** By the noun of the action; each noun stands in one group. */
export const actionGroups = {
  "sign-in": ["session", "sessions", "device", "devices"],
  password: ["password", "recovery", "login"],
  account: ["account", "import", "invitation", "group"],
  contact: ["contact", "identity", "veto", "mailbox"],
  profile: ["profile", "photo"],
  portal: ["portal"],
  case: ["case"],
  look: [
    "people",
    "filter",
    "person",
    "groups",
    "imports",
    "audit",
    "figures",
    "cases",
    "deliveries",
    "delivery",
  ],
} as const satisfies Record<string, readonly string[]>;

export type ActionGroup = keyof typeof actionGroups;

/** What was tried and turned away; everything else in the record was done. */
export const refusedActions: readonly string[] = ["session.refused"];

/** Every action of a group. */
export function actionsOf(group: ActionGroup): string[] {
  const nouns: readonly string[] = actionGroups[group];
  const known = Object.keys(actionNames.ru).map((name) => name.split(" ")[0] ?? "");
  return [...new Set(known)].filter((action) => nouns.includes(action.split(".")[0] ?? ""));
}

/**
 * What staff looked at or arranged among themselves: it concerns an account, changes nothing of it, and is
 * for those who read the whole record.
 */
export function actionsAmongStaff(): string[] {
  const work = ["viewed", "file-taken", "noted", "taken", "put-back", "handed-over"];
  return [...actionsOf("look"), ...work.map((verb) => `case.${verb}`)];
}

/** What was done, in words; an action without words is told as it stands in the record. */
export function nameOfAction(
  event: { action: string; detail: Record<string, unknown> },
  language: Language,
): string {
  const names = actionNames[language];
  const { ended, kind } = event.detail;
  if (typeof ended === "string" && ended !== "") return endedDevice[language](ended);
  const ofKind = typeof kind === "string" ? names[`${event.action} ${kind}`] : undefined;
  return ofKind ?? names[event.action] ?? event.action;
}
