import type { NewMessage } from "../delivery/delivery.ts";
import type { Language } from "../platform/language/language.ts";
import type { Channel, Recipient } from "./recipient.ts";

type Envelope = Pick<NewMessage, "kind" | "channel" | "accountId" | "to" | "language">;

/** What the recipient gets, and where: only the message ever tells one from the other. */
export function messageFor(
  recipient: Recipient,
  { channel, language }: { channel: Channel; language: Language },
): Envelope {
  const kind = channel === "sms" ? "recovery-code" : "recovery";
  switch (recipient.kind) {
    case "person":
      return { kind, channel, ...addressed(recipient, language) };
    case "blocked":
      return { kind: "recovery-blocked", channel: "email", ...addressed(recipient, language) };
    case "closed":
      return { kind: "recovery-closed", channel: "email", ...addressed(recipient, language) };
    case "several":
      return { kind: "recovery-several", channel: "email", accountId: null, to: recipient.to, language };
    case "no-contact":
    case "nobody":
      return { kind, channel, accountId: null, to: "", language };
  }
}

function addressed(
  { account, to }: Extract<Recipient, { kind: "person" | "blocked" | "closed" }>,
  asked: Language,
): Pick<Envelope, "accountId" | "to" | "language"> {
  return { accountId: account.id, to, language: account.language ?? asked };
}
