/** Contacts as the desk sees them: enough to compare with what a caller says, too little to take along. */
import type { Contact } from "../accounts/accounts.ts";
import { looksLikePhone } from "../platform/language/phone.ts";

/** `a···@romashka.ru`, `+7 916 ···-··-67`. */
export function maskedContact({ kind, value, key }: Pick<Contact, "kind" | "value" | "key">): string {
  if (kind === "phone") return `${key.slice(0, 2)}\u00a0${key.slice(2, 5)}\u00a0···-··-${key.slice(-2)}`;
  return value.replace(/^(.).*@/u, "$1···@");
}

/** A login may be a contact. */
export function maskedLogin(login: string): string {
  if (login.includes("@")) return maskedContact({ kind: "email", value: login, key: login });
  if (!looksLikePhone(login)) return login;
  return maskedContact({ kind: "phone", value: login, key: `+${login.replace(/\D/g, "")}` });
}

/** Addresses and numbers inside a text of somebody else's, such as a mail server's answer. */
export function maskedWithin(text: string): string {
  return text
    .replace(/([^\s<>,;:()"@])[^\s<>,;:()"@]*@/gu, "$1···@")
    .replace(/\+?\d[\d\s().-]{8,}\d/gu, (number) => `···${number.replace(/\D/g, "").slice(-2)}`);
}
