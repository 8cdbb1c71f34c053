/** Mailboxes that letters came back from. */
import { parseMailAddress } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Writer } from "../platform/store/store.ts";
import { emailKey } from "./identifier.ts";
import * as rows from "./rows.ts";

/**
 * There is no such mailbox, says the server of its domain: no way back in leads there until its holder
 * proves it anew or staff say that it works again. `status`: the code of RFC 3463.
 */
export async function suspendMailbox(
  tools: { clock: Clock },
  write: Writer,
  { to, status }: { to: string; status: string },
): Promise<void> {
  const address = parseMailAddress(to);
  if (address.kind === "refused") return;
  await rows.markBounced(write, emailKey(address.address), tools.clock.now(), status);
}

/** Letters go there again. False when nothing stood in their way. */
export function reviveMailbox(write: Writer, key: string): Promise<boolean> {
  return rows.forgetBounce(write, key);
}
