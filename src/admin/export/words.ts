import { countedEn, countedRu, inBothLanguages } from "../../platform/language/language.ts";

/** Columns and their values are such as an import understands. */
export const words = inBothLanguages({
  ru: {
    act: "Выгрузить",
    title: "Выгрузка пользователей",
    lead: (count: number, many: boolean): string =>
      many
        ? "В\u00a0файл войдут больше 1\u00a0000\u00a0пользователей: все, кто подходит под условия списка."
        : `В\u00a0файл ${count === 1 ? "войдёт" : "войдут"} ${countedRu(count, "пользователь", "пользователя", "пользователей")}: все, кто подходит под условия списка.`,
    everybody: "Условий нет: все, кроме уволенных.",
    holds:
      "В\u00a0нём имена, контакты, должности и\u00a0статусы. Паролей, их хешей, ссылок и\u00a0кодов нет. Храните его как персональные данные; выгрузка останется в\u00a0журнале.",
    again: "Такой файл можно снова загрузить как импорт: столбцы он узнает сам.",
    formats: { csv: "CSV для таблиц", jsonl: "JSON, человек в\u00a0строке" },
    nobody: "Под условия не подходит никто: выгружать нечего.",
    tooMany:
      "Под поиск подходит больше 2\u00a0000 человек, и\u00a0файл был бы неполным. Уточните запрос или выгрузите список без поиска.",
    back: "К\u00a0списку",
    yes: "да",
    no: "нет",
    roles: { person: "Пользователь", desk: "Поддержка", administrator: "Администратор", owner: "Владелец" },
    columns: {
      login: "Логин",
      full_name: "ФИО",
      email: "E-mail",
      email_confirmed: "E-mail подтверждён",
      phone: "Телефон",
      phone_confirmed: "Телефон подтверждён",
      position: "Должность",
      department: "Подразделение",
      role: "Роль",
      active: "Активен",
      blocked: "Заблокирован",
      language: "Язык",
      time_zone: "Часовой пояс",
      external_id: "Внешний код",
      account_number: "Номер аккаунта",
      created_at: "Добавлен (UTC)",
      last_sign_in_at: "Последний вход (UTC)",
      can_sign_in_by_password: "Есть пароль",
    },
  },
  en: {
    act: "Export",
    title: "Export of users",
    lead: (count: number, many: boolean): string =>
      many
        ? "The file will hold more than 1,000 users: everybody who fits the conditions of the list."
        : `The file will hold ${countedEn(count, "user", "users")}: everybody who fits the conditions of the list.`,
    everybody: "No conditions: everybody but those who left.",
    holds:
      "It holds names, contacts, positions and states. It holds no passwords, hashes, links or codes. Keep it as personal data; the export stays in the record.",
    again: "Such a file can be imported again: the import knows its columns.",
    formats: { csv: "CSV for spreadsheets", jsonl: "JSON, one person per line" },
    nobody: "Nobody fits the conditions: there is nothing to export.",
    tooMany:
      "The search finds more than 2,000 people, and the file would not be whole. Make the search more exact, or export the list without it.",
    back: "To the list",
    yes: "yes",
    no: "no",
    roles: { person: "User", desk: "Desk", administrator: "Administrator", owner: "Owner" },
    columns: {
      login: "Login",
      full_name: "Full name",
      email: "E-mail",
      email_confirmed: "E-mail confirmed",
      phone: "Phone",
      phone_confirmed: "Phone confirmed",
      position: "Position",
      department: "Department",
      role: "Role",
      active: "Active",
      blocked: "Blocked",
      language: "Language",
      time_zone: "Time zone",
      external_id: "External ID",
      account_number: "Account number",
      created_at: "Added (UTC)",
      last_sign_in_at: "Last sign-in (UTC)",
      can_sign_in_by_password: "Has a password",
    },
  },
});
