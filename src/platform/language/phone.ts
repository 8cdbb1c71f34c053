/** Phone numbers as people in Russia type them. */

export type TypedPhone =
  | { kind: "number"; e164: string; shown: string }
  /** Ten digits beginning with 8: an eleventh is missing, and guessing would ring a stranger. */
  | { kind: "digit-missing" }
  | { kind: "not-a-number" };

/** Digits with the usual separators: a phone rather than a login. Full-width digits count. */
export function looksLikePhone(typed: string): boolean {
  const text = typed.normalize("NFKC").trim();
  return /^\+?[\d\s().\-‐-―]+$/u.test(text) && text.replace(/\D/g, "").length >= 7;
}

/** The number in E.164 and as «+7 916 123-45-67»; the default country is Russia. */
export async function readPhone(typed: string): Promise<TypedPhone> {
  let text = typed.normalize("NFKC").trim();
  const digits = text.replace(/\D/g, "");
  if (!text.startsWith("+") && digits.length === 10 && digits.startsWith("8"))
    return { kind: "digit-missing" };
  // «+8 916 …» is how many write a number that they know as «8 916 …».
  if (/^\+8\D*9/.test(text) && digits.length === 11) text = `+7${digits.slice(1)}`;
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max");
  const parsed = parsePhoneNumberFromString(text, "RU");
  if (!parsed?.isValid()) return { kind: "not-a-number" };
  return { kind: "number", e164: parsed.number, shown: showPhone(parsed.number) };
}

/** «+7 916 123-45-67» with no-break spaces for Russia and Kazakhstan, plain E.164 for others. */
export function showPhone(e164: string): string {
  const found = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  return found ? `+7\u00a0${found[1]}\u00a0${found[2]}-${found[3]}-${found[4]}` : e164;
}
