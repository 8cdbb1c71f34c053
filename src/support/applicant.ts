/** What the applicant may do with their own case, beside speaking. */

import { holdAccount } from "../accounts/accounts.ts";
import { promisedAt } from "./opening.ts";
import * as rows from "./rows.ts";
import { type Doer, moveCase, type SupportTools } from "./tools.ts";

/** No help is needed any more; also while a wait runs. */
export function withdrawCase(tools: SupportTools, caseId: string, by: Doer): Promise<boolean> {
  return tools.store.transact(async (write) => {
    const before = await rows.caseById(write, caseId);
    // Whoever approves or finishes it holds the account as well: the wish to stop is not lost between both.
    if (before?.account_id) await holdAccount(write, tools.store.kind, before.account_id);
    const found = await rows.caseById(write, caseId);
    if (!found) return false;
    const set = { reason: "withdrawn", due_at: null };
    return (await moveCase(tools, write, found, { move: "withdraw", by, set })) !== undefined;
  });
}

/** Once, to another handler than the one who refused. */
export function appealCase(tools: SupportTools, caseId: string, by: Doer): Promise<boolean> {
  return tools.store.transact(async (write) => {
    const found = await rows.caseById(write, caseId);
    if (!found || found.appealed === 1) return false;
    const set = {
      appealed: 1,
      earlier_handler_id: found.handler_id,
      handler_id: null,
      decided_at: null,
      due_at: promisedAt(tools, tools.clock.now()),
    } as const;
    return (await moveCase(tools, write, found, { move: "appeal", by, set })) !== undefined;
  });
}
