import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const cases = inBothLanguages<Topic>({
  ru: {
    title: "Очередь обращений",
    question: "Разобрать обращение в поддержку",
    answer: "Обращение ведут двое: один проверяет, кто перед ним, другой решает.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Обращения»: срочные стоят первыми. Нажмите «Взять себе».",
          "Посмотрите «На что смотреть» и соберите подтверждения: код на телефон аккаунта, слово коллеги, встречу, документ.",
          "Пишите в поле «Ответ заявителю»: текст уйдёт письмом. «Заметка» видна только сотрудникам.",
          "Нажмите «Передать на решение». Решает другой сотрудник.",
          "После одобрения мы предупредим все контакты аккаунта, выждем и сами вышлем ссылку.",
        ],
      },
      {
        kind: "list",
        title: "Полезно знать",
        items: [
          "Подтверждённый адрес для ответа не доказывает, кто это.",
          "Владелец вошёл или нажал «Это не я» — обращение останавливается само.",
          "От документа отмечают только вид: номера и копии не храним.",
        ],
      },
      { kind: "warning", text: "Вас торопят — не спешите: ожидание защищает владельца аккаунта." },
    ],
  },
  en: {
    title: "The queue of cases",
    question: "Work on a request to support",
    answer: "Two people handle a case: one finds out who it is, another decides.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Cases”: urgent ones stand first. Press “Take it”.",
          "Look at “What to look at” and gather evidence: a code to the account's phone, a colleague's word, a meeting, a document.",
          "Write into “Answer to the applicant”: it goes by letter. A “Note” is for staff alone.",
          "Press “Hand over for a decision”. Somebody else decides.",
          "After the approval we warn every contact of the account, wait, and send the link.",
        ],
      },
      {
        kind: "list",
        title: "Good to know",
        items: [
          "The confirmed address for the answer does not prove who it is.",
          "The owner signed in or pressed “It was not me”: the case stops.",
          "Of a document only the kind is noted: no numbers and no copies.",
        ],
      },
      {
        kind: "warning",
        text: "Somebody hurries you: take your time, the wait protects the owner of the account.",
      },
    ],
  },
});
