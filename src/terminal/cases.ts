/** Commands about cases of the desk. */
import { holdAccount } from "../accounts/accounts.ts";
import { approveCase, caseByNumber } from "../support/support.ts";
import { Refused, type TerminalTools } from "./tools.ts";

/**
 * Decides about a case that nobody in the console may decide about, such as the last owner's. Evidence, the
 * wait and the warnings stay as they are; who runs the server is only the second opinion.
 */
export async function approveFromTerminal(tools: TerminalTools, typed: string): Promise<void> {
  const number = /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
  const by = { actor: "cli", address: "terminal", device: "—" };
  const outcome = await tools.store.transact(async (write) => {
    const before = await caseByNumber(write, number);
    const account = before?.account_id
      ? await holdAccount(write, tools.store.kind, before.account_id)
      : undefined;
    const found = await caseByNumber(write, number);
    if (found?.state !== "proposed") return { kind: "absent" as const };
    return approveCase(tools, write, found, account, by);
  });
  switch (outcome.kind) {
    case "done":
      console.log(`case ${number}: approved, every contact of the account is warned`);
      return;
    case "absent":
    case "stale":
      throw new Refused(`case ${typed}: none that waits for a decision`);
    case "no-account":
      throw new Refused(`case ${number}: its account is closed`);
    case "stopped":
      throw new Refused(`case ${number}: the owner signed in, so it has ended`);
    case "involved":
      throw new Refused(`case ${number}: somebody else has to decide`);
  }
}
