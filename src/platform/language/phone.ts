/** Phone numbers as people in Russia type them. */

export type TypedPhone =
  | { kind: "number"; e164: string; shown: string }
  /** A Russian number one digit short: an eleventh is missing, and guessing would ring a stranger. */
  | { kind: "digit-missing" }
  /** Operators in Russia carry SMS to mobile numbers only, so no code would arrive. */
  | { kind: "fixed-line" }
  /** Toll-free, at a price, forwarded, or a machine: nobody's own phone, and a code there may cost extra. */
  | { kind: "special" }
  | { kind: "not-a-number" };

/** «тел.: …» and "tel:…", as they come along when a number is copied. */
const LABEL = /^(?:телефон|тел|мобильный|моб|phone|tel|mobile|mob)[.:\s]+/iu;
const SEPARATORS = /[\s().~\p{Dash}]/gu;

/** Kinds that libphonenumber's tables tell apart and that no person carries in a pocket. */
const SPECIAL: ReadonlySet<string> = new Set([
  "PREMIUM_RATE",
  "SHARED_COST",
  "TOLL_FREE",
  "PERSONAL_NUMBER",
  "PAGER",
  "UAN",
  "VOICEMAIL",
]);

/** Digits with the usual separators: a phone rather than a login. Full-width digits count. */
export function looksLikePhone(typed: string): boolean {
  return /^\+?\d{7,}$/.test(bare(typed));
}

/** The number in E.164 and as «+7 916 123-45-67»; the default country is Russia. */
export async function readPhone(typed: string): Promise<TypedPhone> {
  let text = bare(typed);
  // «+8 916 …» is how many write a number that they know as «8 916 …».
  if (/^\+89\d{9}$/.test(text)) text = `+7${text.slice(2)}`;
  if (/^(?:8\d{9}|79\d{8}|\+7\d{9})$/.test(text)) return { kind: "digit-missing" };
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max");
  const parsed = parsePhoneNumberFromString(text, "RU");
  if (!parsed?.isValid()) return { kind: "not-a-number" };
  const type = parsed.getType();
  if (type === "FIXED_LINE") return { kind: "fixed-line" };
  if (type && SPECIAL.has(type)) return { kind: "special" };
  return { kind: "number", e164: parsed.number, shown: showPhone(parsed.number) };
}

/** The digits, and the plus before them. */
function bare(typed: string): string {
  return typed.normalize("NFKC").trim().replace(LABEL, "").replace(SEPARATORS, "");
}

/** «+7 916 123-45-67» with no-break spaces for Russia and Kazakhstan, plain E.164 for others. */
export function showPhone(e164: string): string {
  const found = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  return found ? `+7\u00a0${found[1]}\u00a0${found[2]}-${found[3]}-${found[4]}` : e164;
}
