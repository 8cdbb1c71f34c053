/**
 * Is the password what a guesser tries first? Not only the listed word itself but also its usual disguises:
 * "P@ssw0rd2026!", «Пароль123456», "gfhjkmgfhjkm", "annapetrova88".
 */
import { otherLayout } from "../platform/language/keyboard-layout.ts";
import { isListed } from "./blocklist.ts";
import { isPattern, unitOf } from "./patterns.ts";

/**
 * Signs around a word that add nothing a guesser would not try: a year and a mark, a short number, a date.
 */
const TRIVIAL_DIGITS = 6;
const TRIVIAL_MARKS = 3;
const DATE =
  /^\D{0,2}(?:\d{2}[.\-/]?\d{2}[.\-/]?(?:19|20)\d{2}|(?:19|20)\d{2}[.\-/]?\d{2}[.\-/]?\d{2})\D{0,2}$/;

/** Nothing on the list is longer, nor is twice a listed word that people would type. */
const LONGEST_KNOWN = 80;

/** Signs that stand for letters; the first reading of each is the usual one. */
const LATIN_SIGNS: Record<string, string> = {
  "@": "a",
  4: "a",
  3: "e",
  6: "g",
  1: "il",
  "!": "il",
  "|": "li",
  0: "o",
  $: "s",
  5: "s",
  7: "t",
};
const CYRILLIC_SIGNS: Record<string, string> = {
  "@": "а",
  4: "ч",
  3: "з",
  6: "б",
  1: "и",
  0: "о",
  $: "с",
  9: "я",
};

/** True for a listed password or keyboard pattern, also decorated, repeated, or typed in the other layout. */
export function isCommon(password: string): boolean {
  return readings(password).some(
    (text) => isPattern(text) || isKnown(text) || cores(text).some((core) => isKnown(core)),
  );
}

/**
 * The word of `ownWords` (names, login, mailbox, company, host) that the password essentially is: all its
 * letters come from such words, and what is left is trivial. Undefined when the password holds anything of
 * its own.
 */
export function ownWordIn(password: string, ownWords: readonly string[]): string | undefined {
  const words = new Map<string, string>();
  for (const whole of ownWords) {
    const parts = whole.normalize("NFC").split(/[^\p{L}\p{N}]+/u);
    for (const part of [...parts, parts.join("")])
      if ([...part].length >= 3) words.set(part.toLowerCase(), part);
  }
  for (const text of words.size > 0 ? readings(password) : []) {
    const found = coverWithWords(text, [...words.keys()]);
    if (found && isTrivial(found.rest)) return words.get(found.word);
  }
  return undefined;
}

/** As typed and as the same keys in the other layout, in lower case. */
function readings(password: string): string[] {
  return [password.toLowerCase(), otherLayout(password).toLowerCase()];
}

function isKnown(text: string): boolean {
  if (text.length > LONGEST_KNOWN) return false;
  const characters = [...text];
  const unit = characters.slice(0, unitOf(characters)).join("");
  return [...new Set([text, unit])].some((word) => withoutSigns(word).some((spelling) => isListed(spelling)));
}

/** `text` itself and with its signs read as letters: "p@ssw0rd" is "password", "1" is an i or an l. */
function withoutSigns(text: string): string[] {
  const signs = signsOf(text);
  const read = (choice: number) =>
    [...text].map((character) => signs[character]?.[choice] ?? signs[character]?.[0] ?? character).join("");
  return [...new Set([text, read(0), read(1)])];
}

function signsOf(text: string): Record<string, string> {
  return /[а-яё]/.test(text) ? CYRILLIC_SIGNS : LATIN_SIGNS;
}

/**
 * What stands between trivial signs: "2026-password!" gives "password". A sign beside a letter may belong
 * to the word ("$ecret", "hell0"), so the core is also tried with one more sign before it and up to two
 * behind.
 */
function cores(text: string): string[] {
  const first = text.search(/\p{L}/u);
  if (first < 0) return [];
  const end = text.length - (/[^\p{L}]*$/u.exec(text)?.[0].length ?? 0);
  const found = new Set<string>();
  for (let before = Math.max(0, first - 1); before <= first; before += 1) {
    for (let after = end; after <= Math.min(text.length, end + 2); after += 1) {
      const core = text.slice(before, after);
      if (isTrivial(text.slice(0, before) + text.slice(after))) {
        found.add(core);
        found.add(otherLayout(core).toLowerCase());
      }
    }
  }
  return [...found];
}

function isTrivial(rest: string): boolean {
  const digits = rest.replace(/\P{N}/gu, "").length;
  const few = digits <= TRIVIAL_DIGITS && rest.length - digits <= TRIVIAL_MARKS;
  return few || DATE.test(rest) || isPattern(rest);
}

/**
 * Lays words over all letters of `text`; `rest` is what no word covers. Undefined when a letter stays bare.
 */
function coverWithWords(text: string, words: readonly string[]): { word: string; rest: string } | undefined {
  const best: ({ word: string | undefined; rest: string } | undefined)[] = [{ word: undefined, rest: "" }];
  for (let at = 0; at < text.length; at += 1) {
    const here = best[at];
    if (!here) continue;
    const sign = text[at] ?? "";
    if (!/\p{L}/u.test(sign)) keepBetter(best, at + 1, { word: here.word, rest: here.rest + sign });
    for (const word of words) {
      if (readsAs(text, at, word))
        keepBetter(best, at + word.length, { word: here.word ?? word, rest: here.rest });
    }
  }
  const whole = best[text.length];
  return whole?.word === undefined ? undefined : { word: whole.word, rest: whole.rest };
}

function keepBetter<T extends { rest: string }>(best: (T | undefined)[], at: number, offered: T): void {
  const known = best[at];
  if (!known || offered.rest.length < known.rest.length) best[at] = offered;
}

function readsAs(text: string, at: number, word: string): boolean {
  if (at + word.length > text.length) return false;
  const signs = signsOf(word);
  for (let index = 0; index < word.length; index += 1) {
    const typed = text[at + index] ?? "";
    if (typed !== word[index] && !signs[typed]?.includes(word[index] ?? "")) return false;
  }
  return true;
}
