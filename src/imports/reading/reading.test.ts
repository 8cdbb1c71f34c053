import assert from "node:assert/strict";
import { test } from "node:test";
import { guessColumns } from "../columns.ts";
import type { Source } from "./kinds.ts";
import type { FileRow } from "./row.ts";
import { recognise, rowsOf } from "./source.ts";

/** The file in pieces of so many bytes, as it may come. */
async function* pieces(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.length; from += size) yield file.subarray(from, from + size);
}

function sourceOf(file: Uint8Array): Source {
  const recognised = recognise(file.subarray(0, 256 * 1024));
  assert.equal(recognised.kind, "recognised");
  return recognised.kind === "recognised" ? recognised.source : ({} as Source);
}

/** However the file is cut, its rows are the same. */
async function read(file: Uint8Array): Promise<FileRow[]> {
  const source = sourceOf(file);
  const readings = [];
  for (const size of [1_000_000, 7, 64, 1]) {
    const rows: FileRow[] = [];
    for await (const some of rowsOf(source, pieces(file, size))) rows.push(...some);
    readings.push(rows.map((row) => ({ ...row, bytes: 0 })));
  }
  for (const other of readings.slice(1)) assert.deepEqual(other, readings[0]);
  return readings[0] ?? [];
}

const values = (rows: FileRow[]) => rows.map((row) => (row.kind === "row" ? row.values : row.why));

/** By the platform's own table, turned round. */
function inWindows1251(text: string): Buffer {
  const table = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Buffer.from([...text].map((letter) => table.indexOf(letter)));
}

const table = "Логин;Имя;E-mail\r\nanna;Анна Петрова;anna@romashka.example\r\nyakov;Яков Щукин;\r\n";
const people = [
  { Логин: "anna", Имя: "Анна Петрова", "E-mail": "anna@romashka.example" },
  { Логин: "yakov", Имя: "Яков Щукин", "E-mail": "" },
];

test("M30: a table is read in UTF-8 with and without its mark, in Windows-1251, in UTF-16", async () => {
  const utf16 = Buffer.from(`\ufeff${table}`, "utf16le");
  const otherOrder = Buffer.from(utf16).swap16();
  for (const file of [
    Buffer.from(table),
    Buffer.from(`\ufeff${table}`),
    inWindows1251(table),
    utf16,
    otherOrder,
  ]) {
    assert.deepEqual(values(await read(file)), people);
  }
});

test("M30: semicolon, comma, tab and Excel's own sep= are told apart", async () => {
  for (const delimiter of [";", ",", "\t"]) {
    assert.deepEqual(values(await read(Buffer.from(table.replaceAll(";", delimiter)))), people);
  }
  assert.deepEqual(values(await read(Buffer.from(`sep=,\n${table.replaceAll(";", ",")}`))), people);
});

test("M30: a file in two encodings is read line by line", async () => {
  const file = Buffer.concat([Buffer.from(table), inWindows1251("ёлка;Ёлкина Яна;\r\n")]);
  assert.deepEqual(values(await read(file))[2], { Логин: "ёлка", Имя: "Ёлкина Яна", "E-mail": "" });
});

test("M30: a broken row costs itself and nothing behind it", async () => {
  const file = [
    "login;name;note",
    'a;"Анна ""Аня"" П.";"на двух\nстроках"',
    'b;"Борис;не закрыто',
    'c;5" диск;да',
    "d;Денис",
    "e;Ева;x;y",
    "f",
    "",
    'g;"Глеб" Г;z',
  ].join("\n");
  assert.deepEqual(values(await read(Buffer.from(file))), [
    { login: "a", name: 'Анна "Аня" П.', note: "на двух\nстроках" },
    "open-quote",
    { login: "c", name: '5" диск', note: "да" },
    { login: "d", name: "Денис", note: "" },
    "columns",
    "columns",
    { login: "g", name: '"Глеб" Г', note: "z" },
  ]);
});

test("M30: a line without an end is no reason to hold it all in memory", async () => {
  const file = Buffer.concat([
    Buffer.from("login;name\na;"),
    Buffer.alloc(3_000_000, "x"),
    Buffer.from("\nb;Борис\n"),
  ]);
  const source = sourceOf(file);
  const rows: FileRow[] = [];
  for await (const some of rowsOf(source, pieces(file, 100_000))) rows.push(...some);
  assert.deepEqual(values(rows), ["too-long", { login: "b", name: "Борис" }]);
});

test("M30: JSON Lines", async () => {
  const file = '{"login":"a","n":1,"ok":true,"x":null}\nнет\n[1]\n{"login":"b"}\n';
  assert.deepEqual(values(await read(Buffer.from(file))), [
    { login: "a", n: "1", ok: "true" },
    "no-json",
    "no-json",
    { login: "b" },
  ]);
});

