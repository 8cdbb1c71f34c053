/** The bytes that a password may have been when it was hashed elsewhere. */

/** 0x80 to 0xFF of Windows-1251, by the platform's own table. */
const upperHalf = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 128 }, (_, i) => 128 + i));

/** UTF-8 first; then Windows-1251, where the password can be written in it and looks different there. */
export function spellingsOf(password: string): Buffer[] {
  const utf8 = Buffer.from(password, "utf8");
  const cyrillic = inWindows1251(password);
  return cyrillic && !cyrillic.equals(utf8) ? [utf8, cyrillic] : [utf8];
}

function inWindows1251(text: string): Buffer | undefined {
  const bytes: number[] = [];
  for (const letter of text) {
    const place = letter < "\x80" ? letter.charCodeAt(0) : 128 + upperHalf.indexOf(letter);
    if (letter >= "\x80" && place < 128) return undefined;
    bytes.push(place);
  }
  return Buffer.from(bytes);
}
