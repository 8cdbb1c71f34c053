import { inBothLanguages } from "../platform/language/language.ts";
import type { Note, Refused, Verdict } from "./verdicts.ts";

type Reason = Refused | Note;

const russian: Record<Reason, string> = {
  "open-quote": "Кавычка открыта и не закрыта",
  columns: "Число ячеек не совпадает с заголовком",
  "no-json": "Строка — не объект JSON",
  "too-long": "Слишком длинная строка",
  "unusable-sign": "В строке есть знак, который нельзя сохранить",
  nobody: "Нет ни логина, ни e-mail",
  name: "Имя не подходит: до 60 знаков, без адресов сайтов и служебных знаков",
  login: "Логин не подходит: до 100 букв, цифр и знаков . _ @ + -",
  email: "Неверный e-mail",
  "login-taken": "Логин или e-mail уже принадлежит другому пользователю",
  "role-unknown": "Неизвестная роль",
  "role-above": "Вы не можете дать такую роль",
  "rank-above": "Этого пользователя вы не можете изменять",
  "own-account": "Это вы сами: свои данные меняют на «Моей странице»",
  "id-of-another": "Внешний код есть у другого: ни логин, ни почта, ни телефон не совпали",
  "status-unclear": "Непонятно, активен ли пользователь: нужно да или нет",
  doubled: "Этот человек уже был выше в файле",
  several: "Подходят несколько пользователей",
  "phone-left-out": "телефон не разобран и пропущен",
  "phone-taken": "телефон есть у другого и пропущен",
  "email-shared": "e-mail общий с другим пользователем: вход только по логину",
  "email-taken": "e-mail есть у другого и пропущен",
  "contact-kept": "другой контакт уже есть и оставлен",
  "position-left-out": "должность не подходит и пропущена",
  "department-left-out": "отдел не подходит и пропущен",
  "signs-in-elsewhere": "вход был через внешнюю службу: пароль не переносится",
  "hash-too-costly": "хеш пароля слишком тяжёлый: понадобится новый пароль",
  "hash-too-quick": "хеш пароля слишком слабый: понадобится новый пароль",
  "hash-unknown": "хеш пароля неизвестного вида: понадобится новый пароль",
  "hash-kept": "пароль уже есть и оставлен",
  "password-unusable": "пароль не подходит и пропущен",
  "external-type": "служебный аккаунт (бот, почта, внешняя система)",
  "no-such-person": "такого человека в файле нет",
  "number-without-id": "чей номер, видно только по внешнему коду, а людей узнают по другому полю",
};

const english: Record<Reason, string> = {
  "open-quote": "A quotation mark is opened and never closed",
  columns: "The number of cells does not fit the heading",
  "no-json": "The line is no JSON object",
  "too-long": "The line is too long",
  "unusable-sign": "There is a character that cannot be kept",
  nobody: "Neither login nor e-mail",
  name: "The name cannot be used: up to 60 characters, no web addresses or control characters",
  login: "The login cannot be used: up to 100 letters, digits and . _ @ + -",
  email: "The e-mail is not valid",
  "login-taken": "The login or e-mail belongs to another user already",
  "role-unknown": "Unknown role",
  "role-above": "You may not give this role",
  "rank-above": "You may not change this user",
  "own-account": "This is you: change your own data on “My page”",
  "id-of-another": "The external id is somebody else's: neither login, mailbox nor phone are the same",
  "status-unclear": "It is not clear whether the user is active: yes or no is needed",
  doubled: "This person stood higher up in the file already",
  several: "Several users fit",
  "phone-left-out": "the phone was not understood and is left out",
  "phone-taken": "the phone is somebody else's and is left out",
  "email-shared": "the e-mail is shared with another user: sign-in by login only",
  "email-taken": "the e-mail is somebody else's and is left out",
  "contact-kept": "another contact is there already and stays",
  "position-left-out": "the position cannot be used and is left out",
  "department-left-out": "the department cannot be used and is left out",
  "signs-in-elsewhere": "signed in through an outside service: no password to bring along",
  "hash-too-costly": "the password hash is too costly: a new password will be needed",
  "hash-too-quick": "the password hash is too weak: a new password will be needed",
  "hash-unknown": "the password hash is of an unknown kind: a new password will be needed",
  "hash-kept": "there is a password already, which stays",
  "password-unusable": "the password cannot be used and is left out",
  "external-type": "not a person (bot, mailbox, outside system)",
  "no-such-person": "there is no such person in the file",
  "number-without-id": "only the external id tells whose number it is, and people are known by another field",
};