const dump = `-- MySQL dump; it's 10.13
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS \`b_file\`;
INSERT INTO \`b_file\` VALUES (1,'a\\');INSERT INTO b_user VALUES (\\'x'),(2,"q;""");
CREATE TABLE \`b_user\` (
  \`ID\` int(18) NOT NULL AUTO_INCREMENT COMMENT 'it''s; a number',
  \`LOGIN\` varchar(50) NOT NULL,
  \`PASSWORD\` varchar(255) DEFAULT NULL,
  \`NAME\` varchar(50),
  PRIMARY KEY (\`ID\`),
  KEY \`ix\` (\`LOGIN\`)
) ENGINE=InnoDB;
LOCK TABLES \`b_user\` WRITE;
INSERT INTO \`b_user\` VALUES (1,'admin','5d78','O\\'Hara \\\\ ''x'''),(2,'ivan',NULL,'Иван
(второй); конец'),
(3,'hex',0x61622F,_binary 'Я');
UNLOCK TABLES;
insert ignore into b_user (LOGIN, \`ID\`) values ('named', 7), ('short');
INSERT INTO \`b_user_phone_auth\` (\`USER_ID\`,\`PHONE_NUMBER\`,\`CONFIRMED\`) VALUES (1,'+79161234567','Y');
`;

test("M30: a Bitrix dump: escapes, line ends, columns named or not; other tables passed", async () => {
  const rows = await read(Buffer.from(dump));
  assert.deepEqual(values(rows), [
    { ID: "1", LOGIN: "admin", PASSWORD: "5d78", NAME: "O'Hara \\ 'x'" },
    { ID: "2", LOGIN: "ivan", PASSWORD: "", NAME: "Иван\n(второй); конец" },
    { ID: "3", LOGIN: "hex", PASSWORD: "ab/", NAME: "Я" },
    { LOGIN: "named", ID: "7" },
    "columns",
    { USER_ID: "1", PHONE_NUMBER: "+79161234567", CONFIRMED: "Y" },
  ]);
  assert.equal(rows.at(-1)?.kind === "row" && "table" in (rows.at(-1) ?? {}), true);
});

test("M30: a dump of a portal in Windows-1251", async () => {
  const names = values(await read(inWindows1251(dump))).map((row) => typeof row === "object" && row.NAME);
  assert.deepEqual(names.slice(1, 3), ["Иван\n(второй); конец", "Я"]);
});

test("M30: what is no table is called by its name", () => {
  const files = {
    workbook: Buffer.from("PK\x03\x04rest", "latin1"),
    archive: Buffer.from([0x1f, 0x8b, 8, 0]),
    "utf-16": Buffer.from("login;name\r\nanna;Anna\r\n", "utf16le"),
    "web-page": Buffer.from("<html><table><tr><td>ФИО"),
    empty: Buffer.alloc(0),
  };
  for (const [kind, file] of Object.entries(files)) assert.equal(recognise(file).kind, kind);
  // A wish that the mark contradicts, or that nothing bears out.
  const marked = Buffer.from(`\ufeff${table}`, "utf16le");
  assert.equal(recognise(marked, { encoding: "windows-1251" }).kind, "encoding");
  assert.equal(recognise(Buffer.from(table), { encoding: "utf-16" }).kind, "encoding");
  assert.equal(recognise(marked, { encoding: "utf-16" }).kind, "recognised");
});

test("M30: headings of both languages, of the Bitrix dialect and of Bitrix24's export are understood", () => {
  assert.deepEqual(guessColumns(["Логин", "Имя", "Фамилия", "E-Mail", "Мобильный телефон", "Должность"]), {
    Логин: "login",
    Имя: "first-name",
    Фамилия: "last-name",
    "E-Mail": "email",
    "Мобильный телефон": "phone",
    Должность: "position",
  });
  assert.deepEqual(
    guessColumns([
      "NAME",
      "LAST_NAME",
      "LOGIN",
      "PASSWORD",
      "EMAIL",
      "EXTERNAL_AUTH_ID",
      "IBLOCK_SECTION_NAME_1",
    ]),
    {
      NAME: "first-name",
      LAST_NAME: "last-name",
      LOGIN: "login",
      PASSWORD: "password",
      EMAIL: "email",
      EXTERNAL_AUTH_ID: "external-type",
      IBLOCK_SECTION_NAME_1: "department",
    },
  );
  assert.deepEqual(guessColumns(["ФИО", "Имя", "Почта", "Отдел"]), {
    ФИО: "full-name",
    Почта: "email",
    Отдел: "department",
  });
});
