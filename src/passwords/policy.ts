/**
 * Is this password good enough? Length and guessability only: no composition rules, no expiry (NIST SP
 * 800-63B-4).
 */
import { isCommon, ownWordIn } from "./guessable.ts";
import { normalisePassword } from "./normalise.ts";

export interface PasswordPolicy {
  /** Least number of code points. */
  minimum: number;
}

/**
 * `basic` only where a second factor is enforced; `high` where the password stands alone (SP 800-63B-4,
 * 3.1.1.2).
 */
export const passwordPolicies = {
  basic: { minimum: 8 },
  standard: { minimum: 12 },
  high: { minimum: 15 },
} as const satisfies Record<string, PasswordPolicy>;

export type Judgement =
  | { kind: "fine" }
  | { kind: "too-short"; minimum: number }
  | { kind: "too-long"; maximum: number }
  /** Many people have chosen it, or fingers produce it by themselves. */
  | { kind: "common" }
  /** Essentially one of `ownWords`; `word` is the part that was found. */
  | { kind: "own-word"; word: string }
  | { kind: "unusable-character" };

/**
 * Judges a password as it was typed. `ownWords`: the person's name, login and mailbox name, the company and
 * the host. Below a millisecond, and linear in the length.
 */
export function judgePassword(policy: PasswordPolicy, typed: string, ownWords: readonly string[]): Judgement {
  const normalised = normalisePassword(typed);
  if (normalised.kind !== "password") return normalised;
  const { password, characters } = normalised;
  if (characters < policy.minimum) return { kind: "too-short", minimum: policy.minimum };
  const word = ownWordIn(password, ownWords);
  if (word !== undefined) return { kind: "own-word", word };
  return isCommon(password) ? { kind: "common" } : { kind: "fine" };
}
