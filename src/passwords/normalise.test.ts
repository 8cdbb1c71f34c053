import assert from "node:assert/strict";
import { test } from "node:test";
import { normalisePassword } from "./normalise.ts";

test("both spellings of an accented letter become the same password", () => {
  const composed = normalisePassword("caf\u00e9 и \u0439од");
  const decomposed = normalisePassword("cafe\u0301 и \u0438\u0306од");
  assert.deepEqual(decomposed, composed);
  assert.equal(composed.kind === "password" && composed.characters, 10);
});

test("case and spaces are kept", () => {
  assert.deepEqual(normalisePassword(" Aa  b "), { kind: "password", password: " Aa  b ", characters: 7 });
});

test("characters are counted as code points", () => {
  const emoji = normalisePassword("😀".repeat(15));
  assert.equal(emoji.kind === "password" && emoji.characters, 15);
});

test("256 characters are accepted whole, 257 are refused and not cut", () => {
  const longest = "😀".repeat(256);
  const accepted = normalisePassword(longest);
  assert.equal(accepted.kind === "password" && accepted.password, longest);
  assert.deepEqual(normalisePassword(`${longest}x`), { kind: "too-long", maximum: 256 });
  assert.deepEqual(normalisePassword("x".repeat(60_000)), { kind: "too-long", maximum: 256 });
});

test("NUL and a lone half of a surrogate pair are refused", () => {
  assert.deepEqual(normalisePassword("before\0after"), { kind: "unusable-character" });
  assert.deepEqual(normalisePassword("half \ud83d of a pair"), { kind: "unusable-character" });
});
