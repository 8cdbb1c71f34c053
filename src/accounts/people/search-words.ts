import { otherLayout } from "../../platform/language/keyboard-layout.ts";

/** Each word has to be found in one of its readings. */
export type SearchWords = readonly (readonly string[])[];

/** The words of the longest name, and a contact beside it. */
const MOST_WORDS = 6;
const LONGEST = 100;
const TRIGRAM = 3;

/**
 * What was typed into the search, as it may stand in `people_words`: any part of a name, login, e-mail or
 * phone, in either keyboard layout, without case, «ё» as «е», and 8 for +7. One or two letters are the
 * beginning of a word. No words: nothing was typed.
 */
export function searchWords(typed: string): SearchWords {
  const text = plain(typed.slice(0, LONGEST)).trim();
  if (text === "") return [];
  if (looksLikeNumber(text)) return [readingsOfNumber(text)];
  return text
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) || /[\p{L}\p{N}]/u.test(otherLayout(word)))
    .slice(0, MOST_WORDS)
    .map((word) =>
      looksLikeNumber(word) ? readingsOfNumber(word) : readings([word, plain(otherLayout(word))]),
    );
}

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
}

/** Part of a number with the usual separators. */
function looksLikeNumber(text: string): boolean {
  return /^\+?[\d\s().\-‐-―]+$/u.test(text) && text.replace(/\D/g, "").length >= TRIGRAM;
}

/** «8 916» stands in the database as +7916…; a login may hold the digits as they were typed. */
function readingsOfNumber(text: string): string[] {
  const digits = text.replace(/\D/g, "");
  const asStored = digits.startsWith("8") ? [`+7${digits.slice(1)}`] : [];
  return readings([digits, ...asStored, ...(/\s/u.test(text) ? [] : [text])]);
}

/** Each reading once; a short one from the beginning of its word, which the two spaces before it are. */
function readings(texts: readonly string[]): string[] {
  return [...new Set(texts)].map((text) => (text.length < TRIGRAM ? `  ${text}` : text));
}
