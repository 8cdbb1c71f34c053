/**
 * SHA-256-crypt and SHA-512-crypt, as in crypt(3) (Drepper, "Unix crypt using SHA-256 and SHA-512"). Written
 * here since the library for it miscounts passwords of exactly 32 or 64 bytes and takes text alone, while an
 * old portal hashed the bytes of Windows-1251.
 */
import { createHash, hash as digestOf } from "node:crypto";

export type ShaName = "sha256" | "sha512";

const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The order in which three bytes at a time are written, and the step from one three to the next. */
const layout = {
  sha256: { first: [0, 10, 20], next: (b: number) => (b + 21) % 30, threes: 10, rest: [31, 30] },
  sha512: { first: [0, 21, 42], next: (b: number) => (b + 22) % 63, threes: 21, rest: [63] },
} as const;

/** What stands behind the last `$`. Keeps its thread busy for all the rounds. */
export function shaCrypt(name: ShaName, password: Uint8Array, saltText: string, rounds: number): string {
  const salt = Buffer.from(saltText, "latin1");
  const { length } = password;
  const digest = (parts: readonly Uint8Array[]) => {
    const hash = createHash(name);
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const b = digest([password, salt, password]);
  const bits: Uint8Array[] = [];
  for (let left = length; left > 0; left >>>= 1) bits.push(left % 2 === 1 ? b : password);
  const a = digest([password, salt, filled(b, length), ...bits]);
  const p = filled(digest(Array.from({ length }, () => password)), length);
  const s = filled(digest(Array.from({ length: 16 + (a[0] ?? 0) }, () => salt)), salt.length);

  let last: Buffer = a;
  for (let round = 0; round < rounds; round += 1) {
    const parts: Uint8Array[] = [round % 2 === 1 ? p : last];
    if (round % 3 !== 0) parts.push(s);
    if (round % 7 !== 0) parts.push(p);
    parts.push(round % 2 === 1 ? last : p);
    last = digestOf(name, Buffer.concat(parts), "buffer");
  }
  return written(name, last);
}

/** The block over and over, cut at the length. */
function filled(block: Uint8Array, length: number): Buffer {
  return Buffer.alloc(length, block);
}

function written(name: ShaName, bytes: Buffer): string {
  const { first, next, threes, rest } = layout[name];
  const digits = (value: number, count: number) =>
    Array.from({ length: count }, (_, place) => ALPHABET[(value >>> (6 * place)) & 63]).join("");
  const at = (place: number) => bytes[place] ?? 0;
  let places: readonly number[] = first;
  let text = "";
  for (let three = 0; three < threes; three += 1) {
    const [high = 0, middle = 0, low = 0] = places;
    text += digits((at(high) << 16) | (at(middle) << 8) | at(low), 4);
    places = places.map(next);
  }
  const [high = 0, low] = rest as readonly number[];
  return text + (low === undefined ? digits(at(high), 2) : digits((at(high) << 8) | at(low), 3));
}
