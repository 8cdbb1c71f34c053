/**
 * Password hashes that other systems made, read from their text. What asks for more work than an answer may
 * take, or for so little that it protects nobody, is told apart here and never run.
 */
import type { ShaName } from "./sha-crypt.ts";

/** A hash that is compared as it stands. */
export type ForeignHash =
  | { kind: "bcrypt"; text: string }
  | { kind: "sha-crypt"; name: ShaName; salt: string; rounds: number; digest: string }
  | { kind: "pbkdf2"; name: string; salt: Buffer; rounds: number; key: Buffer }
  | { kind: "scrypt"; salt: Buffer; cost: number; blockSize: number; lanes: number; key: Buffer }
  /** Argon2id over the hex digits of MD5 over salt and password. */
  | { kind: "wrapped-md5"; salt: Buffer; inner: string };

export type ReadForeign =
  | { kind: "usable"; hash: ForeignHash }
  /** An MD5, salted or not: too quick to be kept as it is. */
  | { kind: "md5"; salt: Buffer; digits: string }
  /** Asks for more than the ceilings. */
  | { kind: "too-costly" }
  /** So quick that whoever reads the row has the password. */
  | { kind: "too-quick" }
  | { kind: "unknown" };

/** About a second of one core, or 128 MiB, at most; and what OWASP calls legacy at least. */
const limits = {
  bcrypt: { least: 8, most: 14 },
  "sha-crypt": { least: 5_000, most: 200_000 },
  pbkdf2: { least: 10_000, most: 3_000_000 },
  /** Bytes of memory: 128 × N × r × p. */
  scrypt: { least: 4 * 1024 * 1024, most: 128 * 1024 * 1024 },
} as const;

const LONGEST = 512;
const BASE64 = "[A-Za-z0-9+/.]+";
const WRAPPED = /^\{md5:([A-Za-z0-9_-]*)\}(\$argon2id\$.+)$/;
const BCRYPT = /^\$2[abxy]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
const SHA_CRYPT =
  /^\$([56])\$(?:rounds=(\d{1,9})\$)?([./0-9A-Za-z]{0,16})\$([./0-9A-Za-z]{43}|[./0-9A-Za-z]{86})$/;
const PBKDF2 = new RegExp(
  `^\\$pbkdf2-(sha1|sha256|sha512)\\$(?:i=)?(\\d{1,9})(?:,l=\\d+)?\\$(${BASE64})\\$(${BASE64})=*$`,
);
const PBKDF2_SHORT = new RegExp(`^\\$pbkdf2\\$(\\d{1,9})\\$(${BASE64})\\$(${BASE64})$`);
const DJANGO = /^pbkdf2_(sha1|sha256)\$(\d{1,9})\$([^$]{1,128})\$([A-Za-z0-9+/]+=*)$/;
const SCRYPT = new RegExp(
  `^\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,4}),p=(\\d{1,4})\\$(${BASE64})=*\\$(${BASE64})=*$`,
);

export function readForeign(text: string): ReadForeign {
  if (text.length > LONGEST) return { kind: "unknown" };
  return (
    readWrapped(text) ??
    readBcrypt(text) ??
    readShaCrypt(text) ??
    readPbkdf2(text) ??
    readScrypt(text) ??
    readMd5(text)
  );
}

/** The text that a wrapped MD5 is kept as. */
export function wrappedMd5(salt: Buffer, inner: string): string {
  return `{md5:${salt.toString("base64url")}}${inner}`;
}

function readWrapped(text: string): ReadForeign | undefined {
  const [, salt = "", inner = ""] = WRAPPED.exec(text) ?? [];
  if (inner === "") return undefined;
  return { kind: "usable", hash: { kind: "wrapped-md5", salt: Buffer.from(salt, "base64url"), inner } };
}

function readBcrypt(text: string): ReadForeign | undefined {
  const cost = BCRYPT.exec(text)?.[1];
  return cost === undefined ? undefined : within("bcrypt", Number(cost), { kind: "bcrypt", text });
}

function readShaCrypt(text: string): ReadForeign | undefined {
  const [, id, rounds = "5000", salt = "", digest = ""] = SHA_CRYPT.exec(text) ?? [];
  if (id === undefined || digest.length !== (id === "5" ? 43 : 86)) return undefined;
  const name = id === "5" ? "sha256" : "sha512";
  return within("sha-crypt", Number(rounds), {
    kind: "sha-crypt",
    name,
    salt,
    rounds: Number(rounds),
    digest,
  });
}

function readPbkdf2(text: string): ReadForeign | undefined {
  const django = DJANGO.exec(text);
  const phc = PBKDF2.exec(text);
  const short = PBKDF2_SHORT.exec(text);
  const [, name, rounds, salt, key] = django ?? phc ?? (short ? [text, "sha1", ...short.slice(1)] : []);
  if (name === undefined || rounds === undefined || salt === undefined || key === undefined) return undefined;
  const bytes = django ? Buffer.from(salt, "utf8") : fromBase64(salt);
  const hash = { kind: "pbkdf2", name, salt: bytes, rounds: Number(rounds), key: fromBase64(key) } as const;
  if (hash.key.length < 16 || hash.key.length > 128) return { kind: "unknown" };
  return within("pbkdf2", hash.rounds, hash);
}

function readScrypt(text: string): ReadForeign | undefined {
  const [, log, blockSize, lanes, salt, key] = SCRYPT.exec(text) ?? [];
  if (log === undefined || salt === undefined || key === undefined) return undefined;
  const numbers = { cost: 2 ** Number(log), blockSize: Number(blockSize), lanes: Number(lanes) };
  const hash = { kind: "scrypt", ...numbers, salt: fromBase64(salt), key: fromBase64(key) } as const;
  if (numbers.cost < 2 || numbers.blockSize < 1 || numbers.lanes < 1) return { kind: "unknown" };
  if (hash.key.length < 16 || hash.key.length > 128) return { kind: "unknown" };
  return within("scrypt", 128 * hash.cost * hash.blockSize * hash.lanes, hash);
}

/**
 * 32 hex digits, or a salt before them: up to 100 characters in all, and not hex from end to end, which would
 * be another digest than MD5.
 */
function readMd5(text: string): ReadForeign {
  const bytes = Buffer.from(text, "utf8");
  const digits = text.slice(-32).toLowerCase();
  const salt = bytes.subarray(0, bytes.length - 32);
  const isMd5 = /^[0-9a-f]{32}$/.test(digits) && bytes.length <= 100 && !/^[$*!]/.test(text);
  const isOther = salt.length > 0 && /^[0-9a-fA-F]+$/.test(text);
  return isMd5 && !isOther ? { kind: "md5", salt, digits } : { kind: "unknown" };
}

function within(kind: keyof typeof limits, work: number, hash: ForeignHash): ReadForeign {
  if (work > limits[kind].most) return { kind: "too-costly" };
  return work < limits[kind].least ? { kind: "too-quick" } : { kind: "usable", hash };
}

/** Standard base64, or passlib's, which writes `.` for `+`. */
function fromBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll(".", "+"), "base64");
}
