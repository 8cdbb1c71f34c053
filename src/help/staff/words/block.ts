import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const block = inBothLanguages<Topic>({
  ru: {
    title: "Закрыть и открыть вход",
    question: "Закрыть вход или вернуть его",
    answer: "Блокировка закрывает вход сразу и ничего не удаляет.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте карточку и нажмите «Заблокировать». Сеансы завершатся, высланные ссылки перестанут действовать.",
          "Укажите причину: она останется в журнале.",
          "Ошиблись — нажмите «Отменить» в сообщении над карточкой, это можно десять минут. Позже нажмите «Разблокировать»: счётчики неверных паролей тоже обнулятся.",
        ],
      },
      {
        kind: "list",
        title: "Ещё действия",
        items: [
          "Человек ушёл — «Уволить»: он исчезнет из списка. Вернулся — «Вернуть»: вход откроется с прежним паролем.",
          "Несколько человек сразу: отметьте их в списке и выберите действие в строке под ним. Страница назовёт, кого это коснётся, и спросит ещё раз.",
        ],
      },
      { kind: "note", text: "С вышестоящими и с собой этого сделать нельзя: кнопок не будет." },
    ],
  },
  en: {
    title: "Close and open the sign-in",
    question: "Close somebody's sign-in or open it again",
    answer: "Blocking closes the sign-in at once and deletes nothing.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open the card and press “Block”. Sessions end, and links sent before stop working.",
          "Give a reason: it stays in the record.",
          "A mistake: press “Undo” in the notice above the card, within ten minutes. Later press “Unblock”, which forgets wrong passwords as well.",
        ],
      },
      {
        kind: "list",
        title: "More",
        items: [
          "The person left: “Mark as left”, and the list shows them no more. They came back: “Bring back”, with the former password.",
          "Several at once: pick them in the list and choose below it. The page names whom it concerns and asks once more.",
        ],
      },
      {
        kind: "note",
        text: "It cannot be done with those above you or with yourself: there are no buttons.",
      },
    ],
  },
});
