/**
 * Passwords that many people have chosen before, looked up without a network. The list is a file of
 * fingerprints: it is small, and nobody reads other people's leaked passwords in our sources.
 */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";

/**
 * 40 bits of SHA-256 per entry. With 175,000 entries, one look-up of an unlisted text is mistaken once in six
 * million times; the person then merely picks another password.
 */
export const ENTRY_BYTES = 5;

/** The fingerprint that stands in the list for `text` (in lower case, NFC). */
export function entryOf(text: string): number {
  return hash("sha256", text, "buffer").readUIntBE(0, ENTRY_BYTES);
}

/**
 * True when `text`, in any letter case, is on the list. The list is read at the first question and then
 * kept.
 */
export function isListed(text: string): boolean {
  const entries = list();
  const wanted = entryOf(text.toLowerCase());
  let low = 0;
  let high = entries.length / ENTRY_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = entries.readUIntBE(middle * ENTRY_BYTES, ENTRY_BYTES);
    if (entry === wanted) return true;
    if (entry < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

const list = onFirstUse(() => readFileSync(new URL("blocklist/common.bin", import.meta.url)));

function onFirstUse<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
