/** Coming in with a password: judged, counted and answered alike for everybody. */
import { type Account, findAccount, holdAccount, readIdentifier } from "../accounts/accounts.ts";
import { recordEvent } from "../audit/audit.ts";
import type { NoticeTools } from "../notifications/notifications.ts";
import { dueChange, type Hashing } from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import type { Store } from "../platform/store/store.ts";
import { type Charge, settle, spend } from "../platform/throttle/throttle.ts";
import { type PolicyTools, policyOf, policyOfUnknown } from "../policies/policies.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import { type Entered, enter } from "./enter.ts";
import type { Ticket } from "./own-password.ts";
import { type Attempt, browserOf, chargesFor, judgePassword, recordFailure } from "./password-try.ts";

export { type Entered, type Entering, enter } from "./enter.ts";
export {
  type PasswordProof,
  type ProvingAgain,
  provePassword,
  renewByPassword,
  settleProof,
} from "./prove-again.ts";

export { askForProofCode, type CodeProofOutcome, contactForCode, proveByCode } from "./prove-by-code.ts";

export interface SignInTools extends NoticeTools, PolicyTools {
  portals: Portals;
  store: Store;
  hashing: Hashing;
}

export interface SigningIn extends Attempt {
  /** The portal that one is on the way to. */
  portalId: string;
  identifier: string;
  password: string;
  remember: boolean;
  agent: string;
  /** Of the page, for a person who never chose one. */
  language: Language;
}

export type SignInOutcome =
  | ({ kind: "signed-in" } & Entered)
  /** The password has to be replaced: nothing opens before its owner has chosen another. */
  | { kind: "choose-own"; ticket: Ticket }
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
  const policy = account ? policyOf(tools, account) : policyOfUnknown(tools, key);
  const charges = chargesFor(attempt, account, key, policy);
  const limited = await spend(tools, charges);
  if (limited.kind === "limited") return { kind: "throttled", retryAt: limited.retryAt };

  const candidate = account?.status === "active" ? account : undefined;
  const check = await judgePassword(tools, candidate?.id ?? null, attempt.password, charges);
  if (check.kind === "differs" || !candidate) {
    await recordFailure(tools, attempt, account?.id ?? null);
    return { kind: "wrong" };
  }
  const { password } = attempt;
  const why = check.once
    ? "one-time"
    : await dueChange(tools, candidate, { password, changedAt: check.changedAt });
  if (why) return chooseOwn(tools, attempt, candidate, { charges, why });
  const begun = await begin(tools, attempt, candidate, charges);
  if (!begun) {
    await recordFailure(tools, attempt, candidate.id);
    return { kind: "wrong" };
  }
  return { kind: "signed-in", ...begun };
}

/** No session yet: a ticket for the page where another password is chosen. */
async function chooseOwn(
  tools: SignInTools,
  attempt: SigningIn,
  account: Account,
  { charges: [source, ...own], why }: { charges: readonly Charge[]; why: Ticket["why"] },
): Promise<SignInOutcome> {
  const { id: accountId, generation } = account;
  await tools.store.transact(async (write) => {
    await settle(tools, write, { giveBack: source ? [source] : [], clear: own });
    await recordEvent(tools, write, {
      action: why === "one-time" ? "password.used-once" : "password.due",
      actor: accountId,
      accountId,
      address: attempt.address,
      detail: { device: attempt.device, ...(why !== "one-time" && { why }) },
    });
  });
  const browserId = browserOf(attempt, account)?.id ?? null;
  return {
    kind: "choose-own",
    ticket: { accountId, generation, why, remember: attempt.remember, browserId },
  };
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
): Promise<Entered | undefined> {
  return tools.store.transact(async (write) => {
    const now = await holdAccount(write, tools.store.kind, accountId);
    if (now?.generation !== generation || now.status !== "active") return undefined;
    await settle(tools, write, { giveBack: source ? [source] : [], clear: own });
    return enter(tools, write, now, { ...attempt, method: "password" });
  });
}
