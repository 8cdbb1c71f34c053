import { inBothLanguages } from "../../platform/language/language.ts";
import { phrases } from "./phrases.ts";
import type { Told } from "./topic.ts";

export const byCode = inBothLanguages<Told>({
  ru: (facts) => {
    const { codeTime, newPassword, finish } = phrases.ru(facts);
    return {
      title: "Код из письма",
      question: "Письмо открылось на другом устройстве",
      answer: `Введите шесть цифр из письма в том браузере, где его запросили. Код действует ${codeTime}.`,
      blocks: [
        {
          kind: "steps",
          items: [
            "На устройстве, где хотите войти, нажмите «Забыли пароль?», введите e-mail или телефон и нажмите «Далее».",
            "Оставьте открытой страницу «Проверьте почту».",
            "Откройте письмо на другом устройстве и найдите в нём «Код для другого устройства».",
            "Введите цифры в поле «Код из письма» и нажмите «Продолжить с кодом».",
            newPassword,
            finish,
          ],
        },
        {
          kind: "list",
          title: "Если код не подходит",
          items: [
            "Проверьте браузер: код работает только там, где запрошено письмо. Ссылка из письма работает в любом.",
            "Код устарел или закончились попытки — откройте ссылку из письма или нажмите «Отправить ещё раз».",
            "Писем несколько — введите код из последнего.",
          ],
        },
      ],
    };
  },
  en: (facts) => {
    const { codeTime, newPassword, finish } = phrases.en(facts);
    return {
      title: "Code from the message",
      question: "The message opened on another device",
      answer: `Type the six digits of the message into the browser where you asked for it. The code works for ${codeTime}.`,
      blocks: [
        {
          kind: "steps",
          items: [
            "On the device where you want to sign in, press “Forgot password?”, type your e-mail or phone and press “Continue”.",
            "Keep the page “Check your mail” open.",
            "Open the message on the other device and find “Code for another device”.",
            "Type the digits into “Code from the message” and press “Continue with the code”.",
            newPassword,
            finish,
          ],
        },
        {
          kind: "list",
          title: "If the code does not match",
          items: [
            "Check the browser: the code works only where the message was asked for. The link works in any browser.",
            "The code has expired or has no tries left: open the link in the message or press “Resend”.",
            "Several messages? Type the code of the latest one.",
          ],
        },
      ],
    };
  },
});
