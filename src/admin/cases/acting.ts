/** One step of one of the staff in a case: judged on what is true now, in one transaction. */
import { type Account, holdAccount } from "../../accounts/accounts.ts";
import type { Writer } from "../../platform/store/store.ts";
import { type CaseRow, caseByNumber, type Doer, type SupportTools } from "../../support/support.ts";
import type { Actor } from "../acting.ts";
import { may, type Right } from "../rights.ts";

/** Whom a case is about where nobody is named: such a case is nobody's own, and above nobody. */
const nobody = { id: "", role: "person" } as const;

/** Whether this one of the staff may do that with a case about this account. */
export function mayCase(actor: Actor, right: Right, account: Account | undefined): boolean {
  return may(actor, right, account ?? nobody);
}

/**
 * Does `work` in a case if the actor may. The accounts are held before the case is read, in the order of
 * their ids; nothing about a case that is not there, or not for this one, can be told apart.
 */
export function actOnCase<Outcome extends { kind: string }>(
  tools: SupportTools,
  actor: Actor,
  number: number,
  right: Right,
  work: (
    write: Writer,
    found: CaseRow,
    about: { account: Account | undefined; by: Doer },
  ) => Promise<Outcome>,
): Promise<Outcome | { kind: "absent" }> {
  return tools.store.transact(async (write): Promise<Outcome | { kind: "absent" }> => {
    const before = await caseByNumber(write, number);
    if (!before) return { kind: "absent" };
    const held = new Map<string, Account>();
    for (const id of [actor.id, before.account_id ?? ""].toSorted()) {
      const account = id === "" ? undefined : await holdAccount(write, tools.store.kind, id);
      if (account) held.set(id, account);
    }
    const found = await caseByNumber(write, number);
    const self = held.get(actor.id);
    const account = found?.account_id ? held.get(found.account_id) : undefined;
    const named = found?.account_id === before.account_id;
    if (!found || !named || self?.status !== "active") return { kind: "absent" };
    if (["unconfirmed", "expired"].includes(found.state)) return { kind: "absent" };
    if (!mayCase({ ...actor, role: self.role }, right, account)) return { kind: "absent" };
    const by = { actor: actor.id, address: actor.address, device: actor.device };
    return work(write, found, { account, by });
  });
}
