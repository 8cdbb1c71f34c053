import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const byLetter = inBothLanguages<Told>({
  ru: (facts) => {
    const { linkTime, newPassword, finish } = phrases.ru(facts);
    return {
      title: "Восстановление по письму",
      question: "Не помню пароль, почта открывается",
      answer: `Новый пароль задают по ссылке из письма. Она действует ${linkTime}.`,
      blocks: [
        {
          kind: "steps",
          items: [
            "На странице входа нажмите «Забыли пароль?».",
            "Введите e-mail или телефон, с которым входите, в поле «E-mail или телефон» и нажмите «Далее». Логин тоже подойдёт.",
            "Откройте письмо и нажмите в нём «Сменить пароль». Если кнопка не работает, откройте ссылку в конце письма.",
            newPassword,
            finish,
          ],
        },
        {
          kind: "list",
          title: "Полезно знать",
          items: [
            facts.sms
              ? "Письмо приходит на почту аккаунта. Без доступа к ней укажите телефон: код придёт по SMS."
              : "Письмо приходит на почту аккаунта, даже если вы указали телефон или логин. Без доступа к почте этот способ не сработает.",
            "Ссылка открывается в любом браузере. Если закрыть страницу, не сменив пароль, её можно открыть снова.",
            "После смены все устройства выходят из аккаунта: на них понадобится новый пароль.",
          ],
        },
      ],
    };
  },
  en: (facts) => {
    const { linkTime, newPassword, finish } = phrases.en(facts);
    return {
      title: "Recovery by e-mail link",
      question: "I forgot the password and can open the mailbox",
      answer: `You set a new password through the link in a message. The link works for ${linkTime}.`,
      blocks: [
        {
          kind: "steps",
          items: [
            "On the sign-in page, press “Forgot password?”.",
            "Type the e-mail or phone you sign in with into “E-mail or phone” and press “Continue”. The login works too.",
            "Open the message and press “Change password” in it. If the button fails, open the link at the end of the message.",
            newPassword,
            finish,
          ],
        },
        {
          kind: "list",
          title: "Good to know",
          items: [
            facts.sms
              ? "The message goes to the account's mailbox. Without access to it, type the phone: a code comes by SMS."
              : "The message goes to the account's mailbox even if you typed a phone or a login. Without access to the mailbox this way will not work.",
            "The link opens in any browser. If you close the page without changing the password, you can open it again.",
            "After the change every device is signed out and needs the new password.",
          ],
        },
      ],
    };
  },
});
