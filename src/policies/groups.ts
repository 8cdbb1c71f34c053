/** Making groups, changing what they ask, putting people into them; in the caller's transaction. */
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import { EVERYONE, readValues } from "./book.ts";
import { isPossible, type ParameterName, type PolicyValues, parameterNames } from "./parameters.ts";
import * as rows from "./rows.ts";

/** More groups than anybody oversees. Every one of them is kept in memory. */
export const MOST_GROUPS = 100;
/** Groups of one account: its row names them all. */
export const MOST_GROUPS_OF_ONE = 20;
/** At once, in one transaction. */
export const MOST_PUT = 1_000;
const LONGEST_NAME = 60;
const LONGEST_DESCRIPTION = 300;

export interface GroupWish {
  name: string;
  description: string;
  values: Partial<PolicyValues>;
}

export interface StoredGroup extends GroupWish {
  id: string;
}

export type GroupRefusal = { kind: "taken" } | { kind: "unusable"; field: "name" | "description" };

/** As it is now; undefined when there is none. */
export async function groupById(read: Reader, id: string): Promise<StoredGroup | undefined> {
  const row = await rows.groupById(read, id);
  if (!row) return undefined;
  const { name, description, parameters } = row;
  return { id, name, description, values: readValues(parameters) };
}

/** Every group with how many belong to it; «Все» is the first, and its number is not told. */
export async function listGroups(read: Reader): Promise<(StoredGroup & { members: number })[]> {
  const all = await rows.allGroups(read);
  return all.map(({ id, name, description, parameters, members }) => ({
    id,
    name,
    description,
    values: readValues(parameters),
    members: Number(members),
  }));
}

export async function addGroup(
  tools: { clock: Clock },
  write: Writer,
  wish: GroupWish,
): Promise<{ kind: "added"; id: string } | { kind: "too-many" } | GroupRefusal> {
  const judged = judge(wish);
  if (judged.kind === "unusable") return judged;
  if ((await rows.countGroups(write)) >= MOST_GROUPS) return { kind: "too-many" };
  const now = tools.clock.now();
  const id = newId();
  const row = { id, ...judged.row, created_at: now, updated_at: now };
  if (!(await rows.insertGroup(write, row))) return { kind: "taken" };
  await rows.raiseVersion(write);
  return { kind: "added", id };
}

/** Another name, description or other values; what is left out of `values` is left to other groups. */
export async function changeGroup(
  tools: { clock: Clock },
  write: Writer,
  id: string,
  wish: GroupWish,
): Promise<{ kind: "changed"; before: StoredGroup } | { kind: "absent" } | GroupRefusal> {
  const before = await groupById(write, id);
  if (!before) return { kind: "absent" };
  const judged = judge(wish);
  if (judged.kind === "unusable") return judged;
  if (await rows.nameTaken(write, judged.row.name_key, id)) return { kind: "taken" };
  await rows.updateGroup(write, id, { ...judged.row, updated_at: tools.clock.now() });
  await rows.raiseVersion(write);
  return { kind: "changed", before };
}

/**
 * The group counts for nobody from the next look of each instance on. Its members' rows go now as far as one
 * transaction should, the rest with the hourly tidying. «Все» stays.
 */
export async function deleteGroup(
  write: Writer,
  id: string,
): Promise<{ kind: "deleted"; before: StoredGroup } | { kind: "absent" }> {
  const before = id === EVERYONE ? undefined : await groupById(write, id);
  if (!before) return { kind: "absent" };
  await rows.deleteGroup(write, id);
  await rows.raiseVersion(write);
  const members = await rows.membersAfter(write, id, "", MOST_PUT);
  if (members.length > 0) {
    const ids = members.map(({ account_id }) => account_id);
    await rows.removeMembers(write, id, ids);
  }
  return { kind: "deleted", before };
}

