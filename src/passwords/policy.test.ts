import assert from "node:assert/strict";
import { test } from "node:test";
import { presets } from "../policies/policies.ts";
import { isListed } from "./blocklist.ts";
import { isPattern } from "./patterns.ts";
import { judgePassword, type PasswordRules } from "./policy.ts";

const { basic, standard, high } = presets;
const own = ["Анна Петрова", "anna.petrova", "Ромашка", "id.romashka.ru"];

function kindsOf(passwords: string, policy: PasswordRules = standard): string[] {
  return passwords
    .trim()
    .split(/\s*\n\s*/)
    .map((password) => `${password}: ${judgePassword(policy, password, own).kind}`);
}

function everyOneIs(kind: string, passwords: string, policy: PasswordRules = standard): void {
  const all = kindsOf(passwords, policy);
  assert.deepEqual(
    all.filter((line) => !line.endsWith(`: ${kind}`)),
    [],
  );
}

test("length is counted in code points: 8, 12 and 15 by preset, 256 at most", () => {
  assert.deepEqual(judgePassword(standard, "Kd7-wrMz#qp", []), { kind: "too-short", minimum: 12 });
  assert.deepEqual(judgePassword(standard, "Kd7-wrMz#qpL", []), { kind: "fine" });
  assert.deepEqual(judgePassword(high, "Kd7-wrMz#qpLvT", []), { kind: "too-short", minimum: 15 });
  assert.deepEqual(judgePassword(high, "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🐣", []), { kind: "fine" });
  assert.deepEqual(judgePassword(high, "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤", []), {
    kind: "too-short",
    minimum: 15,
  });
  assert.deepEqual(judgePassword(basic, "Kd7-wrMz", []), { kind: "fine" });
  assert.deepEqual(judgePassword(basic, "", []), { kind: "too-short", minimum: 8 });
  assert.deepEqual(judgePassword(standard, "ж9".repeat(129), []), { kind: "too-long", maximum: 256 });
  assert.deepEqual(judgePassword(standard, "Kd7-wrMz\0#qpL", []), { kind: "unusable-character" });
});

test("long phrases pass without capitals, digits or marks, with spaces, in any language", () => {
  everyOneIs(
    "fine",
    `зелёный слон летит
    новая-тетрадь-дома
    velosipedureki55
    Quiet-River-42-Lamp
    annoyed-giraffe-9
    giraffe-837261-kd
    Анна любит дождь 7
    fjeivnaowpqm
    837261940571
    Xk7#pQz!vB2m`,
  );
});

test("a password that leaked with length for the policy is common", () => {
  everyOneIs(
    "common",
    `4815162342lost
    iseedeadpeople
    vfvfvskfhfve
    counterstrike
    Administrator
    passwordpassword`,
  );
});

test("a common word stays common behind a year, marks, signs for letters, repetition", () => {
  everyOneIs(
    "common",
    `Password2026!
    P@ssw0rd2026!
    пароль123456
    Пар0ль-2026!
    солнышко2024
    Настя12.05.1988
    $ecret202020!
    hell0hell0hell0
    Пятница2026!!
    любовьмоя2026
    solnyshko2026
    2026-password!`,
  );
});

test("a Russian word typed in the Latin layout is as common as the word, and the other way round", () => {
  everyOneIs(
    "common",
    `gfhjkm123456
    Ghbdtn123456
    gfhjkmgfhjkm
    k.,jdm202020
    зфыыцщкв2026`,
  );
});

test("keyboard walks, sequences and repeats are common in both layouts", () => {
  everyOneIs(
    "common",
    `111111111111
    qwertyuiop12
    йцукенгшщзхъ
    фывапролджэ1
    abcdefghijkl
    абвгдежзийкл
    1qaz2wsx3edc
    1q2w3e4r5t6y
    112233445566
    123456123456
    987654321098
    abcabcabcabc
    !QAZ2wsx#EDC
    qwertyqwerty`,
  );
});

test("with the shortest policy the short common ones are refused", () => {
  everyOneIs(
    "common",
    `password
    12345678
    qwerty123
    iloveyou
    sunshine1
    йцукенгш
    солнышко
    Love2026`,
    basic,
  );
});

test("the person's own names and the company are refused, decorated, joined, in the other layout", () => {
  everyOneIs(
    "own-word",
    `annapetrova1
    petrova_anna
    Петрова2026!
    Fyyfgtnhjdf1!
    @nn@petr0v@1
    Anna12345678
    Ромашка-2026!
    hjvfirf202020
    romashka2026!`,
  );
  assert.deepEqual(judgePassword(standard, "Петрова2026!", own), { kind: "own-word", word: "Петрова" });
});

test("an own word inside a longer password of one's own is no reason to refuse it", () => {
  everyOneIs(
    "fine",
    `Анна сажает тюльпан
    petrova-Kd7wrMz#q
    annotated-tulip-kd`,
  );
  assert.deepEqual(judgePassword(standard, "Kd7-Ann-wrMz#", ["Ann", "я", ""]), { kind: "fine" });
});

test("leaked passwords are found whatever their letter case, and nothing else is", () => {
  const samples = [
    "123qweasdzxc",
    "mailcreated5240",
    "qazwsxedcrfv",
    "motherfucker",
    "ghjcnjgfhjkm",
    "Philadelphia",
  ];
  assert.deepEqual(
    samples.filter((sample) => !isListed(sample)),
    [],
  );
  assert.equal(isListed("fjeivnaowpqm"), false);
});

test("ordinary words are no patterns", () => {
  for (const word of ["assessed", "mississippi river", "полоса препятствий", "were deeds", "река", ""]) {
    assert.equal(isPattern(word), false, word);
  }
});
