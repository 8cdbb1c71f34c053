import { inBothLanguages } from "../../../platform/language/language.ts";
import type { Topic } from "../../words/topic.ts";

export const bringing = inBothLanguages<Topic>({
  ru: {
    title: "Импорт людей",
    question: "Перенести людей из другой системы",
    answer: "Файл сначала проверяется: без вашего слова ничего не меняется.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Откройте «Импорт», выберите таблицу CSV, дамп SQL из Битрикс или JSON Lines и нажмите «Загрузить».",
          "Сверьте колонки с образцами под полями и выберите «По чему узнаём человека».",
          "Нажмите «Проверить»: у каждой строки появится решение и замечания.",
          "Нажмите кнопку с числом людей. Страницу можно закрыть: работа идёт на сервере и после сбоя продолжится с того же места.",
        ],
      },
      {
        kind: "list",
        title: "Строки с ошибками",
        items: [
          "Скачайте их файлом: причина стоит в каждой строке.",
          "Исправьте их в таблице и загрузите файл снова. Кто уже перенесён, не задвоится.",
          "Паролей и хешей в файле с ошибками нет.",
        ],
      },
      {
        kind: "list",
        title: "Что выбрать",
        items: [
          "«Пригласить тех, у кого нет пароля» — письмо каждому добавленному, на языке из файла или на выбранном.",
          "«Почты и телефоны в файле подтверждены» — только если доверяете источнику: на них сразу можно восстановить доступ.",
        ],
      },
    ],
  },
  en: {
    title: "Import of people",
    question: "Bring people along from another system",
    answer: "The file is tried out first: nothing changes until you say so.",
    blocks: [
      {
        kind: "steps",
        items: [
          "Open “Import”, choose a CSV table, an SQL dump of Bitrix or JSON Lines, and press “Upload”.",
          "Compare the columns with the samples below the fields, and choose “People are known by”.",
          "Press “Check”: each row gets its verdict and remarks.",
          "Press the button with the number of people. You may close the page: the server does the work, and goes on from the same place after a fault.",
        ],
      },
      {
        kind: "list",
        title: "Rows with errors",
        items: [
          "Download them as a file: the reason stands in each row.",
          "Mend them in a spreadsheet and upload the file again. Nobody comes twice.",
          "The file with the errors holds no passwords and no hashes.",
        ],
      },
      {
        kind: "list",
        title: "What to choose",
        items: [
          "“Invite those who have no password”: a letter to each who was added, in the language of the file or the one you choose.",
          "“Mailboxes and phones in the file are confirmed”: only if you trust the source, since they let people back in at once.",
        ],
      },
    ],
  },
});
