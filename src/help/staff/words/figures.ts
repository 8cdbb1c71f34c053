import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const figures = inBothLanguages<Topic>({
  ru: {
    title: "Показатели",
    question: "Как идут дела",
    answer: "Показатели считают входы, восстановление, доставку и обращения по часам.",
    blocks: [
      {
        kind: "list",
        title: "Как читать",
        items: [
          "У каждого графика есть таблица с теми же числами и файл для своих расчётов.",
          "Воронка восстановления: сколько запросили, получили, открыли ссылку и сменили пароль.",
          "Доля неудач по почтовым доменам и операторам показывает, чьи серверы не берут наши сообщения.",
          "Много устаревших ссылок — люди открывают не последнее письмо.",
        ],
      },
      { kind: "note", text: "Входы и работу сотрудников видят администраторы и владельцы." },
    ],
  },
  en: {
    title: "Figures",
    question: "How things are going",
    answer: "The figures count sign-ins, recovery, deliveries and cases by the hour.",
    blocks: [
      {
        kind: "list",
        title: "What they say",
        items: [
          "Each chart has a table with the same numbers, and a file to reckon with.",
          "The recovery funnel: how many asked, received, opened the link and changed the password.",
          "The share of failures by mail domain and operator shows whose servers do not take our messages.",
          "Many outdated links: people open an earlier letter.",
        ],
      },
      { kind: "note", text: "Sign-ins and what staff do are seen by administrators and owners." },
    ],
  },
});
