/** The longest password that is accepted; longer ones are refused plainly and never cut. */
export const LONGEST_PASSWORD = 256;

/** More UTF-16 units than this cannot be 256 characters in any ordinary script; not worth composing. */
const LONGEST_TEXT = 8 * LONGEST_PASSWORD;

export type Normalised =
  | { kind: "password"; password: string; characters: number }
  | { kind: "too-long"; maximum: number }
  | { kind: "unusable-character" };

/**
 * The one spelling that is hashed: Unicode NFC (RFC 8265, OpaqueString), case and spaces as typed, so that a
 * password set on one keyboard opens on another. `characters` counts code points: an emoji of one is one.
 * NUL and halves of surrogate pairs are refused: they have no byte form of their own.
 */
export function normalisePassword(text: string): Normalised {
  if (text.length > LONGEST_TEXT) return { kind: "too-long", maximum: LONGEST_PASSWORD };
  if (text.includes("\0") || !text.isWellFormed()) return { kind: "unusable-character" };
  const password = text.normalize("NFC");
  const characters = [...password].length;
  if (characters > LONGEST_PASSWORD) return { kind: "too-long", maximum: LONGEST_PASSWORD };
  return { kind: "password", password, characters };
}
