import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const exporting = inBothLanguages<Topic>({
  ru: {
    title: "Выгрузка людей",
    question: "Выгрузить людей в таблицу",
    answer: "Выгружается то, что показывает список.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Пользователи», выберите условия и нажмите «Выгрузить».",
          "Выберите вид файла: «CSV для таблиц» или «JSON, человек в строке».",
          "Подтвердите вход, если мы спросим: файл уносит контакты всех.",
        ],
      },
      {
        kind: "list",
        title: "Что внутри",
        items: [
          "Имена, контакты, должности, статусы. Паролей, ссылок и кодов нет.",
          "Ячейки, похожие на формулы, обезврежены апострофом. Импорт этого файла его не заметит.",
        ],
      },
      { kind: "note", text: "Кто, когда и с какими условиями выгружал, остаётся в журнале." },
    ],
  },
  en: {
    title: "Export of people",
    question: "Take people into a spreadsheet",
    answer: "What the list shows is exported.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Users”, choose the conditions and press “Export”.",
          "Choose the kind of file: “CSV for spreadsheets” or “JSON, one person per line”.",
          "Confirm that it is you if you are asked: the file takes everybody's contacts along.",
        ],
      },
      {
        kind: "list",
        title: "What it holds",
        items: [
          "Names, contacts, positions, states. No passwords, links or codes.",
          "Cells that look like formulas are defused by an apostrophe, which an import of the file passes over.",
        ],
      },
      { kind: "note", text: "Who exported when and by which conditions stays in the record." },
    ],
  },
});
