/** What a letter says, apart from how it looks. Features fill it in; nothing of it is trusted as markup. */
import type { Language } from "../platform/language/language.ts";
import { letterBody, letterDocument } from "./letter-html.ts";
import { letterText } from "./letter-text.ts";

export interface Letter {
  readonly language: Language;
  /** The action and a distinguishing time or number, so that two letters never fold into one thread. */
  readonly subject: string;
  /** The line that mailboxes show beside the subject. */
  readonly preheader: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  /** How far the flow has come, of twelve ticks; the same mark stands on the pages. */
  readonly strip?: { readonly filled: number; readonly brokenAt?: number } | undefined;
  readonly button?: LetterLink | undefined;
  readonly code?: { readonly label: string; readonly value: string; readonly note: string } | undefined;
  /** When, where, on which device. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[] | undefined;
  /** What to do if it was not you, and other small print. */
  readonly closing?: readonly string[] | undefined;
  /** The full address for the end of the letter, with the sentence before it. */
  readonly link?: LetterLink | undefined;
  /** The number that page and letter both show; also a header, so that the help desk finds the letter. */
  readonly requestNumber?: number | undefined;
  /** Letters that belong together: mailboxes show them as one thread, and answers go to `replyTo`. */
  readonly thread?: { readonly root: string; readonly replyTo: string | undefined } | undefined;
}

export interface LetterLink {
  readonly label: string;
  readonly url: string;
}

/** Whose letter it is. */
export interface LetterBrand {
  /** The portal's name, in the letter's head. */
  readonly name: string;
  /** Of its accent; null: petrol. */
  readonly hue?: number | null;
}

export interface RenderedLetter {
  readonly subject: string;
  readonly html: string;
  /** The same letter without the document around it. */
  readonly body: string;
  readonly text: string;
}

/**
 * Draws the letter as HTML and as plain text. Every string is cleaned of control, bidirectional and invisible
 * characters first and escaped in HTML; a link that is not http(s) throws, because no feature makes one.
 */
export function renderLetter(letter: Letter, brand: LetterBrand): RenderedLetter {
  const clean = cleaned(letter);
  const cleanBrand = { ...brand, name: plainLine(brand.name) };
  for (const link of [clean.button, clean.link]) {
    if (link && !/^https?:$/.test(new URL(link.url).protocol))
      throw new Error("a letter links to http(s) only");
  }
  const body = letterBody(clean, cleanBrand);
  return { subject: clean.subject, html: letterDocument(clean, body), body, text: letterText(clean) };
}

/**
 * Controls (C0, C1, line and paragraph separators), which end headers and lines; bidirectional marks, which
 * turn text around; zero-width characters, which hide in it. U+200D stays: it joins emoji.
 */
const breaks = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const hidden = /[\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** One line of harmless text: breaks become spaces, and what steers the reading direction is left out. */
export function plainLine(text: string): string {
  return text.toWellFormed().replace(breaks, " ").replace(hidden, "").replace(/ {2,}/g, " ").trim();
}

/** The same structure with every string in it as one harmless line. */
function cleaned<T>(value: T): T {
  if (typeof value === "string") return plainLine(value) as T;
  if (Array.isArray(value)) return value.map((item) => cleaned(item)) as T;
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleaned(item)])) as T;
  }
  return value;
}
