import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const controlString = inBothLanguages<Told>({
  ru: (facts) => {
    const { linkTime, newPassword, finish } = phrases.ru(facts);
    return {
      title: "Восстановление по контрольной строке",
      question: "Не помню пароль, почта открывается",
      answer: `Новый пароль задают по ссылке из письма: контрольная строка подставляется сама и действует ${linkTime}.`,
      blocks: [
        {
          kind: "steps",
          items: [
            "На странице входа нажмите «Забыли свой пароль?».",
            "Заполните поле «Логин или e-mail» и нажмите «Выслать контрольную строку».",
            "Откройте письмо и нажмите в нём «Сменить пароль». Если кнопка не работает, откройте ссылку в конце письма.",
            "Поля «Логин» и «Контрольная строка» заполнены сами. Менять их не нужно.",
            newPassword,
            finish,
          ],
        },
        {
          kind: "list",
          title: "Если ссылка не открывается",
          items: [
            "На странице «Проверьте почту» нажмите «Ввести контрольную строку вручную» и перенесите из письма логин и контрольную строку.",
            "Писем несколько — берите оба значения из последнего.",
          ],
        },
        {
          kind: "list",
          title: "Полезно знать",
          items: [
            "Письмо приходит на почту аккаунта. Без доступа к ней этот способ не сработает.",
            "После смены все устройства выходят из аккаунта: на них понадобится новый пароль.",
          ],
        },
      ],
    };
  },
  en: (facts) => {
    const { linkTime, newPassword, finish } = phrases.en(facts);
    return {
      title: "Recovery by control string",
      question: "I forgot the password and can open the mailbox",
      answer: `You set a new password through the link in a message: the control string is filled in for you and works for ${linkTime}.`,
      blocks: [
        {
          kind: "steps",
          items: [
            "On the sign-in page, press “Forgot your password?”.",
            "Fill in “Login or e-mail” and press “Send control string”.",
            "Open the message and press “Change password” in it. If the button fails, open the link at the end of the message.",
            "“Login” and “Control string” are filled in. Leave them alone.",
            newPassword,
            finish,
          ],
        },
        {
          kind: "list",
          title: "If the link does not open",
          items: [
            "On the page “Check your mail”, press “Type the control string by hand” and copy the login and the control string from the message.",
            "Several messages? Take both from the latest one.",
          ],
        },
        {
          kind: "list",
          title: "Good to know",
          items: [
            "The message goes to the account's mailbox. Without access to it this way will not work.",
            "After the change every device is signed out and needs the new password.",
          ],
        },
      ],
    };
  },
});
