/** What a column may mean, and what its name most likely says. */

/** What nearly every file has, in the order in which somebody is asked for it. */
export const usualMeanings = [
  "login",
  "email",
  "phone",
  "full-name",
  "first-name",
  "last-name",
  "position",
  "department",
] as const;

/** What files of other systems may have beside it. */
export const otherMeanings = [
  "external-id",
  "role",
  "active",
  "blocked",
  "language",
  "time-zone",
  "external-type",
  "hash",
  "password",
] as const;

export const meanings = [...usualMeanings, ...otherMeanings] as const;

export type Meaning = (typeof meanings)[number];

/** By the name of the column; a column without an entry is left out. */
export type Columns = Readonly<Record<string, Meaning>>;

/**
 * Names as they stand in files, in small letters without marks: our own export, the CSV dialect and the
 * tables of Bitrix, the export of Bitrix24's employees, and what people write in either language. Of several
 * columns with one meaning the first in this order counts.
 */
const names: Readonly<Record<Meaning, readonly string[]>> = {
  "external-id": [
    "id",
    "xml id",
    "external id",
    "внешний код",
    "ид",
    "табельный номер",
    "табельный",
    "employee id",
  ],
  login: ["login", "логин", "username", "user name", "имя пользователя", "user"],
  email: ["email", "e mail", "mail", "почта", "эл почта", "электронная почта", "адрес электронной почты"],
  phone: [
    "personal mobile",
    "phone",
    "mobile",
    "mobile phone",
    "телефон",
    "мобильный",
    "мобильный телефон",
    "номер телефона",
    "номер телефона для регистрации",
    "personal phone",
    "work phone",
    "рабочий телефон",
  ],
  "full-name": ["фио", "ф и о", "full name", "display name", "сотрудник", "пользователь"],
  "first-name": ["first name", "given name", "name", "имя"],
  "last-name": ["last name", "surname", "family name", "фамилия"],
  position: ["work position", "position", "job title", "title", "должность"],
  department: [
    "work department",
    "department",
    "отдел",
    "подразделение",
    "iblock section name 1",
    "uf department",
  ],
  role: ["role", "роль"],
  active: ["active", "активен", "активность", "is active"],
  blocked: ["blocked", "заблокирован"],
  language: ["language id", "language", "язык"],
  "time-zone": ["time zone", "timezone", "часовой пояс"],
  hash: ["password hash", "hash", "хеш", "хэш", "хеш пароля"],
  password: ["password", "пароль"],
  "external-type": ["external auth id", "тип авторизации"],
};

/** Each meaning goes to one column at most. */
export function guessColumns(columns: readonly string[]): Columns {
  const bare = columns.map((column) => [column, bareName(column)] as const);
  const guessed: Record<string, Meaning> = {};
  for (const meaning of meanings) {
    for (const name of names[meaning]) {
      const found = bare.find(([column, each]) => each === name && guessed[column] === undefined);
      if (!found) continue;
      guessed[found[0]] = meaning;
      break;
    }
  }
  return withWholeName(guessed);
}

/** «Имя» alone is everything that there is of a name. */
function withWholeName(guessed: Record<string, Meaning>): Columns {
  const columnOf = (meaning: Meaning) => Object.keys(guessed).find((name) => guessed[name] === meaning);
  const first = columnOf("first-name");
  const whole = columnOf("full-name");
  if (first === undefined) return guessed;
  if (whole !== undefined) delete guessed[first];
  else if (columnOf("last-name") === undefined) guessed[first] = "full-name";
  return guessed;
}

function bareName(column: string): string {
  return column
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A dump of Bitrix: its PASSWORD is a hash, and its ID names the account. */
export const bitrixColumns: Columns = {
  ID: "external-id",
  LOGIN: "login",
  PASSWORD: "hash",
  EMAIL: "email",
  NAME: "first-name",
  LAST_NAME: "last-name",
  PERSONAL_MOBILE: "phone",
  WORK_POSITION: "position",
  WORK_DEPARTMENT: "department",
  ACTIVE: "active",
  BLOCKED: "blocked",
  LANGUAGE_ID: "language",
  TIME_ZONE: "time-zone",
  EXTERNAL_AUTH_ID: "external-type",
};

/** The tables of a Bitrix dump that are read. */
export const bitrixTables = ["b_user", "b_user_phone_auth"] as const;