const unreadable = {
  ru: {
    empty: "Файл пуст.",
    workbook:
      "Это книга Excel. Откройте её, выберите «Файл», «Сохранить как», тип «CSV UTF-8», и загрузите новый файл.",
    archive: "Это архив. Распакуйте его и выберите файл внутри.",
    "utf-16":
      "Файл в кодировке UTF-16 без метки в начале: по нему не понять порядок байтов. Сохраните его как «CSV UTF-8» " +
      "и загрузите снова.",
    "web-page":
      "Это таблица в виде веб-страницы: так Битрикс24 выгружает «в Excel». Откройте её в Excel и сохраните " +
      "как «CSV UTF-8».",
    binary: "Это не таблица и не текст. Нужен CSV, дамп SQL или JSON Lines.",
    encoding: "В этой кодировке файл не читается. Выберите другую или «Определить по файлу».",
    "no-columns": "В файле не нашлось ни одной записи.",
    "no-people": "В файле не нашлось пользователей.",
    "no-right": "У того, кто начал импорт, больше нет на него права.",
    sealed: "Файл запечатан ключом, которого здесь больше нет. Загрузите файл снова.",
    fault: "Внутренняя ошибка. Подробности в журнале сервера; импорт можно начать заново.",
  },
  en: {
    empty: "The file is empty.",
    workbook:
      "This is an Excel workbook. Open it, choose “File”, “Save as”, the type “CSV UTF-8”, and upload the new file.",
    archive: "This is an archive. Unpack it and choose the file inside.",
    "utf-16":
      "The file is in UTF-16 without a mark at its beginning, which would tell the order of bytes. Save it as " +
      "“CSV UTF-8” and upload that.",
    "web-page":
      "This is a table in a web page, which is what Bitrix24 exports “to Excel”. Open it in Excel and save " +
      "it as “CSV UTF-8”.",
    binary: "This is neither a table nor a text. A CSV, an SQL dump or JSON Lines is needed.",
    encoding: "The file cannot be read in this encoding. Choose another or “Tell by the file”.",
    "no-columns": "There is not one record in the file.",
    "no-people": "There are no users in the file.",
    sealed: "The file is sealed with a key that is not here any more. Upload it again.",
    "no-right": "Whoever began the import has no right to it any more.",
    fault: "An internal fault. The server's log says more; the import can be begun anew.",
  },
} as const;

/** The sentences about rows and files, for pages, files to take back and the terminal alike. */
export const words = inBothLanguages<{
  verdicts: Record<Verdict, string>;
  reasons: Readonly<Record<string, string>>;
  unreadable: Readonly<Record<string, string>>;
  reasonColumn: string;
  lineColumn: string;
}>({
  ru: {
    verdicts: {
      added: "Добавить",
      updated: "Обновить",
      unchanged: "Без изменений",
      number: "Подтверждённые номера",
      skipped: "Пропустить",
      refused: "С ошибкой",
    },
    reasons: russian,
    unreadable: unreadable.ru,
    reasonColumn: "Причина",
    lineColumn: "Строка",
  },
  en: {
    verdicts: {
      added: "To add",
      updated: "To update",
      unchanged: "Unchanged",
      number: "Confirmed numbers",
      skipped: "To skip",
      refused: "With errors",
    },
    reasons: english,
    unreadable: unreadable.en,
    reasonColumn: "Reason",
    lineColumn: "Line",
  },
});
