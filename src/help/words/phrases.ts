/** What several topics say in the same words. */
import { countedEn, countedRu, inBothLanguages } from "../../platform/language/language.ts";
import { waitingTime } from "../../platform/language/times.ts";
import type { HelpFacts } from "../help.ts";
import type { Block } from "./topic.ts";

interface Phrases {
  /** Whether login and control string are asked for: the style of the older portals. */
  readonly inBox: boolean;
  readonly linkTime: string;
  readonly codeTime: string;
  /** The button that asks for the letter. */
  readonly send: string;
  readonly letters: string;
  readonly newPassword: string;
  readonly finish: string;
  readonly toAdministrator: readonly Block[];
  deskSteps(items: readonly string[]): readonly Block[];
}

export const phrases = inBothLanguages<(facts: HelpFacts) => Phrases>({
  ru: (facts) => {
    const inBox = facts.style === "control-string";
    return {
      inBox,
      linkTime: waitingTime(facts.linkLifetimeMs, "ru"),
      codeTime: waitingTime(facts.codeLifetimeMs, "ru"),
      send: inBox ? "«Выслать контрольную строку»" : "«Далее»",
      letters: countedRu(facts.lettersPerHour, "письмо", "письма", "писем"),
      newPassword:
        "Введите новый пароль в поля «Новый пароль» и «Подтверждение нового пароля» и нажмите «Сменить пароль».",
      finish: "Появится «Пароль был успешно изменен». Нажмите «Войти» и войдите с новым паролем.",
      toAdministrator: facts.desk ? [] : [{ kind: "administrator" }],
      deskSteps: (items) => (facts.desk ? [{ kind: "steps", items }] : []),
    };
  },
  en: (facts) => {
    const inBox = facts.style === "control-string";
    return {
      inBox,
      linkTime: waitingTime(facts.linkLifetimeMs, "en"),
      codeTime: waitingTime(facts.codeLifetimeMs, "en"),
      send: inBox ? "“Send control string”" : "“Continue”",
      letters: countedEn(facts.lettersPerHour, "message", "messages"),
      newPassword:
        "Type the new password into “New password” and “Confirm new password”, then press “Change password”.",
      finish: "“Password changed” appears. Press “Sign in” and sign in with the new password.",
      toAdministrator: facts.desk ? [] : [{ kind: "administrator" }],
      deskSteps: (items) => (facts.desk ? [{ kind: "steps", items }] : []),
    };
  },
});
