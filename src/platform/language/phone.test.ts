import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikePhone, readPhone, showPhone } from "./phone.ts";

async function read(typed: string): Promise<string> {
  const phone = await readPhone(typed);
  return phone.kind === "number" ? phone.e164 : phone.kind;
}

async function agree(expected: string, spellings: readonly string[]): Promise<void> {
  for (const typed of spellings) {
    assert.ok(looksLikePhone(typed), typed);
    assert.equal(await read(typed), expected, typed);
  }
}

test("M2: eight, plus eight, seven or nothing before the code of the operator is the same number", () =>
  agree("+79161234567", [
    "8 (916) 123-45-67",
    "+8 916 123 45 67",
    "+8(916)1234567",
    "9161234567",
    "916 123 45 67",
    "79161234567",
    "7 (916) 123-45-67",
    "+7 916 123-45-67",
    "+7(916)1234567",
  ]));

test("M2: full-width digits, dashes of every kind and no-break spaces are read", () =>
  agree("+79161234567", [
    "８９１６１２３４５６７",
    "＋７ ９１６ １２３－４５－６７",
    "+7\u00a0916\u202f123\u201145\u201367",
    "+7 916 123—45—67",
    "+7 916 123−45−67",
    "8.916.123.45.67",
  ]));

test("M2: a number that was copied with its label is read", () =>
  agree("+79161234567", [
    "тел.: +7 916 123-45-67",
    "Тел. 8 916 123-45-67",
    "телефон: 89161234567",
    "моб. 9161234567",
    "tel:+79161234567",
    "Phone: +7 916 123 45 67",
  ]));

test("M2: Kazakhstan has the same code, and dialling out of Russia leads abroad", async () => {
  await agree("+77011234567", ["8 701 123-45-67", "+7 701 123 45 67", "701 123 45 67"]);
  await agree("+375291234567", ["810 375 29 123-45-67", "8~10 375 29 123 45 67", "+375 29 123-45-67"]);
  await agree("+12025550123", ["8 10 1 202 555 0123", "+1 (202) 555-0123"]);
});

test("M2: a number that is one digit short is never completed", () =>
  agree("digit-missing", [
    "8 916 123-45-6",
    "8916123456",
    "8 891 612 34 5",
    "7 916 123 45 6",
    "+7 916 123-45-6",
  ]));

test("a fixed line, and a number that costs extra or rings no person, is told apart", async () => {
  await agree("fixed-line", ["8 495 123-45-67", "+7 (812) 123-45-67", "+39 06 1234 5678"]);
  const special = ["8 800 555-35-35", "8 809 123-45-67", "8 803 123-45-67", "+1 900 234 5678"];
  await agree("special", [...special, "+44 70 1234 5678", "+33 8 99 12 34 56", "+44 845 123 4567"]);
});

test("what no operator has given to anybody is no number", () =>
  agree("not-a-number", ["+7 916 123-45-678", "+7 000 123-45-67", "+999 12 345 67 89", "1234567"]));

test("logins with digits in them are no numbers", () => {
  for (const typed of ["anna1234567", "123456", "tel9161234567", "", "+", "7-7", "12345678а"]) {
    assert.ok(!looksLikePhone(typed), typed);
  }
});

test("a number is shown in the groups that people say it in, and never breaks over two lines", () => {
  assert.equal(showPhone("+79161234567"), "+7\u00a0916\u00a0123-45-67");
  assert.equal(showPhone("+375291234567"), "+375291234567");
});
