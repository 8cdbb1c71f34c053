/** «Письма снова приходят»: the owner of a mailbox that letters came back from says that it works again. */
import { type Contact, contactsOf, reviveMailbox } from "../../accounts/accounts.ts";
import { recordEvent } from "../../audit/audit.ts";
import type { Reader } from "../../platform/store/store.ts";
import type { WebContext } from "../../platform/web/context.ts";
import type { ProfileTools } from "../tools.ts";
import { here } from "./here.ts";

export async function returnedMailboxes(read: Reader, accountId: string): Promise<Contact[]> {
  return (await contactsOf(read, accountId)).filter((contact) => contact.bounced);
}

/** Nothing is proved by it: letters may be tried again, and the next that comes back brings the mark back. */
export async function takeMailboxWorks(tools: ProfileTools, c: WebContext): Promise<Response> {
  const { asking } = await here(tools, c);
  const { accountId, address, device } = asking;
  await tools.store.transact(async (write) => {
    const returned = await returnedMailboxes(write, accountId);
    for (const { key } of returned) await reviveMailbox(write, key);
    if (returned.length === 0) return;
    const event = { action: "mailbox.revived", actor: accountId, accountId, address, detail: { device } };
    await recordEvent(tools, write, event);
  });
  return c.redirect("/me", 303);
}
