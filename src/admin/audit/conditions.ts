/** What the record is looked through for, as it stands in the address of the page. */
import { findAccount, readIdentifier } from "../../accounts/accounts.ts";
import {
  type ActionGroup,
  actionGroups,
  actionsOf,
  type EventFilter,
  refusedActions,
} from "../../audit/audit.ts";
import { dayStart } from "../../platform/language/times.ts";
import type { Reader } from "../../platform/store/store.ts";
import { isId } from "../handling.ts";
import { maskedWithin } from "../masks.ts";

/** The first of each is meant when nothing stands in the address. */
export const choices = {
  group: ["any", ...(Object.keys(actionGroups) as ActionGroup[])],
  result: ["any", "done", "refused"],
} as const;

export interface Conditions {
  group: (typeof choices.group)[number];
  result: (typeof choices.result)[number];
  /** An account as it was typed: whom it concerns, who did it. */
  whom: string;
  who: string;
  /** Days as date fields send them: 2026-11-22. */
  from: string;
  to: string;
}

export const PATH = "/admin/audit";
const LONGEST_TYPED = 320;
const typedNames = ["whom", "who", "from", "to"] as const;

/** Who did it without an account of their own. */
const withoutAccount: readonly string[] = ["anonymous", "system", "cli"];

export function readConditions(asked: (name: string) => string | undefined): Conditions {
  const typed = (name: (typeof typedNames)[number]) =>
    (asked(name) ?? "")
      .replace(/\p{Cc}/gu, " ")
      .slice(0, LONGEST_TYPED)
      .trim();
  return {
    group: choices.group.find((group) => group === asked("group")) ?? "any",
    result: choices.result.find((result) => result === asked("result")) ?? "any",
    whom: typed("whom"),
    who: typed("who"),
    from: typed("from"),
    to: typed("to"),
  };
}

/** Those that say something, by the name of their field. */
export function fieldsOf(conditions: Conditions): Record<string, string> {
  return Object.fromEntries(
    Object.entries(conditions).filter(([, value]) => value !== "" && value !== "any"),
  );
}

export function addressOf(conditions: Conditions, before?: number): string {
  const query = new URLSearchParams(fieldsOf(conditions));
  if (before !== undefined) query.set("before", String(before));
  return query.size === 0 ? PATH : `${PATH}?${query}`;
}

/** As the record itself keeps what was looked for: whole phones and addresses do not go there. */
export function maskedConditions(conditions: Conditions): string {
  const { whom, who } = conditions;
  return new URLSearchParams(
    fieldsOf({ ...conditions, whom: maskedWithin(whom), who: maskedWithin(who) }),
  ).toString();
}

export interface ConditionProblem {
  field: (typeof typedNames)[number];
  why: "absent" | "day" | "order" | "long";
}

/** What the conditions ask of the record, in the time zone of the one who asks. */
export async function judgeConditions(
  read: Reader,
  conditions: Conditions,
  timeZone: string,
): Promise<{ filter: EventFilter; problems: ConditionProblem[] }> {
  const { group, result, from, to } = conditions;
  const [accountId, doer] = await Promise.all([
    accountOf(read, conditions.whom),
    doerOf(read, conditions.who),
  ]);
  const since = from === "" ? undefined : dayStart(from, timeZone);
  const until = to === "" ? undefined : dayStart(to, timeZone, 1);
  const problems: ConditionProblem[] = [];
  if (conditions.whom !== "" && accountId === undefined) problems.push({ field: "whom", why: "absent" });
  if (conditions.who !== "" && doer === undefined) problems.push({ field: "who", why: "absent" });
  if (from !== "" && since === undefined) problems.push({ field: "from", why: "day" });
  if (to !== "" && until === undefined) problems.push({ field: "to", why: "day" });
  if (since !== undefined && until !== undefined && until <= since)
    problems.push({ field: "to", why: "order" });
  const refused = (action: string) => refusedActions.includes(action);
  const ofGroup = group === "any" ? undefined : actionsOf(group);
  const filter = {
    accountId,
    actors: doer === undefined ? undefined : [doer],
    since,
    until,
    actions: result === "refused" ? (ofGroup?.filter(refused) ?? refusedActions) : ofGroup,
    except: result === "done" ? refusedActions : undefined,
  };
  return { filter, problems };
}

async function doerOf(read: Reader, typed: string): Promise<string | undefined> {
  return withoutAccount.find((name) => name === typed) ?? accountOf(read, typed);
}

/** The id of the account; an id is taken as it stands, since the record outlives accounts. */
async function accountOf(read: Reader, typed: string): Promise<string | undefined> {
  if (isId(typed)) return typed;
  const understood = await readIdentifier(typed);
  if (understood.kind !== "understood") return undefined;
  return (await findAccount(read, understood.identifier))?.id;
}
