import {
  type Account,
  accountById,
  type Contact,
  contactsOf,
  findAccount,
  type Identifier,
  peopleAtMailbox,
} from "../accounts/accounts.ts";
import type { Reader } from "../platform/store/store.ts";

/** Who would get the letter for an identifier. Only the letter ever tells these apart. */
export type Recipient =
  | { kind: "person"; account: Account; mailbox: string; key: string }
  | { kind: "blocked"; account: Account; mailbox: string; key: string }
  /** Several accounts share the mailbox, so it alone does not say which one to recover. */
  | { kind: "several"; mailbox: string; key: string }
  | { kind: "no-mailbox"; account: Account }
  | { kind: "nobody" };

/** Two reads, whoever it is. The letter goes to the stored address, never to the typed one. */
export async function recipientOf(read: Reader, identifier: Identifier): Promise<Recipient> {
  const account = await findAccount(read, identifier);
  if (account) return ofAccount(account, await contactsOf(read, account.id), identifier.key);
  const sharing =
    identifier.kind === "email" ? await peopleAtMailbox(read, identifier.key) : await noContacts(read);
  const mailbox = sharing[0]?.contacts.find((contact) => contact.key === identifier.key);
  return mailbox ? { kind: "several", mailbox: mailbox.value, key: mailbox.key } : { kind: "nobody" };
}

/** The same for an account that is known already, from an outdated link. */
export async function recipientOfAccount(read: Reader, accountId: string): Promise<Recipient> {
  const account = await accountById(read, accountId);
  return account ? ofAccount(account, await contactsOf(read, account.id), "") : { kind: "nobody" };
}

async function noContacts(read: Reader): Promise<[]> {
  await contactsOf(read, "");
  return [];
}

function ofAccount(account: Account, contacts: Contact[], typedKey: string): Recipient {
  const mailboxes = contacts.filter((contact) => contact.kind === "email");
  const chosen =
    mailboxes.find((contact) => contact.key === typedKey) ??
    mailboxes.find((contact) => contact.proven) ??
    mailboxes[0];
  if (!chosen) return { kind: "no-mailbox", account };
  const kind = account.status === "active" ? "person" : "blocked";
  return { kind, account, mailbox: chosen.value, key: chosen.key };
}
