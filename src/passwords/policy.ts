/** Is this password good enough? Length and guessability; composition only where a policy asks for it. */
import type { PolicyValues } from "../policies/policies.ts";
import { isCommon, ownWordIn } from "./guessable.ts";
import { normalisePassword } from "./normalise.ts";

/** What a policy asks of a password. */
export type PasswordRules = Pick<
  PolicyValues,
  | "passwordLength"
  | "passwordUpper"
  | "passwordLower"
  | "passwordDigits"
  | "passwordMarks"
  | "passwordBlocklist"
  | "passwordHistory"
>;

/** Of any script: a person who writes in Cyrillic has capitals, too. A space is no mark. */
export const characterClasses = {
  upper: { rule: "passwordUpper", pattern: "\\p{Lu}" },
  lower: { rule: "passwordLower", pattern: "\\p{Ll}" },
  digit: { rule: "passwordDigits", pattern: "\\p{Nd}" },
  mark: { rule: "passwordMarks", pattern: "[\\p{P}\\p{S}]" },
} as const;

export type CharacterClass = keyof typeof characterClasses;

export type Judgement =
  | { kind: "fine" }
  | { kind: "too-short"; minimum: number }
  | { kind: "too-long"; maximum: number }
  /** The policy asks for characters that it has none of. */
  | { kind: "missing"; classes: readonly CharacterClass[] }
  /** Many people have chosen it, or fingers produce it by themselves. */
  | { kind: "common" }
  /** Essentially one of `ownWords`; `word` is the part that was found. */
  | { kind: "own-word"; word: string }
  | { kind: "unusable-character" }
  /** One of the last `count` passwords of the account, the present one among them. */
  | { kind: "used-before"; count: number };

/**
 * Judges a password as it was typed. `ownWords`: the person's name, login and mailbox name, the company and
 * the host. Below a millisecond, and linear in the length.
 */
export function judgePassword(rules: PasswordRules, typed: string, ownWords: readonly string[]): Judgement {
  const normalised = normalisePassword(typed);
  if (normalised.kind !== "password") return normalised;
  const { password, characters } = normalised;
  if (characters < rules.passwordLength) return { kind: "too-short", minimum: rules.passwordLength };
  const classes = wantedClasses(rules).filter(
    (name) => !new RegExp(characterClasses[name].pattern, "u").test(password),
  );
  if (classes.length > 0) return { kind: "missing", classes };
  const word = ownWordIn(password, ownWords);
  if (word !== undefined) return { kind: "own-word", word };
  return rules.passwordBlocklist === 1 && isCommon(password) ? { kind: "common" } : { kind: "fine" };
}

/** The characters that the policy asks for. */
export function wantedClasses(rules: PasswordRules): CharacterClass[] {
  const names = Object.keys(characterClasses) as CharacterClass[];
  return names.filter((name) => rules[characterClasses[name].rule] === 1);
}
