/** What holds for one account: of every parameter the strictest value among its groups. */
import { type Account, accountById, type Role } from "../accounts/accounts.ts";
import type { Clock } from "../platform/clock.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader } from "../platform/store/store.ts";
import { type Book, EVERYONE, type Policies } from "./book.ts";
import {
  type ParameterName,
  type PolicyValues,
  parameterNames,
  staffRules,
  stricterOf,
  type Way,
  ways,
} from "./parameters.ts";

export interface PolicyTools {
  clock: Clock;
  policies: Policies;
}

/** Whom the rules are reckoned for: what its row says is enough. */
export type Governed = Pick<Account, "role" | "policy_groups">;

export interface Membership {
  groupId: string;
  /** 0: no bound. */
  fromAt: number;
  untilAt: number;
}

/** The groups as the account's row tells them; those that are gone are left out. */
export function membershipsIn(
  book: Book,
  { policy_groups: kept }: Pick<Account, "policy_groups">,
): Membership[] {
  if (kept === "") return [];
  return kept.split(",").flatMap((each) => {
    const [groupId = "", times = ""] = each.split("@");
    const [fromAt = "0", untilAt = "0"] = times.split("-");
    return book.groups.has(groupId) ? [{ groupId, fromAt: Number(fromAt), untilAt: Number(untilAt) }] : [];
  });
}

/** The groups that count now. */
export function groupsNow(book: Book, account: Pick<Account, "policy_groups">, now: number): string[] {
  return membershipsIn(book, account)
    .filter(({ fromAt, untilAt }) => fromAt <= now && (untilAt === 0 || now < untilAt))
    .map(({ groupId }) => groupId);
}

/** What holds for the account. Reads nothing: the row and what is kept in memory say it all. */
export function policyOf(tools: PolicyTools, account: Governed): PolicyValues {
  const { book } = tools.policies;
  if (account.policy_groups === "" && account.role === "person") return book.everyone;
  return valuesFor(book, account.role, groupsNow(book, account, tools.clock.now()));
}

/** What holds for whoever belongs to «Все» alone, as for pages that do not know who is there. */
export function policyOfEveryone({ policies }: Pick<PolicyTools, "policies">): PolicyValues {
  return policies.book.everyone;
}

/** Whether any group but «Все» says something about it, whoever belongs to that group. */
export function anyGroupSets({ policies }: Pick<PolicyTools, "policies">, name: ParameterName): boolean {
  for (const { id, values } of policies.book.groups.values())
    if (id !== EVERYONE && values[name] !== undefined) return true;
  return false;
}

export function valuesFor(book: Book, role: Role, groupIds: readonly string[]): PolicyValues {
  const layers = groupIds.map((id) => book.groups.get(id)?.values ?? {});
  if (role !== "person") layers.push(staffRules);
  if (layers.length === 0) return book.everyone;
  const values = { ...book.everyone };
  for (const layer of layers) {
    for (const name of parameterNames) {
      const value = layer[name];
      if (value !== undefined) values[name] = stricterOf(name, values[name], value);
    }
  }
  return values;
}

export interface Effective {
  value: number;
  /** The groups that give it; `EVERYONE`, and `staff` for what every one of the staff is held to. */
  from: string[];
}

/** What holds for an account and which groups say so; undefined for an unknown id. One look. */
export async function effectivePolicy(
  tools: PolicyTools,
  read: Reader,
  accountId: string,
): Promise<Record<ParameterName, Effective> | undefined> {
  const account = await accountById(read, accountId);
  return account && explainPolicy(tools, account);
}

/** The same for an account that was read already. */
export function explainPolicy(tools: PolicyTools, account: Governed): Record<ParameterName, Effective> {
  const { book } = tools.policies;
  const ids = groupsNow(book, account, tools.clock.now());
  const values = valuesFor(book, account.role, ids);
  const layers: [id: string, values: Partial<PolicyValues>][] = [
    [EVERYONE, book.everyone],
    ...ids.map((id): [string, Partial<PolicyValues>] => [id, book.groups.get(id)?.values ?? {}]),
  ];
  if (account.role !== "person") layers.push(["staff", staffRules]);
  const explained = parameterNames.map((name): [ParameterName, Effective] => {
    const value = values[name];
    const exact = layers.filter(([, given]) => given[name] === value).map(([id]) => id);
    // Of ways each group may take away another one: then all that take away something give it together.
    const narrowing = layers.filter(([, given]) => given[name] !== undefined && name === "recoveryWays");
    return [name, { value, from: exact.length > 0 ? exact : narrowing.map(([id]) => id) }];
  });
  return Object.fromEntries(explained) as Record<ParameterName, Effective>;
}

/** Whether the account may come back in by this way. */
export function allowsWay(tools: PolicyTools, account: Governed, way: Way): boolean {
  return (policyOf(tools, account).recoveryWays & ways[way]) !== 0;
}

/** What the support desk has to do before it lets somebody back in. */
export interface DeskRules {
  /** Whether the desk may help at all. */
  allowed: boolean;
  deskEvidence: number;
  deskWaitHours: number;
}

export function deskRulesFor(tools: PolicyTools, account: Governed): DeskRules {
  const { deskEvidence, deskWaitHours, recoveryWays } = policyOf(tools, account);
  return { allowed: (recoveryWays & ways.desk) !== 0, deskEvidence, deskWaitHours };
}

/**
 * What a name that nobody has is held to: as often the rules of a group as somebody of it is met, and for one
 * name always the same. Otherwise earlier pauses would tell that there is such a member.
 */
export function policyOfUnknown(
  tools: Pick<PolicyTools, "policies"> & { secrets: Secrets },
  key: string,
): PolicyValues {
  const { book } = tools.policies;
  const drawn = Buffer.from(tools.secrets.fingerprint("policy of unknown", key), "base64url");
  let left = drawn.readUInt32BE(0) / 2 ** 32;
  for (const { id, share } of book.groups.values()) {
    if (id === EVERYONE) continue;
    if (left < share) return valuesFor(book, "person", [id]);
    left -= share;
  }
  return book.everyone;
}