/** Removes what groups that are gone have left behind. For the hourly tidying. */
export async function purgeMembers(tools: { store: Store }): Promise<void> {
  for (let heap = 0; heap < 1_000; heap += 1) {
    const left = await rows.orphans(tools.store.read, MOST_PUT);
    const [first] = left;
    if (!first) return;
    const ids = left
      .filter(({ group_id }) => group_id === first.group_id)
      .map(({ account_id }) => account_id);
    await tools.store.transact((write) => rows.removeMembers(write, first.group_id, ids));
  }
}

/**
 * Puts people into the group, or gives those who are in it another time. `full`: belong to as many groups as
 * one can. At most `MOST_PUT` at once.
 */
export async function putMembers(
  tools: { clock: Clock },
  write: Writer,
  groupId: string,
  wish: { accountIds: readonly string[]; fromAt: number; untilAt: number },
): Promise<{ kind: "put"; accountIds: string[]; full: string[] } | { kind: "absent" }> {
  if (groupId === EVERYONE || !(await rows.groupById(write, groupId))) return { kind: "absent" };
  const { accountIds, fromAt, untilAt } = wish;
  const ids = [...new Set(accountIds)].slice(0, MOST_PUT);
  if (ids.length === 0) return { kind: "put", accountIds: [], full: [] };
  const now = Map.groupBy(await rows.membershipsOf(write, ids), (member) => member.account_id);
  const isFull = (id: string) => {
    const own = now.get(id) ?? [];
    return own.length >= MOST_GROUPS_OF_ONE && !own.some(({ group_id }) => group_id === groupId);
  };
  const fitting = ids.filter((id) => !isFull(id));
  const times = { from_at: fromAt, until_at: untilAt, added_at: tools.clock.now() };
  if (fitting.length > 0) {
    const members = fitting.map((id) => ({ group_id: groupId, account_id: id, ...times }));
    await rows.putMembers(write, members);
    await rows.raiseVersion(write);
  }
  return { kind: "put", accountIds: fitting, full: ids.filter(isFull) };
}

/** How many were in it and are not any more. */
export async function removeMembers(
  write: Writer,
  groupId: string,
  accountIds: readonly string[],
): Promise<number> {
  if (accountIds.length === 0) return 0;
  const removed = await rows.removeMembers(write, groupId, accountIds.slice(0, MOST_PUT));
  if (removed > 0) await rows.raiseVersion(write);
  return removed;
}

export interface Member {
  accountId: string;
  /** 0: no bound. */
  fromAt: number;
  untilAt: number;
}

/** The members in the order of their ids, `most` at a time, beginning after the given id ("" = the first). */
export async function membersAfter(
  read: Reader,
  groupId: string,
  after: string,
  most: number,
): Promise<Member[]> {
  const found = await rows.membersAfter(read, groupId, after, most);
  return found.map((row) => ({ accountId: row.account_id, fromAt: row.from_at, untilAt: row.until_at }));
}

function judge({ name, description, values }: GroupWish) {
  const plain = name.normalize("NFC").trim().replace(/\s+/g, " ");
  const told = description.normalize("NFC").trim();
  if (!isPlain(plain, LONGEST_NAME) || plain === "") return { kind: "unusable", field: "name" } as const;
  if (!isPlain(told, LONGEST_DESCRIPTION)) return { kind: "unusable", field: "description" } as const;
  for (const name of parameterNames) {
    const value = values[name];
    if (value !== undefined && !isPossible(name, value)) throw new Error(`${name} cannot be ${value}`);
  }
  const kept = parameterNames.flatMap((name): [ParameterName, number][] => {
    const value = values[name];
    return value === undefined ? [] : [[name, value]];
  });
  const parameters = JSON.stringify(Object.fromEntries(kept));
  const row = { name: plain, name_key: plain.toLowerCase(), description: told, parameters };
  return { kind: "fine", row } as const;
}

/** One line of visible text: nothing that turns the order of reading or breaks a line. */
function isPlain(text: string, longest: number): boolean {
  return (
    [...text].length <= longest && !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]/u.test(text)
  );
}
