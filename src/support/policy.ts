import { deskRulesFor, type Governed, type PolicyTools } from "../policies/policies.ts";

/** What the desk is held to for one account. */
export interface DeskPolicy {
  /** Whether the desk may help at all. */
  allowed: boolean;
  /** How many different pieces of evidence, beside the confirmed address for answers. */
  evidence: number;
  /** How long everybody concerned may object. */
  waitMs: number;
}

const HOUR_MS = 3_600_000;
/** For who may act on others, whatever their groups ask for. */
const STAFF_WAIT_HOURS = 72;

/** The groups of the account decide; the wait of staff is three days at least. */
export function deskPolicyFor(tools: PolicyTools, account: Governed): DeskPolicy {
  const { allowed, deskEvidence: evidence, deskWaitHours } = deskRulesFor(tools, account);
  const hours = account.role === "person" ? deskWaitHours : Math.max(STAFF_WAIT_HOURS, deskWaitHours);
  return { allowed, evidence, waitMs: hours * HOUR_MS };
}
