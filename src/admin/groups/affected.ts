/** «Кого это коснётся»: what a change of a group would do, counted before it is done. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { accountsOfRole, type Role } from "../../accounts/accounts.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Reader, Store } from "../../platform/store/store.ts";
import {
  type Book,
  EVERYONE,
  groupsNow,
  isLooser,
  type ParameterName,
  type PolicyTools,
  type PolicyValues,
  parameterNames,
  valuesFor,
  ways,
} from "../../policies/policies.ts";
import * as rows from "./rows.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** So many accounts are counted at once; between two heaps everybody else has their turn. */
const HEAP = 5_000;
/** After every id. */
const LAST = "~";

export interface ChangedRule {
  name: ParameterName;
  /** As the group says it; undefined: it says nothing. */
  before: number | undefined;
  after: number | undefined;
  /** For how many people the rule becomes stricter or looser. */
  stricter: number;
  looser: number;
}

export interface Affected {
  rules: ChangedRule[];
  /** People for whom anything changes. */
  people: number;
  expired: number;
  recheck: number;
  sessions: number;
  devices: number;
  stranded: number;
}

/** The book as it would be. */
export function bookWith(book: Book, groupId: string, values: Partial<PolicyValues>): Book {
  const groups = new Map(book.groups);
  const group = groups.get(groupId);
  if (group) groups.set(groupId, { ...group, values });
  const everyone = groupId === EVERYONE ? { ...book.everyone, ...values } : book.everyone;
  return { ...book, groups, everyone };
}

/** The book without that group, as when it is deleted. */
export function bookWithout(book: Book, groupId: string): Book {
  const groups = new Map(book.groups);
  groups.delete(groupId);
  return { ...book, groups };
}

/**
 * Counts, heap by heap, whom a change of the group would affect and how. It looks at every account of the
 * group once, at a million of them too, and leaves room for others between the heaps.
 */
export async function countAffected(
  tools: PolicyTools & { clock: Clock; store: Store },
  groupId: string,
  values: Partial<PolicyValues>,
): Promise<Affected> {
  const before = tools.policies.book;
  const after = bookWith(before, groupId, values);
  const said = groupId === EVERYONE ? before.everyone : (before.groups.get(groupId)?.values ?? {});
  const changed = parameterNames.filter((name) => said[name] !== values[name]);
  const found: Affected = {
    rules: changed.map((name) => ({
      name,
      before: said[name],
      after: values[name],
      stricter: 0,
      looser: 0,
    })),
    people: 0,
    expired: 0,
    recheck: 0,
    sessions: 0,
    devices: 0,
    stranded: 0,
  };
  if (changed.length === 0) return found;
  const now = tools.clock.now();
  const wanted = wantedFor(changed, values, before, now);
  const whose = groupId === EVERYONE ? null : groupId;
  for (let from = ""; from !== LAST; ) {
    const upto = (await rows.edgeAfter(tools.store.read, whose, from, HEAP)) ?? LAST;
    const heap = await rows.tally(tools.store.read, { groupId: whose, after: from, upto }, wanted);
    for (const each of heap) add(found, each, { before, after, now });
    from = upto;
    await nextTurn();
  }
  return found;
}

/** What has to be counted beside people: whatever a stricter rule would end. */
function wantedFor(
  changed: readonly ParameterName[],
  values: Partial<PolicyValues>,
  before: Book,
  now: number,
): rows.Wanted {
  const given = (name: ParameterName) => (changed.includes(name) ? values[name] : undefined);
  const days = given("passwordMaxDays") ?? 0;
  const idle = given("sessionIdleMinutes");
  const hours = given("sessionHours");
  const remember = given("rememberDays");
  const devices = given("rememberedDevices");
  const open = given("recoveryWays");
  const by: ("email" | "phone")[] = [];
  if (open !== undefined && (open & (ways.letter | ways["control-string"])) !== 0) by.push("email");
  if (open !== undefined && (open & ways.sms) !== 0) by.push("phone");
  return {
    now,
    passwordsSince: days > 0 ? now - days * DAY_MS : null,
    sessions:
      idle === undefined && hours === undefined
        ? null
        : {
            liveSince: now - before.everyone.sessionIdleMinutes * MINUTE_MS,
            seenUpto: now - (idle ?? 1_000_000) * MINUTE_MS,
            begunUpto: now - (hours ?? 1_000_000) * HOUR_MS,
          },
    devicesUpto: devices === 0 ? now : remember === undefined ? null : now - remember * DAY_MS,
    without: open === undefined || (open & ways.desk) !== 0 ? null : by,
  };
}

/** One lot of people who share groups and role, and so all rules. */
function add(found: Affected, lot: rows.Tally, at: { before: Book; after: Book; now: number }): void {
  const account = { role: lot.role, policy_groups: lot.groups };
  const ids = groupsNow(at.before, account, at.now);
  const was = valuesFor(at.before, lot.role, ids);
  const willBe = valuesFor(at.after, lot.role, ids);
  const stricter = (name: ParameterName) => isLooser(name, willBe[name], was[name]);
  const some = (...names: ParameterName[]) => names.some(stricter);
  for (const rule of found.rules) {
    if (stricter(rule.name)) rule.stricter += lot.people;
    if (isLooser(rule.name, was[rule.name], willBe[rule.name])) rule.looser += lot.people;
  }
  if (parameterNames.some((name) => was[name] !== willBe[name])) found.people += lot.people;
  if (some("passwordMaxDays")) found.expired += lot.old;
  if (willBe.passwordRecheck === 1 && some("passwordRecheck", ...asksOfPassword))
    found.recheck += lot.passwords;
  if (some("sessionIdleMinutes", "sessionHours")) found.sessions += lot.sessions;
  if (some("rememberDays", "rememberedDevices")) found.devices += lot.devices;
  if (some("recoveryWays")) found.stranded += lot.stranded;
}

const asksOfPassword: readonly ParameterName[] = [
  "passwordLength",
  "passwordUpper",
  "passwordLower",
  "passwordDigits",
  "passwordMarks",
  "passwordBlocklist",
];

/** Which rules would become looser for anybody of these roles. */
export async function loosenedOf(
  tools: PolicyTools,
  read: Reader,
  roles: readonly Exclude<Role, "person">[],
  after: Book,
): Promise<ParameterName[]> {
  const rules = new Set<ParameterName>();
  for (const role of roles)
    for (const account of await accountsOfRole(read, role))
      for (const name of loosened(tools.policies.book, after, account, tools.clock.now())) rules.add(name);
  return [...rules];
}

/** Which rules would become looser for somebody with these groups and this role. */
function loosened(
  before: Book,
  after: Book,
  account: { role: rows.Tally["role"]; policy_groups: string },
  now: number,
): ParameterName[] {
  const was = valuesFor(before, account.role, groupsNow(before, account, now));
  const willBe = valuesFor(after, account.role, groupsNow(after, account, now));
  return parameterNames.filter((name) => isLooser(name, was[name], willBe[name]));
}
