/** E-mail addresses: the one narrow form that mail is ever sent to. */
import { domainToASCII } from "node:url";

export type ParsedAddress =
  /** `address` has its domain in lower-case ASCII (punycode) and its local part as it was typed. */
  { readonly kind: "address"; readonly address: string } | { readonly kind: "refused" };

/** RFC 5321, 4.5.3.1: 64 octets before the sign and 254 in all (256 with the brackets of a path). */
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;
const MAX_LABEL = 63;

/** RFC 5322's dot-atom. Quoted strings are not in it: they are how several addresses hide in one. */
const localForm = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const typedDomainForm = /^[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)*$/u;
const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/**
 * Reads one plain address, `local@domain`. Refused: names, brackets, quotes, comments, groups, lists, spaces,
 * control and invisible characters, domain literals, a local part outside ASCII (few servers would take it),
 * and what is longer than mail allows. A domain needs a dot, except `localhost`; national domains become
 * punycode.
 */
export function parseMailAddress(text: string): ParsedAddress {
  if (text.length > MAX_ADDRESS) return { kind: "refused" };
  const at = text.indexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const typedDomain = text.slice(at + 1);
  if (local.length > MAX_LOCAL || !localForm.test(local) || !typedDomainForm.test(typedDomain)) {
    return { kind: "refused" };
  }
  const domain = domainToASCII(typedDomain).toLowerCase();
  const address = `${local}@${domain}`;
  return isDomain(domain) && address.length <= MAX_ADDRESS
    ? { kind: "address", address }
    : { kind: "refused" };
}

function isDomain(domain: string): boolean {
  if (domain === "localhost") return true;
  const labels = domain.split(".");
  const last = labels.at(-1) ?? "";
  return (
    labels.length > 1 &&
    !/^\d+$/.test(last) &&
    labels.every((part) => part.length <= MAX_LABEL && label.test(part))
  );
}
