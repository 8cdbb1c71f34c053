/** What the owner of an account is told, whatever they do: it cannot be switched off. */
import { type Contact, contactsOf } from "../accounts/accounts.ts";
import { type DeliveryBell, NOTICE_GIVE_UP_AFTER_MS, putMessage } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import type { Writer } from "../platform/store/store.ts";

export interface Notice {
  accountId: string;
  kind: "password-changed";
  language: Language;
  visitor: { address: string; device: string };
}

/**
 * Puts the notice into the outbox for every proven mailbox of the account, in the transaction of the change.
 */
export async function notifyOwner(
  tools: { clock: Clock; deliveryBell: DeliveryBell },
  write: Writer,
  notice: Notice,
): Promise<void> {
  const contacts = await contactsOf(write, notice.accountId);
  for (const contact of contacts.filter(isMailbox)) {
    await putMessage(tools, write, {
      kind: notice.kind,
      channel: "email",
      accountId: notice.accountId,
      to: contact.value,
      language: notice.language,
      data: { at: tools.clock.now(), address: notice.visitor.address, device: notice.visitor.device },
      giveUpAfterMs: NOTICE_GIVE_UP_AFTER_MS,
    });
  }
}

function isMailbox(contact: Contact): boolean {
  return contact.kind === "email" && contact.proven;
}
