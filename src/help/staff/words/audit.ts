import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const audit = inBothLanguages<Topic>({
  ru: {
    title: "Журнал",
    question: "Кто и что сделал",
    answer: "В журнале каждое действие и каждый просмотр: кто, с кем, когда и откуда.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Журнал» и выберите, что показать: «Что», «Исход», «С кем», «Кто сделал» и дни.",
          "Нужен файл — возьмите его под заголовком «Выгрузка», не больше чем за год.",
          "Нажмите «Проверить цепочку»: итог скажет, не правили ли журнал задним числом.",
        ],
      },
      {
        kind: "note",
        text: "Сохраните отпечаток последнего события вне службы: по нему видно, не обрезан ли журнал.",
      },
    ],
  },
  en: {
    title: "Record",
    question: "Who did what",
    answer: "The record holds every action and every look: who, to whom, when and from where.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Record” and choose what to show: “What”, “Result”, “Whom it concerns”, “Who did it” and the days.",
          "For a file see “Export” on the same page, a year at most.",
          "Press “Check the chain”: the result says whether anybody changed the record later.",
        ],
      },
      {
        kind: "note",
        text: "Keep the fingerprint of the last event outside of the service: it shows whether the end was cut off.",
      },
    ],
  },
});
