import type { Contact } from "../accounts/accounts.ts";

/**
 * «a•••@romashka.example», «+7 ••• •••-••-67»: enough to know one's own by, and no more than two digits
 * (OWASP ASVS 14.2.6). For letters that may be read where the other contact is nobody's business.
 */
export function maskContact({ kind, value, key }: Pick<Contact, "kind" | "value" | "key">): string {
  if (kind === "phone") return `${key.startsWith("+7") ? "+7" : "+"}\u00a0••• •••-••-${key.slice(-2)}`;
  const at = value.lastIndexOf("@");
  return `${[...value][0] ?? ""}•••${value.slice(at)}`;
}
