import {
  type Account,
  accountById,
  type Contact,
  contactsOf,
  findAccount,
  type Identifier,
  peopleAtMailbox,
  readAsIfKnown,
} from "../accounts/accounts.ts";
import type { Reader } from "../platform/store/store.ts";

/** The way that a person asks to be reached by. */
export type Channel = "email" | "sms";

/** Who would get the message for an identifier. Only a letter ever tells these apart. */
export type Recipient =
  /** `to`: the stored mailbox, or the proven number in E.164. */
  | { kind: "person"; account: Account; to: string; key: string }
  /** `to`: the mailbox, whatever was asked for. An SMS says nothing of the account's state. */
  | { kind: "blocked"; account: Account; to: string }
  /** A policy of theirs does not let them back in by this way; `to` as with `blocked`. */
  | { kind: "closed"; account: Account; to: string }
  /** Several accounts share the mailbox, so it alone does not say which one to recover. */
  | { kind: "several"; to: string; key: string }
  /** The account has no mailbox; by SMS: no proven number, or not the one that was typed. */
  | { kind: "no-contact"; account: Account }
  | { kind: "nobody" };

export interface Wished {
  channel: Channel;
  /** Whether what holds for the account lets it back in by this way. */
  allows(account: Account): boolean;
}

/** The message goes to the stored contact, never to the typed one. Takes as long for nobody's identifier. */
export async function recipientOf(read: Reader, identifier: Identifier, wished: Wished): Promise<Recipient> {
  const account = await findAccount(read, identifier);
  if (account) return ofAccount(account, await contactsOf(read, account.id), { ...wished, identifier });
  await readAsIfKnown(read, identifier);
  const sharing = identifier.kind === "email" ? await peopleAtMailbox(read, identifier.key) : [];
  const mailbox = sharing[0]?.contacts.find(({ key, bounced }) => key === identifier.key && !bounced);
  return mailbox && wished.channel === "email"
    ? { kind: "several", to: mailbox.value, key: mailbox.key }
    : { kind: "nobody" };
}

/** The same for an account that is known already, from an outdated link. */
export async function recipientOfAccount(
  read: Reader,
  accountId: string,
  wished: Wished,
): Promise<Recipient> {
  const account = await accountById(read, accountId);
  if (!account) return { kind: "nobody" };
  return ofAccount(account, await contactsOf(read, account.id), { ...wished, identifier: null });
}

function ofAccount(
  account: Account,
  contacts: Contact[],
  wish: Wished & { identifier: Identifier | null },
): Recipient {
  const mailbox = mailboxOf(contacts, wish.identifier);
  const reached = wish.channel === "email" ? mailbox : phoneOf(contacts, wish.identifier);
  const told = account.status !== "active" || !wish.allows(account);
  if (!reached || (told && !mailbox)) return { kind: "no-contact", account };
  if (account.status !== "active") return { kind: "blocked", account, to: mailbox?.value ?? "" };
  if (told) return { kind: "closed", account, to: mailbox?.value ?? "" };
  const to = wish.channel === "email" ? reached.value : reached.key;
  return { kind: "person", account, to, key: reached.key };
}

function mailboxOf(contacts: Contact[], typed: Identifier | null): Contact | undefined {
  // Nothing arrives where letters came back from, so another proven one gets it, or nobody.
  const mailboxes = contacts.filter((contact) => contact.kind === "email" && !contact.bounced);
  return (
    mailboxes.find((contact) => contact.key === typed?.key) ??
    mailboxes.find((contact) => contact.proven) ??
    mailboxes[0]
  );
}

/** Only a proven number, and of a typed one only that: another would answer for a number nobody named. */
function phoneOf(contacts: Contact[], typed: Identifier | null): Contact | undefined {
  return contacts.find(
    (contact) =>
      contact.kind === "phone" && contact.proven && (typed?.kind !== "phone" || contact.key === typed.key),
  );
}
