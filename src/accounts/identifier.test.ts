import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlainName, judgePerson } from "./accounts.ts";
import { readIdentifier } from "./identifier.ts";

async function keyOf(typed: string): Promise<string> {
  const read = await readIdentifier(typed);
  return read.kind === "understood" ? `${read.identifier.kind}:${read.identifier.key}` : read.kind;
}

test("M2: every usual way of writing a Russian number is one number", async () => {
  const spellings = [
    "+79161234567",
    "+7 916 123-45-67",
    "8 916 123 45 67",
    "8(916)123-45-67",
    "89161234567",
    "7 916 1234567",
    "79161234567",
    "9161234567",
    "916.123.45.67",
    "+8 916 123-45-67",
    "８９１６１２３４５６７",
    "  +7\u00a0916\u00a0123‑45‑67 ",
    "+7 (916) 123 – 45 – 67",
  ];
  for (const spelling of spellings) assert.equal(await keyOf(spelling), "phone:+79161234567", spelling);
});

test("M2: a number of another country keeps it; one with a digit missing is not guessed", async () => {
  assert.equal(await keyOf("+375 29 123-45-67"), "phone:+375291234567");
  assert.equal(await keyOf("+49 151 23456789"), "phone:+4915123456789");
  assert.equal(await keyOf("8 916 123-45-6"), "digit-missing");
});

test("M2: a number that cannot take a code is told for what it is; digits alone may be a login", async () => {
  assert.equal(await keyOf("8 495 123-45-67"), "fixed-line");
  assert.equal(await keyOf("8 800 555-35-35"), "special-number");
  assert.equal(await keyOf("+7 916 123-45-678"), "no-such-number");
  assert.equal(await keyOf("20260000417"), "login:20260000417");
});

test("M2: mailboxes and logins are found in any case; «ё» is «е»", async () => {
  assert.equal(await keyOf(" Anna@Romashka.EXAMPLE "), "email:anna@romashka.example");
  assert.equal(await keyOf("anna@РОМАШКА.example"), await keyOf("anna@xn--80aa3agjl3d.example"));
  assert.equal(await keyOf("Берёзкина"), "login:березкина");
  assert.equal(await keyOf("Берёзкина".normalize("NFD")), "login:березкина");
  assert.equal(await keyOf("12345"), "login:12345");
});

test("IO3: an address with anything beside the address is none", async () => {
  for (const typed of [
    "anna@",
    "@romashka.example",
    "anna@romashka",
    "Анна <anna@romashka.example>",
    "anna@romashka.example, evil@evil.example",
    "anna@romashka.example;evil@evil.example",
    '"anna"@romashka.example',
    "anna(comment)@romashka.example",
    "anna@evil.example@romashka.example",
    "anna@[127.0.0.1]",
    "анна@romashka.example",
    "anna @romashka.example",
  ]) {
    assert.equal(await keyOf(typed), "email-incomplete", typed);
  }
  for (const typed of ["anna\u0000", "an\u200bna", "a\u202enna", "anna\r\nBcc: x", "a".repeat(400)]) {
    assert.equal(await keyOf(typed), "unusable", JSON.stringify(typed));
  }
  for (const typed of ["", "  ", "\u200b", "\ufeff \t"]) assert.equal(await keyOf(typed), "empty");
});

const fine = {
  login: "anna",
  name: "Анна",
  email: "anna@romashka.example",
  phone: undefined,
  role: "person",
  language: null,
  contactsProven: true,
} as const;

test("CH1: a name is up to 60 characters of plain text, without links and direction marks", () => {
  for (const name of ["Анна", "Anna-Maria d'Árcy", "李小龍", "Анна (бухгалтерия)"])
    assert.ok(isPlainName(name), name);
  for (const name of [
    "",
    "   ",
    "я".repeat(61),
    "http://evil.example",
    "Открой www.evil.example",
    "Анна\nBcc: x",
    "Анна\u202e",
    "Ан\u2028на",
    "\u0000",
  ]) {
    assert.ok(!isPlainName(name), JSON.stringify(name));
  }
});

test("PC4: a login that reads as a contact is that contact: no spelling names two people", async () => {
  const byMail = await judgePerson({ ...fine, login: "Anna@romashka.example" });
  assert.equal(byMail.kind, "fine");
  if (byMail.kind === "fine")
    assert.deepEqual(
      byMail.draft.identifiers.map(({ kind }) => kind),
      ["email"],
    );
  const byPhone = await judgePerson({ ...fine, login: "89161234567" });
  assert.equal(byPhone.kind, "fine");
  if (byPhone.kind === "fine") {
    assert.deepEqual(
      byPhone.draft.identifiers.map(({ key }) => key),
      ["+79161234567", "anna@romashka.example"],
    );
  }
  for (const login of ["", " ", "a b", "<b>", "anna\u0000", "-x", "a".repeat(101)]) {
    assert.deepEqual(
      await judgePerson({ ...fine, login }),
      { kind: "refused", field: "login" },
      JSON.stringify(login),
    );
  }
});
