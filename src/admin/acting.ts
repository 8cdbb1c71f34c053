/** One change by one of the staff: judged on what is true now, done and recorded in one transaction. */
import { type Account, holdAccount } from "../accounts/accounts.ts";
import { type AuditDetail, recordEvent } from "../audit/audit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import type { Store, Writer } from "../platform/store/store.ts";
import { may, type Ranked, type Right } from "./rights.ts";

/** Who of the staff does it, from where. */
export interface Actor extends Ranked {
  address: string;
  device: string;
  language: Language;
}

export interface Change {
  right: Right;
  /** `noun.verb` for the record. */
  action: string;
  detail?: AuditDetail;
}

export type Acted<Refusal extends { kind: string } = never> =
  | { kind: "done" }
  /** The account is not there, or may not be touched by this one: nobody is told which. */
  | { kind: "absent" }
  | Refusal;

/** `detail`: what the work alone knows, for the record. */
interface Done {
  kind: "done";
  detail?: AuditDetail;
}

/**
 * Does `work` to an account if the actor may. Both accounts are held from before the judgement until the
 * commit, in the order of their ids, so of two owners who take each other's rank away at once, the later
 * finds that it has none. That is why the last owner stays: whoever changed one was another, who still is
 * one.
 */
export function act<Refusal extends { kind: string } = never>(
  tools: { clock: Clock; store: Store },
  actor: Actor,
  targetId: string,
  change: Change,
  work: (write: Writer, target: Account, now: Actor) => Promise<Done | Refusal>,
): Promise<Acted<Refusal>> {
  return tools.store.transact(async (write): Promise<Acted<Refusal>> => {
    const held = await holdBoth(tools.store, write, actor.id, targetId);
    if (held.actor?.status !== "active" || !held.target) return { kind: "absent" };
    const now = { ...actor, role: held.actor.role };
    if (!may(now, change.right, held.target)) return { kind: "absent" };
    const outcome = await work(write, held.target, now);
    if (outcome.kind !== "done") return outcome;
    const { detail } = outcome as Done;
    await recordEvent(tools, write, {
      action: change.action,
      actor: actor.id,
      accountId: targetId,
      address: actor.address,
      detail: { ...change.detail, ...detail, device: actor.device },
    });
    return { kind: "done" };
  });
}

async function holdBoth(store: Store, write: Writer, actorId: string, targetId: string) {
  const held = new Map<string, Account>();
  for (const id of [actorId, targetId].toSorted()) {
    const account = await holdAccount(write, store.kind, id);
    if (account) held.set(id, account);
  }
  return { actor: held.get(actorId), target: held.get(targetId) };
}

/** The record of a look: who was looked at, or what was looked for. One row, before the page is sent. */
export async function recordLook(
  tools: { clock: Clock; store: Store },
  actor: Actor,
  look: {
    action:
      | "people.listed"
      | "people.exported"
      | "person.viewed"
      | "audit.viewed"
      | "audit.exported"
      | "groups.viewed"
      | "imports.listed"
      | "imports.viewed"
      | "imports.taken"
      | "figures.viewed"
      | "figures.exported"
      | "cases.listed"
      | "cases.templates-viewed"
      | "case.viewed"
      | "case.file-taken"
      | "deliveries.listed"
      | "delivery.viewed"
      | "delivery.downloaded";
    accountId: string | null;
    detail: AuditDetail;
  },
): Promise<void> {
  await tools.store.transact((write) =>
    recordEvent(tools, write, { ...look, actor: actor.id, address: actor.address }),
  );
}
