import { type Identifier, peopleAtMailbox } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { putMessage } from "../delivery/delivery.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spend } from "../platform/throttle/throttle.ts";
import type { Asking, AskTools } from "./ask.ts";

export type RemindOutcome = { kind: "asked" } | { kind: "throttled"; retryAt: number };

/**
 * «Напомнить логин»: a letter to the mailbox lists the accounts that it belongs to. The outcome is the same
 * for a mailbox that nobody here has, and nothing is sent to it.
 */
export async function remindLogin(
  tools: AskTools,
  mailbox: Identifier,
  asking: Asking,
): Promise<RemindOutcome> {
  const subject = `reminder:${mailbox.key}`;
  const limited = await spend(tools, [
    { budget: budgets.recoverySource, subject: asking.source },
    { budget: budgets.recoveryLetters, subject },
  ]);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };

  const people = mailbox.kind === "email" ? await peopleAtMailbox(tools.store.read, mailbox.key) : [];
  const stored = people[0]?.contacts.find(({ key, bounced }) => key === mailbox.key && !bounced)?.value ?? "";
  const alone = people.length === 1 ? people[0]?.account : undefined;
  await tools.store.transact(async (write) => {
    await putMessage(tools, write, {
      kind: "login-reminder",
      channel: "email",
      accountId: alone?.id ?? null,
      to: stored,
      language: alone?.language ?? asking.language,
      portalId: asking.portal.id,
      data: { mailbox: mailbox.key, address: asking.address, device: asking.device },
    });
    await recordEvent(tools, write, {
      action: "login.reminded",
      actor: "anonymous",
      accountId: alone?.id ?? null,
      address: asking.address,
      detail: { accounts: people.length, device: asking.device },
    });
  });
  return { kind: "asked" };
}
