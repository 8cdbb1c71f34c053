import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMailAddress } from "./address.ts";

test("plain addresses are read, with the domain in lower-case ASCII", () => {
  const plain: [string, string][] = [
    ["anna@romashka.ru", "anna@romashka.ru"],
    ["Anna.Petrova+portal@Romashka.RU", "Anna.Petrova+portal@romashka.ru"],
    ["o'neil=x@mail.example.com", "o'neil=x@mail.example.com"],
    ["admin@localhost", "admin@localhost"],
    ["anna@почта.рф", "anna@xn--80a1acny.xn--p1ai"],
    ["anna@пример-1.com", "anna@xn---1-mlcluqhd.com"],
  ];
  for (const [typed, address] of plain)
    assert.deepEqual(parseMailAddress(typed), { kind: "address", address }, typed);
});

test("what could name more than one mailbox, or none, is refused", () => {
  const refused = [
    "",
    "anna",
    "@romashka.ru",
    "anna@",
    "anna@romashka",
    "anna@@romashka.ru",
    "anna@romashka.ru@evil.example",
    "anna@romashka.ru,eve@evil.example",
    "anna@romashka.ru;eve@evil.example",
    "anna@romashka.ru eve@evil.example",
    " anna@romashka.ru",
    "anna@romashka.ru\r\nBcc: eve@evil.example",
    "anna@romashka.ru\u0000",
    "an\u200bna@romashka.ru",
    "anna@romash\u00adka.ru",
    "anna\u202e@romashka.ru",
    '"anna"@romashka.ru',
    '"a@evil.example, b"@romashka.ru',
    "Anna <anna@romashka.ru>",
    "<anna@romashka.ru>",
    "anna(comment)@romashka.ru",
    "team: anna@romashka.ru;",
    "anna@[127.0.0.1]",
    "anna@127.0.0.1",
    "anna@1.2.3.4",
    ".anna@romashka.ru",
    "anna.@romashka.ru",
    "an..na@romashka.ru",
    "anna@.romashka.ru",
    "anna@romashka..ru",
    "anna@romashka.ru.",
    "anna@-romashka.ru",
    "anna@romashka_ka.ru",
    "анна@romashka.ru",
    "anna@romashka。ru",
    "anna%evil.example@",
    `${"a".repeat(65)}@romashka.ru`,
    `a@${"b".repeat(64)}.ru`,
    `a@${"b.".repeat(130)}ru`,
    "a".repeat(1_000_000),
  ];
  for (const typed of refused)
    assert.deepEqual(parseMailAddress(typed), { kind: "refused" }, typed.slice(0, 60));
});
