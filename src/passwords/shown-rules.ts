import type { Language } from "../platform/language/language.ts";
import type { ShownRules } from "../platform/web/chosen-password.ts";
import { characterClasses, type PasswordRules, wantedClasses } from "./policy.ts";
import { words } from "./words.ts";

/** The rules as the page of a new password lists them; `least` as with `hashChosen`. */
export function shownRules(rules: PasswordRules, language: Language, least = 0): ShownRules {
  const say = words[language];
  const count = Math.max(rules.passwordHistory, least);
  return {
    minimum: rules.passwordLength,
    more: [
      ...wantedClasses(rules).map((name) => ({
        text: say.has[name],
        pattern: characterClasses[name].pattern,
        kind: name,
      })),
      ...(count > 0 ? [{ text: say.notOfLast(count) }] : []),
    ],
  };
}
