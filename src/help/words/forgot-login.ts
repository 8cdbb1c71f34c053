import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const forgotLogin = inBothLanguages<Told>({
  ru: (facts) => {
    const { toAdministrator } = phrases.ru(facts);
    return {
      title: "Забыт логин",
      question: "Не помню логин",
      answer: facts.desk
        ? "Логин напомнит письмо. Если не помните и почту, напишите в поддержку."
        : "Логин напомнит письмо. Если не помните и почту, спросите администратора портала.",
      blocks: [
        {
          kind: "steps",
          items: [
            "Откройте страницу «Напомнить логин».",
            "Введите почту, к которой привязан аккаунт, в поле «E-mail» и нажмите «Напомнить логин».",
            "Откройте письмо: в нём логины всех аккаунтов этой почты.",
          ],
        },
        {
          kind: "text",
          title: "С чем можно войти",
          text: "Вместо логина подойдут e-mail или телефон аккаунта — и для входа, и для восстановления пароля.",
        },
        ...toAdministrator,
      ],
    };
  },
  en: (facts) => {
    const { toAdministrator } = phrases.en(facts);
    return {
      title: "Forgotten login",
      question: "I do not remember the login",
      answer: facts.desk
        ? "A message reminds you of the login. If you forgot the mailbox too, write to support."
        : "A message reminds you of the login. If you forgot the mailbox too, ask the portal's administrator.",
      blocks: [
        {
          kind: "steps",
          items: [
            "Open the page “Remind me of my login”.",
            "Type the mailbox of the account into “E-mail” and press “Send reminder”.",
            "Open the message: it lists the logins of all accounts of this mailbox.",
          ],
        },
        {
          kind: "text",
          title: "What you can sign in with",
          text: "The account's e-mail or phone does instead of the login, both for signing in and for resetting the password.",
        },
        ...toAdministrator,
      ],
    };
  },
});
