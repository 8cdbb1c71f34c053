import { countedEn, countedRu, inBothLanguages } from "../platform/language/language.ts";

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
  },
  en: {
    differs: "Passwords differ",
    "too-short": (count) => `Too short: ${countedEn(count, "character", "characters")} needed`,
    "too-long": (count) => `Too long: ${countedEn(count, "character", "characters")} fit`,
    common: "This password has leaked before or is in a dictionary. Choose another",
    "own-word": "Do not build the password from your name, login, address or the company's name",
    "unusable-character": "The password has a character that no keyboard types",
  },
});
