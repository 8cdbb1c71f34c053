/** One try at a password, counted and recorded alike through every door. */
import type { Account } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { checkPassword, type Hashing, HashingOverloaded } from "../passwords/passwords.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, type StreakBudget, settle } from "../platform/throttle/throttle.ts";
import type { PolicyTools, PolicyValues } from "../policies/policies.ts";
import type { KnownBrowser } from "../sessions/sessions.ts";

export interface TryTools extends PolicyTools {
  store: Store;
  secrets: Secrets;
  hashing: Hashing;
}

/** Where a try comes from. */
export interface Attempt {
  source: string;
  address: string;
  device: string;
  /** For which accounts this browser is known, and as which of theirs. */
  knownBrowsers: readonly KnownBrowser[];
}

/** A try that could not even be judged was no failure: nobody is held up for trying again after a 503. */
export async function judgePassword(
  tools: TryTools,
  accountId: string | null,
  password: string,
  charges: readonly Charge[],
) {
  try {
    return await checkPassword(tools, accountId, password);
  } catch (error) {
    if (error instanceof HashingOverloaded) {
      await tools.store.transact((write) => settle(tools, write, { giveBack: charges }));
    }
    throw error;
  }
}

/** An account has one budget for strangers, and one in each browser that it is known in. */
export function chargesFor(
  attempt: Attempt,
  account: Pick<Account, "id"> | undefined,
  key: string,
  policy: PolicyValues,
): Charge[] {
  return [
    { budget: budgets.signInSource, subject: attempt.source },
    account && browserOf(attempt, account)
      ? { budget: budgets.signInKnownDevice, subject: `account:${account.id}` }
      : {
          budget: strangersBudget(policy),
          subject: account ? `account:${account.id}` : `unknown:${key}`,
        },
  ];
}

/**
 * Of strangers, as the policy has it: so many wrong passwords freely, then growing pauses, then the rest. Its
 * owner comes in from a known browser or by recovery meanwhile.
 */
export function strangersBudget(policy: PolicyValues): StreakBudget {
  const { attemptsFree: free, attemptsLock: after, lockMinutes } = policy;
  const rest = { after, forMs: lockMinutes * 60_000 };
  return { ...budgets.signInAccount, free, ...(after > 0 && { rest }) };
}

/** The browser as the account knows it, if it does. */
export function browserOf(
  { knownBrowsers }: Pick<Attempt, "knownBrowsers">,
  account: Pick<Account, "id">,
): KnownBrowser | undefined {
  return knownBrowsers.find((browser) => browser.accountId === account.id);
}

/** What was typed as a name stays out: now and then it is a password in the wrong field. */
export function recordFailure(tools: TryTools, attempt: Attempt, accountId: string | null): Promise<void> {
  return tools.store.transact((write) =>
    recordEvent(tools, write, {
      action: "session.refused",
      actor: "anonymous",
      accountId,
      address: attempt.address,
      detail: { method: "password", device: attempt.device },
    }),
  );
}
