/** When a password has to be replaced, and when it may not be yet. */
import { type Account, personById } from "../accounts/accounts.ts";
import type { Store } from "../platform/store/store.ts";
import { type PolicyTools, policyOf } from "../policies/policies.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import { judgePassword } from "./policy.ts";

const DAY_MS = 86_400_000;

/** `expired`: older than the policy allows. `rules`: the policy would refuse it today. */
export type DueChange = "expired" | "rules";

/**
 * Whether a password that was just typed rightly has to be replaced before it opens anything. Looks nothing
 * up unless the policy asks for it.
 */
export async function dueChange(
  tools: PolicyTools & { store: Store; portals: Portals },
  account: Account,
  typed: { password: string; changedAt: number },
): Promise<DueChange | undefined> {
  const policy = policyOf(tools, account);
  const { passwordMaxDays: days } = policy;
  if (days > 0 && tools.clock.now() - typed.changedAt >= days * DAY_MS) return "expired";
  if (policy.passwordRecheck === 0) return undefined;
  const person = await personById(tools.store.read, account.id);
  const contacts = person?.contacts.map((contact) => contact.value) ?? [];
  const own = [account.name, person?.login ?? "", tools.portals.defaultPortal().name, ...contacts];
  return judgePassword(policy, typed.password, own).kind === "fine" ? undefined : "rules";
}

/** Until when the own page may not replace it; undefined when it may. Recovery and staff always may. */
export function tooYoungUntil(
  tools: PolicyTools,
  account: Account,
  changedAt: number | undefined,
): number | undefined {
  const { passwordMinDays: days } = policyOf(tools, account);
  if (days === 0 || changedAt === undefined) return undefined;
  const until = changedAt + days * DAY_MS;
  return until > tools.clock.now() ? until : undefined;
}
