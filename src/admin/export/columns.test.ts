import assert from "node:assert/strict";
import { test } from "node:test";
import { guessColumns } from "../../imports/columns.ts";
import { words } from "./words.ts";

test("M30: an import understands the columns of an export in either language, and no others", () => {
  const meant = {
    login: "login",
    full_name: "full-name",
    email: "email",
    phone: "phone",
    position: "position",
    department: "department",
    role: "role",
    active: "active",
    blocked: "blocked",
    language: "language",
    time_zone: "time-zone",
    external_id: "external-id",
  };
  for (const { columns } of [words.ru, words.en]) {
    const named = Object.fromEntries(Object.entries(columns).map(([name, word]) => [word, name]));
    const guessed = Object.entries(guessColumns(Object.values(columns)));
    assert.deepEqual(Object.fromEntries(guessed.map(([word, meaning]) => [named[word], meaning])), meant);
  }
  assert.deepEqual(guessColumns(Object.keys(words.ru.columns)), meant, "the names of JSON Lines");
});
