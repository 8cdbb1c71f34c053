import assert from "node:assert/strict";
import { test } from "node:test";
import { otherLayout } from "./keyboard-layout.ts";

test("a Russian word typed in the Latin layout reads as the Russian word, and the other way round", () => {
  assert.equal(otherLayout("gfhjkm"), "пароль");
  assert.equal(otherLayout("пароль"), "gfhjkm");
  assert.equal(otherLayout("Ghbdtn, vbh"), "Приветб мир");
  assert.equal(otherLayout("йцукенгшщзхъ"), "qwertyuiop[]");
});

test("an e-mail address typed in the Russian layout comes back whole", () => {
  assert.equal(otherLayout('шмфт.зуекщм"ьфшдюкг'), "ivan/petrov@mail.ru");
  assert.equal(otherLayout('шмфтюзуекщм"ьфшдюкг'), "ivan.petrov@mail.ru");
});

test("every key of the table goes there and back", () => {
  for (const latin of [
    "`qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?',
    "q@#$^&|",
  ]) {
    assert.equal(otherLayout(otherLayout(latin)), latin);
  }
});

test("digits and characters of no layout stay as they are", () => {
  assert.equal(otherLayout("2026 😀 10%"), "2026 😀 10%");
  assert.equal(otherLayout(""), "");
});
