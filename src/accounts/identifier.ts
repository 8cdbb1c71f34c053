import { parseMailAddress } from "../delivery/delivery.ts";
import { looksLikePhone, readPhone } from "../platform/language/phone.ts";

/**
 * What a person typed to be found, understood. `key` is the one canonical spelling that the database knows.
 */
export type Identifier = {
  kind: "login" | "email" | "phone";
  key: string;
  /** As it is shown back to the person. */
  shown: string;
};

export type TypedIdentifier =
  | { kind: "understood"; identifier: Identifier }
  | { kind: "empty" }
  | { kind: "email-incomplete" }
  | { kind: "digit-missing" }
  /** A number that no code can be sent to, or that nobody can have. */
  | { kind: "fixed-line" | "special-number" | "no-such-number" }
  | { kind: "unusable" };

const LONGEST = 320;

/**
 * Understands a login, an e-mail or a phone in any usual spelling. An answer depends on the text alone, never
 * on who exists.
 */
export async function readIdentifier(typed: string): Promise<TypedIdentifier> {
  const text = typed.normalize("NFC").replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, "");
  if (text === "") return { kind: "empty" };
  if (text.length > LONGEST || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return { kind: "unusable" };
  if (text.includes("@")) {
    const address = parseMailAddress(text);
    if (address.kind === "refused") return { kind: "email-incomplete" };
    return { kind: "understood", identifier: { kind: "email", key: emailKey(address.address), shown: text } };
  }
  if (looksLikePhone(text)) {
    const phone = await readPhone(text);
    switch (phone.kind) {
      case "number":
        return { kind: "understood", identifier: { kind: "phone", key: phone.e164, shown: phone.shown } };
      case "digit-missing":
      case "fixed-line":
        return phone;
      case "special":
        return { kind: "special-number" };
      case "not-a-number":
        // Without the plus it may be a login; whoever types a plus means a phone.
        if (text.startsWith("+")) return { kind: "no-such-number" };
    }
  }
  return { kind: "understood", identifier: { kind: "login", key: loginKey(text), shown: text } };
}

/**
 * Case does not tell mailboxes apart for us: two accounts differing in case alone would be one person's trap.
 */
export function emailKey(address: string): string {
  return address.toLowerCase();
}

/** Logins are compared without case, and «ё» is «е»: nobody remembers which one the administrator typed. */
export function loginKey(login: string): string {
  return login.normalize("NFC").toLowerCase().replaceAll("ё", "е");
}
