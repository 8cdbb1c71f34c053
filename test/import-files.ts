/** Files as other systems write them, for the tests of imports. */

/** By the platform's own table, turned round. */
export function inWindows1251(text: string): Buffer {
  const table = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Buffer.from([...text].map((letter) => table.indexOf(letter)));
}

/** People of a Bitrix portal in Windows-1251, with hashes of its three generations (bitrix.md, section 4). */
export const bitrixPeople = [
  { login: "oldest", password: "secret123" },
  { login: "salted", password: "secret123" },
  { login: "newest", password: "secret123" },
  { login: "cyrillic", password: "Пароль-2024" },
] as const;

const sha512 =
  "$6$Ab3dE6gH9jK2mN5q$pTDCTWhZ0FSR3AJ9.891mzcQh9EzNCBoZWhahEP96pjbFtdOSzw7" +
  "YHxvp/7vPou3tC3oXAAiy38xsf4Z8rl4i/";

type Cell = string | number | null;

/** As mysqldump writes rows: id, login, password, active, blocked, names, phone, e-mail and outside type. */
function insert(...rows: Cell[][]): string {
  const quoted = (cell: Cell) =>
    typeof cell === "string" ? `'${cell.replace(/[\\']/g, "\\$&")}'` : String(cell ?? "NULL");
  const tuples = rows.map(([id = 0, login, password, active, blocked, name, last, phone, email, type]) => {
    const address = email ?? `${login}@romashka.example`;
    const cells = [id, login, password, active, blocked, name, last, address, phone, type];
    return `(${cells.map((cell) => quoted(cell ?? null)).join(",")})`;
  });
  return `INSERT INTO \`b_user\` VALUES ${tuples.join(",")};`;
}

export const bitrixDump = `-- MySQL dump 10.13
/*!40101 SET NAMES cp1251 */;
CREATE TABLE \`b_group\` (\n  \`ID\` int(18) NOT NULL,\n  \`NAME\` varchar(255)\n);
INSERT INTO \`b_group\` VALUES (1,'Администраторы; b_user'),(2,'Все');
CREATE TABLE \`b_user\` (
  \`ID\` int(18) NOT NULL AUTO_INCREMENT,
  \`LOGIN\` varchar(50) NOT NULL,
  \`PASSWORD\` varchar(255) NOT NULL,
  \`ACTIVE\` char(1) NOT NULL DEFAULT 'Y',
  \`BLOCKED\` char(1) NOT NULL DEFAULT 'N',
  \`NAME\` varchar(50) DEFAULT NULL,
  \`LAST_NAME\` varchar(50) DEFAULT NULL,
  \`EMAIL\` varchar(255) DEFAULT NULL,
  \`PERSONAL_MOBILE\` varchar(255) DEFAULT NULL,
  \`EXTERNAL_AUTH_ID\` varchar(255) DEFAULT NULL,
  PRIMARY KEY (\`ID\`)
) ENGINE=InnoDB;
${insert(
  [1, "oldest", "5d7845ac6ee7cfffafc5fe5f35cf666d", "Y", "N", "Анна", "О'Хара", "8 (916) 111-22-33"],
  [2, "salted", "a7$Kx,2Qe313864b76ba04953c1391aafb8321ca", "Y", "N", "Борис", "Орлов", null],
  [3, "newest", sha512, "Y", "N", "Вера", "Щукина", "телефона нет"],
)}
${insert(
  [4, "cyrillic", "a7$Kx,2Qc65a34450a062348e29e433fa11b5683", "Y", "N", "Глеб", "Ёжиков", null],
  [5, "gone", sha512, "N", "N", "Денис", "Ушёл", null],
  [6, "locked", sha512, "Y", "Y", "Ева", "Закрыта", null],
  [7, "bot_7", "x", "Y", "N", "Бот", "Помощник", null, "bot@romashka.example", "bot"],
  [8, "petrov", "5d7845ac6ee7cfffafc5fe5f35cf666d", "Y", "N", "Пётр", "Ли", null, null, "LDAP#1"],
  [9, "twin", "", "Y", "N", "Яна", "Вторая", null, "salted@romashka.example"],
)}
CREATE TABLE \`b_user_phone_auth\` (
  \`USER_ID\` int(11) NOT NULL,
  \`PHONE_NUMBER\` varchar(25) NOT NULL,
  \`OTP_SECRET\` text,
  \`CONFIRMED\` char(1) NOT NULL,
  PRIMARY KEY (\`USER_ID\`)
);
INSERT INTO \`b_user_phone_auth\` VALUES (1,'+79169998877',NULL,'Y'),
(4,'+79031112233','abc','N'),(77,'+79031112244','abc','Y');
`;

/** One in Windows-1251 with semicolons, as Excel writes it, with rows that cannot be taken. */
export const brokenTable = inWindows1251(
  [
    "Логин;ФИО;E-Mail;Телефон;Роль;Примечание",
    "alla;Алла Ким;alla@romashka.example;8 916 222-33-44;;",
    "wrong;Без Почты;не адрес;;;",
    "boss;Большой Начальник;boss@romashka.example;;владелец;",
    'quote;"Открытая;quote@romashka.example;;;',
    "=cmd;@Формула;=1+2;;;+7",
    "alla;Алла Ещё;alla2@romashka.example;;;",
    ";;;;;",
    "yan;Ян Ли;yan@romashka.example;12;;",
    ";<b>Жирный</b>;bold@romashka.example;;;",
    "",
  ].join("\r\n"),
);

/** As many rows of ordinary people as wanted, with a remark that nobody reads. */
export function manyPeople(count: number, remark = ""): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const phone = `8 (9${10 + (index % 80)}) ${String(1_000_000 + index * 37).slice(-7)}`;
    const name = `Имя${index % 311};Фамилия${index % 977}`;
    return `${index + 1};user${index};${name};user${index}@romashka.example;${phone};${remark}`;
  });
  return ["ID;Логин;Имя;Фамилия;E-Mail;Мобильный телефон;Примечание", ...rows, ""].join("\r\n");
}
