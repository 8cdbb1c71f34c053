/** Coming in with a password: judged, counted and answered alike for everybody. */
import { type Account, findAccount, holdAccount, readIdentifier } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import { checkPassword, type Hashing, HashingOverloaded } from "../passwords/passwords.ts";
import type { Clock } from "../platform/clock.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store } from "../platform/store/store.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { type StartedSession, startSession } from "../sessions/sessions.ts";

export interface SignInTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
  hashing: Hashing;
}

export interface SigningIn {
  identifier: string;
  password: string;
  remember: boolean;
  source: string;
  address: string;
  agent: string;
  device: string;
  /** Accounts that this browser signed in to lately. */
  knownAccounts: readonly string[];
}

export type SignInOutcome =
  | { kind: "signed-in"; account: Account; session: StartedSession }
  /** Unknown, wrong, blocked or without a password: nobody outside can tell. */
  | { kind: "wrong" }
  | { kind: "throttled"; retryAt: number };

/** Signs in, or says only that it did not work. Throws `HashingOverloaded` when the pool is full. */
export async function signIn(tools: SignInTools, attempt: SigningIn): Promise<SignInOutcome> {
  const understood = await readIdentifier(attempt.identifier);
  const key =
    understood.kind === "understood" ? understood.identifier.key : `unreadable ${attempt.identifier}`;
  const account =
    understood.kind === "understood" ? await findAccount(tools.store.read, understood.identifier) : undefined;
  const charges = chargesFor(attempt, account, key);
  const limited = await spend(tools, charges);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };

  const candidate = account?.status === "active" ? account : undefined;
  const check = await judgePassword(tools, candidate?.id ?? null, attempt.password, charges);
  if (check.kind === "differs" || !candidate) {
    await recordFailure(tools, attempt, account?.id ?? null);
    return { kind: "wrong" };
  }
  const session = await begin(tools, attempt, candidate, charges);
  if (!session) {
    await recordFailure(tools, attempt, candidate.id);
    return { kind: "wrong" };
  }
  return { kind: "signed-in", account: candidate, session };
}

/** A try that could not even be judged was no failure: nobody is held up for trying again after a 503. */
async function judgePassword(
  tools: SignInTools,
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

function chargesFor(attempt: SigningIn, account: Account | undefined, key: string): Charge[] {
  const known = account !== undefined && attempt.knownAccounts.includes(account.id);
  return [
    { budget: budgets.signInSource, subject: attempt.source },
    known
      ? { budget: budgets.signInKnownDevice, subject: `account:${account.id}` }
      : { budget: budgets.signInAccount, subject: account ? `account:${account.id}` : `unknown:${key}` },
  ];
}

/**
 * One commit for all that a success brings: what was counted as a failure beforehand is taken back in it.
 * Undefined when the account changed since the password was compared: a change of password ends all sessions,
 * and one of the old password must not begin behind its back.
 */
function begin(
  tools: SignInTools,
  attempt: SigningIn,
  { id: accountId, generation }: Account,
  [source, ...own]: readonly Charge[],
): Promise<StartedSession | undefined> {
  return tools.store.transact(async (write) => {
    const now = await holdAccount(write, tools.store.kind, accountId);
    if (now?.generation !== generation || now.status !== "active") return undefined;
    await settle(tools, write, { giveBack: source ? [source] : [], clear: own });
    const visitor = { address: attempt.address, agent: attempt.agent };
    const session = await startSession(tools, write, {
      accountId,
      visitor,
      remember: attempt.remember,
      browserId: null,
    });
    await recordEvent(tools, write, {
      action: "session.started",
      actor: accountId,
      accountId,
      address: attempt.address,
      detail: { method: "password", device: attempt.device },
    });
    return session;
  });
}

/** What was typed as a name stays out: now and then it is a password in the wrong field. */
function recordFailure(tools: SignInTools, attempt: SigningIn, accountId: string | null): Promise<void> {
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
