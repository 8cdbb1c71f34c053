import { countedEn, countedRu, inBothLanguages, type Language } from "../platform/language/language.ts";
import type { CharacterClass } from "./policy.ts";

export const words = inBothLanguages({
  ru: {
    differs: "Пароли не совпадают",
    "too-short": (count: number) =>
      `Слишком короткий: нужно ${countedRu(count, "символ", "символа", "символов")}`,
    "too-long": (count: number) =>
      `Слишком длинный: поместится ${countedRu(count, "символ", "символа", "символов")}`,
    common: "Этот пароль есть в утечках и словарях. Придумайте другой",
    "own-word": "Пароль нельзя составлять из имени, логина, адреса или названия компании",
    "unusable-character": "В пароле есть символ, который нельзя ввести с клавиатуры",
    missing: (what: string) => `Добавьте ${what}`,
    classes: {
      upper: "заглавную букву",
      lower: "строчную букву",
      digit: "цифру",
      mark: "знак, например % или +",
    },
    "used-before": (count: number) =>
      count === 1
        ? "Это нынешний пароль. Придумайте новый"
        : `Этот пароль уже был среди последних ${count}. Придумайте новый`,
    has: {
      upper: "есть заглавная буква",
      lower: "есть строчная буква",
      digit: "есть цифра",
      mark: "есть знак, например % или +",
    },
    notOfLast: (count: number): string => (count === 1 ? "не прежний" : `не из последних ${count}`),
  },
  en: {
    differs: "Passwords differ",
    "too-short": (count) => `Too short: ${countedEn(count, "character", "characters")} needed`,
    "too-long": (count) => `Too long: ${countedEn(count, "character", "characters")} fit`,
    common: "This password has leaked before or is in a dictionary. Choose another",
    "own-word": "Do not build the password from your name, login, address or the company's name",
    "unusable-character": "The password has a character that no keyboard types",
    missing: (what) => `Add ${what}`,
    classes: {
      upper: "a capital letter",
      lower: "a small letter",
      digit: "a digit",
      mark: "a mark such as % or +",
    },
    "used-before": (count) =>
      count === 1
        ? "This is the present password. Choose a new one"
        : `This was one of the last ${count} passwords. Choose a new one`,
    has: {
      upper: "has a capital letter",
      lower: "has a small letter",
      digit: "has a digit",
      mark: "has a mark such as % or +",
    },
    notOfLast: (count) => (count === 1 ? "not the one before" : `none of the last ${count}`),
  },
});

/** What the policy asks for and the password has not, in one sentence. */
export function missingText(classes: readonly CharacterClass[], language: Language): string {
  const say = words[language];
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  return say.missing(list.format(classes.map((name) => say.classes[name])));
}
