import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const deliveries = inBothLanguages<Topic>({
  ru: {
    title: "Что стало с письмом",
    question: "Человек говорит, что письмо не пришло",
    answer: "След письма или SMS — от очереди и ответов сервера до открытой ссылки и смены пароля.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Доставка» и введите e-mail, телефон, логин или номер запроса целиком. Письма одного человека есть и в его карточке.",
          "Откройте сообщение. «Шаги» — это время и ответы сервера слово в слово.",
          "Прочитайте «Что сказать человеку»: там сказано, что делать именно сейчас.",
          "Нажмите «Повторить», «Отправить письмом» или «Отправить по SMS», если они предложены.",
        ],
      },
      {
        kind: "list",
        title: "Как читать итог",
        items: [
          "«принято сервером получателя» — письмо у его почты. Мы не знаем, в какой оно папке.",
          "«вернулось» — почта получателя отказала. Если ящика нет, аккаунт помечен, и письма со ссылками на этот адрес не уходят, пока пометку не снимут.",
          "«не понадобилось» — письмо заменено новым. Верное — последнее.",
        ],
      },
      {
        kind: "note",
        text: "«Скачать .eml без ссылки» — письмо для ИТ получателя: ни ссылки, ни кода в нём нет.",
      },
    ],
  },
  en: {
    title: "What became of a letter",
    question: "A person says that the letter did not come",
    answer:
      "Each letter and SMS leaves a trace, from the queue and the answers of servers to the opened link and the changed password.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Deliveries” and type the whole e-mail, phone, login or request number. The messages of one person are on the card as well.",
          "Open the message. “Steps” are the times and the answers of the server, word for word.",
          "Read “What to tell the person”: it says what to do right now.",
          "Press “Repeat”, “Send by letter” or “Send by SMS” where they are offered.",
        ],
      },
      {
        kind: "list",
        title: "What the outcome means",
        items: [
          "“accepted by recipient server”: the letter is with their mail. In which folder, we do not know.",
          "“came back”: the recipient's mail refused it. Where there is no such mailbox the account is marked, and no links go there until the mark is cleared.",
          "“not needed”: a newer one replaced it. The latest is the right one.",
        ],
      },
      {
        kind: "note",
        text: "“Download .eml without link” is the letter for the recipient's IT: it holds neither link nor code.",
      },
    ],
  },
});
