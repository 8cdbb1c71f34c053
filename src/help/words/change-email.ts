import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const changeEmail = inBothLanguages<Told>({
  ru: () => ({
    title: "Сменить e-mail",
    question: "Хочу входить по другому адресу",
    answer: "Новый адрес начнёт работать, когда вы подтвердите его по письму. До этого входите по прежнему.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Войдите, откройте «Моя страница» и нажмите «Сменить e-mail».",
          "Введите новый адрес. Если вы вошли больше пяти минут назад, понадобится и пароль.",
          "Откройте письмо на новом адресе и нажмите «Подтвердить адрес», затем «Подтвердить». Подойдёт любое устройство. Ссылка работает сутки.",
        ],
      },
      {
        kind: "note",
        text: "На прежний адрес придёт письмо с кнопкой «Это не я». Семь дней она возвращает его на место.",
      },
    ],
  }),
  en: () => ({
    title: "Change e-mail",
    question: "I want to sign in with another address",
    answer:
      "The new address works once you confirm it from its mailbox. Until then sign in with the old one.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Sign in, open “My page” and press “Change e-mail”.",
          "Type the new address. If you signed in more than five minutes ago, the password is needed too.",
          "Open the message at the new address and press “Confirm the address”, then “Confirm”. Any device will do. The link works for a day.",
        ],
      },
      {
        kind: "note",
        text: "The old address gets a message with the button “It was not me”. For seven days it puts the address back.",
      },
    ],
  }),
});
