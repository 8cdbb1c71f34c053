import { countedEn, countedRu, inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const keepPassword = inBothLanguages<Told>({
  ru: (facts) => ({
    title: "Где хранить пароль",
    question: "Как не забыть новый пароль",
    answer: "Сохраните пароль сразу: показать его потом не сможет никто, даже администратор.",
    blocks: [
      {
        kind: "list",
        title: "Какой подойдёт",
        items: [
          `Не короче ${countedRu(facts.shortestPassword, "символа", "символов", "символов")}.`,
          ...facts.passwordRules.map((rule) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`),
          ...(facts.passwordDays > 0
            ? [`Раз в ${countedRu(facts.passwordDays, "день", "дня", "дней")} его придётся сменить.`]
            : []),
          "Не из утечек и словарей, не из вашего имени, логина или названия компании.",
        ],
      },
      {
        kind: "list",
        title: "Надёжно",
        items: [
          "Менеджер паролей. Браузер и телефон предложат сохранить пароль, когда вы его смените, и подставят при входе.",
          "Бумага в скрытом месте. Запишите пароль, но не то, от чего он.",
          "Фраза из четырёх слов: её легче запомнить, чем набор знаков.",
        ],
      },
      {
        kind: "list",
        title: "Ненадёжно",
        items: [
          "Листок у монитора, переписка, файл на общем компьютере.",
          "Один пароль на все сайты: кто узнает его на одном, войдёт и на остальные.",
        ],
      },
      {
        kind: "note",
        text: "Нажмите «показать» в поле пароля, чтобы проверить набранное до отправки.",
      },
    ],
  }),
  en: (facts) => ({
    title: "Where to keep the password",
    question: "How not to forget the new password",
    answer: "Keep it somewhere at once: nobody can show it to you later, not even the administrator.",
    blocks: [
      {
        kind: "list",
        title: "Which one will do",
        items: [
          `At least ${countedEn(facts.shortestPassword, "character", "characters")}.`,
          ...facts.passwordRules.map((rule) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`),
          ...(facts.passwordDays > 0
            ? [`It has to be changed every ${countedEn(facts.passwordDays, "day", "days")}.`]
            : []),
          "Not leaked or from a dictionary, nor made of your name, your login or the company's name.",
        ],
      },
      {
        kind: "list",
        title: "Safe",
        items: [
          "A password manager. Browsers and phones offer to keep the password when you change it, and fill it in when you sign in.",
          "Paper in a hidden place. Write down the password, but not what it opens.",
          "A phrase of four words: easier to remember than a row of signs.",
        ],
      },
      {
        kind: "list",
        title: "Unsafe",
        items: [
          "A note on the screen, a chat, a file on a computer that others use.",
          "One password for every site: whoever learns it at one gets into the others.",
        ],
      },
      {
        kind: "note",
        text: "Press “show” in the password field to check what you typed before you send it.",
      },
    ],
  }),
});
