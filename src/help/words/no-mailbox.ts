import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const noMailbox = inBothLanguages<Told>({
  ru: (facts) => ({
    title: "Нет доступа к почте",
    question: "Почта аккаунта не открывается",
    answer: facts.desk
      ? "Без почты восстановление письмом не сработает: верните доступ к ящику или напишите в поддержку."
      : "Без почты восстановление письмом не сработает: верните доступ к ящику или напишите администратору.",
    blocks: [
      {
        kind: "list",
        title: "Что с ящиком",
        items: [
          "Забыт пароль от почты — восстановите его у почтового сервиса, затем запросите письмо.",
          "Ящик рабочий — доступ к нему вернёт администратор почты вашей компании.",
          facts.desk
            ? "Ящик удалён или потерян — напишите в поддержку."
            : "Ящик удалён или потерян — напишите администратору портала.",
        ],
      },
      {
        kind: "note",
        text: facts.sms
          ? "Телефон аккаунта с вами? Укажите его номер на странице «Восстановление пароля»: код придёт по SMS."
          : "Телефон не заменяет почту: письмо придёт на неё, даже если указать номер.",
      },
    ],
  }),
  en: (facts) => ({
    title: "No access to the mailbox",
    question: "The account's mailbox does not open",
    answer: facts.desk
      ? "Without the mailbox, recovery by e-mail will not work: get the mailbox back or write to support."
      : "Without the mailbox, recovery by e-mail will not work: get the mailbox back or write to the administrator.",
    blocks: [
      {
        kind: "list",
        title: "What happened to the mailbox",
        items: [
          "Its password is forgotten: recover it at the mail service, then ask for the message.",
          "It is a work mailbox: your company's mail administrator gives access back.",
          facts.desk
            ? "It is deleted or lost: write to support."
            : "It is deleted or lost: write to the portal's administrator.",
        ],
      },
      {
        kind: "note",
        text: facts.sms
          ? "The account's phone is with you? Type its number on the page “Reset password”: a code comes by SMS."
          : "The phone does not replace the mailbox: the message goes there even if you type the number.",
      },
    ],
  }),
});
