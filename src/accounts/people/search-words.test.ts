import assert from "node:assert/strict";
import { test } from "node:test";
import { searchWords } from "./search-words.ts";

test("M30: a word is looked for as typed and as the same keys give in the other layout", () => {
  assert.deepEqual(searchWords("Анна"), [["анна", "fyyf"]]);
  assert.deepEqual(searchWords("fyyf"), [["fyyf", "анна"]]);
  assert.deepEqual(searchWords("АЛЁНА  Петрова"), [
    ["алена", "fktyf"],
    ["петрова", "gtnhjdf"],
  ]);
});

test("M30: part of a number is found in any spelling; 8 may stand for +7", () => {
  assert.deepEqual(searchWords("8 (916) 123"), [["8916123", "+7916123"]]);
  assert.deepEqual(searchWords("+7 916 123-45-67"), [["79161234567"]]);
  assert.deepEqual(searchWords("123-45"), [["12345", "123-45"]]);
});

test("M30: one or two letters are the beginning of a word", () => {
  assert.deepEqual(searchWords("Ли"), [["  ли", "  kb"]]);
});

test("IO5: nothing but signs finds nothing to look for, and an endless text is cut", () => {
  for (const typed of ["", "   ", "%", "_ *", "«»"]) assert.deepEqual(searchWords(typed), [], typed);
  assert.equal(searchWords("а б в г д е ж з и").length, 6);
  assert.ok((searchWords("я".repeat(5_000))[0]?.[0]?.length ?? 0) <= 100);
});
