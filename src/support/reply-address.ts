import { type InboxTools, inboxAddress } from "../intake/intake.ts";

/** Before the number in the address under which letters find their case. */
export const PREFIX = "case";

/** The address by which a letter finds its case; undefined while no mail comes in. */
export function replyAddress(tools: InboxTools, number: number): string | undefined {
  return inboxAddress(tools, PREFIX, String(number));
}
