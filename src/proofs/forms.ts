/**
 * The three shapes a secret takes, each derived from the proof's id so that it can be sent again unstored.
 */
import { hashSecret, type Secrets } from "../platform/secrets/secrets.ts";
import type { ProofRow } from "./rows.ts";

/** Crockford's base32: no I, L, O, U. 24 characters carry 120 bits; ASVS 6.5.2 lets 112 be hashed plainly. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const STRING_LENGTH = 24;

type Form = ProofRow["form"];

/** The secret itself; undefined when its root key is no longer among the settings. */
export function deriveSecret(
  tools: { secrets: Secrets },
  proof: { id: string; purpose: string; form: Form; keyId: string },
): string | undefined {
  const bytes = tools.secrets.derive(`proof ${proof.purpose} ${proof.form}`, proof.id, proof.keyId);
  if (!bytes) return undefined;
  switch (proof.form) {
    case "link":
      return bytes.toString("base64url");
    case "code":
      // 64 bits over a million: the bias is below one in 10^13.
      return (bytes.readBigUInt64BE() % 1_000_000n).toString().padStart(6, "0");
    case "control-string":
      return Array.from(bytes.subarray(0, STRING_LENGTH), (byte) => ALPHABET[byte % 32]).join("");
  }
}

/**
 * What the database keeps of it. A link and a control string are long enough for a plain hash; six digits are
 * not, so their hash also needs the root key.
 */
export function hashOf(
  tools: { secrets: Secrets },
  form: Form,
  id: string,
  secret: string,
  keyId: string,
): string {
  if (form !== "code") return hashSecret(secret);
  const keyed = tools.secrets.derive("proof code hash", `${id} ${secret}`, keyId);
  return keyed ? keyed.toString("hex") : hashSecret(`${id} unknown key`);
}

/** «K7QM-2X9D-…» as it stands in the letter. */
export function showControlString(secret: string): string {
  return secret.match(/.{1,4}/g)?.join("-") ?? secret;
}

const LOOKALIKES: Record<string, string> = {
  O: "0",
  I: "1",
  L: "1",
  О: "0",
  А: "A",
  В: "B",
  Е: "E",
  К: "K",
  М: "M",
  Н: "H",
  Р: "P",
  С: "C",
  Т: "T",
  Х: "X",
};

/** A control string as typed by hand: any case, spaces and dashes, look-alike letters of both alphabets. */
export function readControlString(typed: string): string | undefined {
  const text = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-‐-―_]+/gu, "")
    .replace(/[OILОАВЕКМНРСТХ]/gu, (letter) => LOOKALIKES[letter] ?? letter);
  return new RegExp(`^[${ALPHABET}]{${STRING_LENGTH}}$`).test(text) ? text : undefined;
}

/** A code as typed: spaces, dashes and full-width digits are fine; anything else is not six digits. */
export function readCode(typed: string): string | undefined {
  const text = typed.normalize("NFKC").replace(/[\s\-‐-―.]+/gu, "");
  return /^\d{6}$/.test(text) ? text : undefined;
}

/** A link's key as it stands in the address. */
export function readKey(typed: string): string | undefined {
  return /^[A-Za-z0-9_-]{43}$/.test(typed) ? typed : undefined;
}
