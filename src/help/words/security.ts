import { inBothLanguages } from "../../platform/language/language.ts";
import type { Told } from "./topic.ts";

export const security = inBothLanguages<Told>({
  ru: (facts) => ({
    title: "Как узнать наше письмо",
    question: "Пришло письмо, которого я не ждал",
    answer:
      "Служебные письма приходят с одного адреса. Паролей и кодов мы не спрашиваем ни письмом, ни по телефону.",
    blocks: [
      { kind: "sender" },
      {
        kind: "list",
        title: "Приметы письма",
        items: [
          `Адрес отправителя — ${facts.sender}, буква в букву.`,
          "В теме письма о смене пароля — время и номер запроса. Тот же номер на странице «Проверьте почту».",
          "Внутри названы устройство и адрес в сети, откуда пришёл запрос.",
          `Кнопка и ссылка ведут только на ${facts.host}.`,
          "Вложений нет.",
          "Код и контрольную строку вводят только на этом сайте.",
        ],
      },
      {
        kind: "list",
        title: "Не вы?",
        items: [
          "Запросили смену пароля не вы — ничего не делайте: пароль прежний.",
          "В письме сказано, что изменён пароль, e-mail или телефон, а меняли не вы — нажмите в нём «Это не я». Страница покажет, что произойдёт: сеансы завершатся, изменения отменятся, прежний пароль перестанет действовать. Затем задайте новый и сообщите администратору портала.",
        ],
      },
      { kind: "administrator" },
    ],
  }),
  en: (facts) => ({
    title: "How to know our messages",
    question: "A message came that I did not expect",
    answer:
      "Service messages come from one address. We never ask for passwords or codes, by message or by phone.",
    blocks: [
      { kind: "sender" },
      {
        kind: "list",
        title: "Signs of our message",
        items: [
          `The sender's address is ${facts.sender}, letter for letter.`,
          "The subject of a message about changing the password has the time and number of the request. The page “Check your mail” shows the same number.",
          "It names the device and network address that the request came from.",
          `Its button and link lead to ${facts.host} only.`,
          "It has no attachments.",
          "Codes and control strings are typed on this site only.",
        ],
      },
      {
        kind: "list",
        title: "Not you?",
        items: [
          "Somebody else asked to change the password: do nothing, your password is unchanged.",
          "The message says that the password, e-mail or phone was changed, and not by you: press “It was not me” in it. The page shows what will happen: sessions end, changes are undone, the password stops working. Then set a new one and tell the portal's administrator.",
        ],
      },
      { kind: "administrator" },
    ],
  }),
});
