/** E-mails and phones of an account as they come and go; who may change them is others' affair. */
import { parseMailAddress } from "../delivery/delivery.ts";
import { readPhone, type TypedPhone } from "../platform/language/phone.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Writer } from "../platform/store/store.ts";
import { emailKey } from "./identifier.ts";
import type { Contact } from "./person.ts";
import * as rows from "./rows.ts";

/** A contact as it was typed, in canonical spelling, or what is wrong with it. */
export type JudgedContact =
  | { kind: "fine"; contact: Contact }
  | { kind: "empty" | "email-incomplete" | Exclude<TypedPhone["kind"], "number"> };

/** An answer depends on the text alone, never on who exists. */
export async function judgeContact(kind: Contact["kind"], typed: string): Promise<JudgedContact> {
  const text = typed.normalize("NFC").trim();
  if (text === "") return { kind: "empty" };
  if (kind === "email") {
    const address = parseMailAddress(text);
    if (address.kind === "refused") return { kind: "email-incomplete" };
    return { kind: "fine", contact: { kind, value: text, key: emailKey(address.address), proven: false } };
  }
  const phone = await readPhone(text);
  if (phone.kind !== "number") return { kind: phone.kind };
  return { kind: "fine", contact: { kind, value: phone.shown, key: phone.e164, proven: false } };
}

/**
 * Gives the account this contact, proved at `confirmedAt`. False when somebody else has the key, also as a
 * login, and also when two were placed at the same moment: the constraint lets one in.
 */
export async function placeContact(
  write: Writer,
  accountId: string,
  contact: Pick<Contact, "kind" | "value" | "key">,
  confirmedAt: number | null,
  now: number,
): Promise<boolean> {
  const { kind, value, key } = contact;
  const [foreign] = await rows.takenByOthers(write, accountId, [key]);
  if (foreign !== undefined) return false;
  const own = (await rows.identifiersOf(write, [accountId])).filter((row) => row.key === key);
  const same = own.find((row) => row.kind === kind);
  if (same) {
    await rows.setConfirmed(write, same.id, confirmedAt);
    if (confirmedAt !== null) await rows.forgetBounce(write, key);
    return true;
  }
  // Where the own login is spelled like the contact, the login names the account already.
  const names = own.length === 0;
  return rows.placeIdentifier(write, {
    id: newId(),
    account_id: accountId,
    kind,
    value,
    key,
    sign_in_key: names ? key : null,
    confirmed_at: confirmedAt,
    created_at: now,
  });
}

export async function removeContact(
  write: Writer,
  accountId: string,
  contact: Pick<Contact, "kind" | "key">,
): Promise<void> {
  const found = (await rows.identifiersOf(write, [accountId])).filter(
    ({ kind, key }) => kind === contact.kind && key === contact.key,
  );
  await rows.removeIdentifiers(
    write,
    found.map(({ id }) => id),
  );
}
