import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const outdated = inBothLanguages<Told>({
  ru: (facts) => {
    const { inBox, linkTime } = phrases.ru(facts);
    return {
      title: "Неверное контрольное слово",
      question: "Открывается страница «Неверное контрольное слово»",
      answer: "Эта ссылка устарела. Пароль меняют по ссылке из последнего письма.",
      blocks: [
        {
          kind: "steps",
          items: [
            "Если вы запрашивали несколько писем, на странице названы номер и время верного.",
            "Найдите письмо с этим номером в теме и откройте ссылку из него.",
            "Если такого письма нет, нажмите «Отправить новое письмо» или «Запросить новое письмо»: на странице будет одна из этих кнопок.",
          ],
        },
        {
          kind: "list",
          title: "Почему ссылка перестаёт работать",
          items: [
            "Вы запросили новое письмо, а открыли прежнее.",
            `Ссылка действует ${linkTime}, и это время прошло.`,
            "По этой ссылке пароль уже сменили.",
            "После письма изменились пароль или данные аккаунта.",
            "Ссылка скопирована не целиком.",
            ...(inBox ? ["Логин и контрольная строка взяты из разных писем."] : []),
          ],
        },
        {
          kind: "warning",
          text: "По ссылке сменили пароль, и это были не вы — сразу отправьте новое письмо и задайте другой пароль.",
        },
      ],
    };
  },
  en: (facts) => {
    const { inBox, linkTime } = phrases.en(facts);
    return {
      title: "Outdated link",
      question: "A page says “Outdated link”",
      answer: "This link no longer works. The password is changed through the link in the latest message.",
      blocks: [
        {
          kind: "steps",
          items: [
            "If you asked for several messages, the page names the number and time of the valid one.",
            "Find the message with this number in its subject and open its link.",
            "If there is no such message, press “Send a new message” or “Ask for a new message”: the page has one of these buttons.",
          ],
        },
        {
          kind: "list",
          title: "Why a link stops working",
          items: [
            "You asked for a new message and opened an earlier one.",
            `The link works for ${linkTime}, and that time is over.`,
            "The password was already changed with this link.",
            "After the message the account's password or data changed.",
            "The link was copied only in part.",
            ...(inBox ? ["The login and the control string come from different messages."] : []),
          ],
        },
        {
          kind: "warning",
          text: "The link was used to change the password, and not by you? Send a new message at once and set another password.",
        },
      ],
    };
  },
});
