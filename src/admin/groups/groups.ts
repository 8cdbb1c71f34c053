/** What staff do with groups: judged, done and recorded in one transaction. */
import { accountById } from "../../accounts/accounts.ts";
import { type AuditDetail, recordEvent } from "../../audit/audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store, Writer } from "../../platform/store/store.ts";
import {
  addGroup,
  type Book,
  changeGroup,
  deleteGroup,
  type GroupRefusal,
  type GroupWish,
  type ParameterName,
  type PolicyTools,
  type PolicyValues,
  parameterNames,
  putMembers,
  removeMembers,
} from "../../policies/policies.ts";
import type { Actor } from "../acting.ts";
import { higherRoles, may, mayAtAll } from "../rights.ts";
import { bookWith, bookWithout, loosenedOf } from "./affected.ts";

type Tools = PolicyTools & { clock: Clock; store: Store };

export type GroupActed<Refusal extends { kind: string } = never> =
  | { kind: "done"; id: string }
  | { kind: "absent" }
  /** It would loosen these rules for somebody of higher rank. */
  | { kind: "higher"; rules: ParameterName[] }
  | Refusal;

export function createGroup(
  tools: Tools,
  actor: Actor,
  wish: GroupWish,
): Promise<GroupActed<GroupRefusal | { kind: "too-many" }>> {
  return changing(tools, actor, async (write) => {
    const added = await addGroup(tools, write, wish);
    if (added.kind !== "added") return added;
    await record(tools, write, actor, { action: "group.added", detail: { group: wish.name } });
    return { kind: "done", id: added.id };
  });
}

/** Other rules, name or description; with what they were before and are now in the record. */
export function saveGroup(
  tools: Tools,
  actor: Actor,
  id: string,
  wish: GroupWish,
): Promise<GroupActed<GroupRefusal>> {
  return changing(tools, actor, async (write, now) => {
    const { book } = tools.policies;
    const rules = await loosenedForHigher(tools, write, now, bookWith(book, id, wish.values));
    if (rules.length > 0) return { kind: "higher", rules };
    const changed = await changeGroup(tools, write, id, wish);
    if (changed.kind !== "changed") return changed;
    const { before } = changed;
    const detail = {
      group: before.name,
      ...(before.name !== wish.name && { renamed: wish.name }),
      changes: changesOf(before.values, wish.values),
    };
    await record(tools, write, actor, { action: "group.changed", detail });
    return { kind: "done", id };
  });
}

export function removeGroup(tools: Tools, actor: Actor, id: string): Promise<GroupActed> {
  return changing(tools, actor, async (write, now) => {
    const rules = await loosenedForHigher(tools, write, now, bookWithout(tools.policies.book, id));
    if (rules.length > 0) return { kind: "higher", rules };
    const deleted = await deleteGroup(write, id);
    if (deleted.kind === "absent") return deleted;
    const { name, values } = deleted.before;
    const detail = { group: name, changes: changesOf(values, {}) };
    await record(tools, write, actor, { action: "group.deleted", detail });
    return { kind: "done", id };
  });
}

export type MembersActed =
  /** `passed`: others, on whom this one of the staff may not act, or who belong to as many as one can. */
  { kind: "done"; done: number; passed: number } | { kind: "absent" };

/** Puts people into the group, whom the actor may act on; each is on record. */
export async function putIntoGroup(
  tools: Tools,
  actor: Actor,
  group: { id: string; name: string },
  wish: { accountIds: readonly string[]; fromAt: number; untilAt: number },
): Promise<MembersActed> {
  return changing(tools, actor, async (write, now): Promise<MembersActed> => {
    const accountIds = await mayActOn(write, now, wish.accountIds);
    const put = await putMembers(tools, write, group.id, { ...wish, accountIds });
    if (put.kind === "absent") return put;
    for (const accountId of put.accountIds) {
      const detail = { group: group.name, from: wish.fromAt, until: wish.untilAt };
      await record(tools, write, actor, { action: "group.joined", accountId, detail });
    }
    return {
      kind: "done",
      done: put.accountIds.length,
      passed: wish.accountIds.length - put.accountIds.length,
    };
  });
}

export async function takeOutOfGroup(
  tools: Tools,
  actor: Actor,
  group: { id: string; name: string },
  accountIds: readonly string[],
): Promise<MembersActed> {
  return changing(tools, actor, async (write, now): Promise<MembersActed> => {
    const allowed = await mayActOn(write, now, accountIds);
    let done = 0;
    for (const accountId of allowed) {
      const removed = await removeMembers(write, group.id, [accountId]);
      if (removed === 0) continue;
      done += 1;
      const detail = { group: group.name };
      await record(tools, write, actor, { action: "group.left", accountId, detail });
    }
    return { kind: "done", done, passed: accountIds.length - done };
  });
}

/** In a transaction, by somebody who still may; what holds afterwards is known before it is answered. */
async function changing<Outcome extends { kind: string }>(
  tools: Tools,
  actor: Actor,
  work: (write: Writer, now: Actor) => Promise<Outcome>,
): Promise<Outcome | { kind: "absent" }> {
  const outcome = await tools.store.transact(async (write): Promise<Outcome | { kind: "absent" }> => {
    const self = await accountById(write, actor.id);
    if (self?.status !== "active" || !mayAtAll(self.role, "edit-groups")) return { kind: "absent" };
    return work(write, { ...actor, role: self.role });
  });
  await tools.policies.refresh();
  return outcome;
}

async function mayActOn(write: Writer, actor: Actor, ids: readonly string[]): Promise<string[]> {
  const allowed: string[] = [];
  for (const id of ids.slice(0, 50).toSorted()) {
    const account = await accountById(write, id);
    if (account && may(actor, "put-in-group", account)) allowed.push(id);
  }
  return allowed;
}

function loosenedForHigher(tools: Tools, write: Writer, actor: Actor, after: Book): Promise<ParameterName[]> {
  return loosenedOf(tools, write, higherRoles(actor.role), after);
}

function record(
  tools: Tools,
  write: Writer,
  actor: Actor,
  event: { action: string; accountId?: string; detail: AuditDetail },
): Promise<void> {
  const { action, accountId = null, detail } = event;
  const { id, address, device } = actor;
  return recordEvent(tools, write, { action, actor: id, accountId, address, detail: { ...detail, device } });
}

/** «passwordLength 12→15, passwordMaxDays —→90», in the words of the code: the record outlives its pages. */
function changesOf(before: Partial<PolicyValues>, after: Partial<PolicyValues>): string {
  const changed = parameterNames.filter((name) => before[name] !== after[name]);
  return changed.map((name) => `${name} ${before[name] ?? "—"}→${after[name] ?? "—"}`).join(", ");
}
