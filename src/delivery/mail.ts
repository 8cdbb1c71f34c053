/** Turns a letter into the message that goes over the wire. */
import type { QueuedMessage } from "./catalogue.ts";
import { type Letter, plainLine, renderLetter } from "./letter.ts";
import type { LetterParcel } from "./transport.ts";

/** Who the letters come from: one fixed address per installation, the name and look of a portal. */
export interface Sender {
  readonly from: { readonly name: string; readonly address: string };
  /** The portal's name in the letter's head. */
  readonly portalName: string;
  /** Of its accent; null: petrol. */
  readonly hue: number | null;
}

/**
 * Builds the parcel of one letter. Message-ID, date and boundary follow from the row alone, so a repeat after
 * a lost answer is recognisably the same letter. Headers follow RFC 3834 (Auto-Submitted) and the senders'
 * pages of Gmail, Mail.ru and Outlook; there is no List-Unsubscribe: these letters cannot be switched off.
 */
export async function composeLetter(
  message: Omit<QueuedMessage, "portal"> & { readonly to: string },
  letter: Letter,
  sender: Sender,
  returnPath: string = sender.from.address,
): Promise<LetterParcel> {
  const rendered = renderLetter(letter, { name: sender.portalName, hue: sender.hue });
  const domain = sender.from.address.split("@").at(-1) ?? "localhost";
  // Here: an idle service writes no letters, and what writes them is memory.
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const composer = new MailComposer({
    from: { name: plainLine(sender.from.name), address: sender.from.address },
    to: { name: "", address: message.to },
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    messageId: `<${message.id}@${domain}>`,
    ...threadOf(letter, domain),
    date: new Date(message.createdAt),
    baseBoundary: message.id,
    textEncoding: "quoted-printable",
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      "Content-Language": letter.language,
      "Auto-Submitted": "auto-generated",
      // NDR is missing on purpose: reports of failed delivery are wanted.
      "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
      "Feedback-ID": `${message.kind}:${domain}:security:propusk`,
      "List-Id": `<${message.kind}.${domain}>`,
      "X-Mailru-Msgtype": message.kind,
      ...(letter.requestNumber === undefined ? {} : { "X-Request-Number": String(letter.requestNumber) }),
    },
  });
  return {
    channel: "email",
    id: message.id,
    kind: message.kind,
    to: message.to,
    language: letter.language,
    from: returnPath,
    subject: rendered.subject,
    text: rendered.text,
    body: rendered.body,
    mime: await composer.compile().build(),
  };
}

/** The root of a thread is a letter that nobody ever sent: its first one may be lost. */
function threadOf({ thread }: Letter, domain: string) {
  if (!thread) return {};
  const root = `<${thread.root}@${domain}>`;
  return { inReplyTo: root, references: root, ...(thread.replyTo && { replyTo: thread.replyTo }) };
}
