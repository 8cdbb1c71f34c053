/** What a mail that came in is to those who take it. */
import type { Writer } from "../platform/store/store.ts";

export interface InboundAttachment {
  /** Harmless as text, "" when it has none; never a path. */
  readonly name: string;
  /** As the mail calls it; what is in it may be something else. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** Every text is free of control characters and cut to a length; none of it is to be believed. */
export interface InboundMail {
  /** What our address names: the id of `bounce+<id>.<mac>@…`. */
  readonly id: string;
  /** The address of ours that it came to. */
  readonly recipient: string;
  /** With its angle brackets, up to 300 characters; null: none. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  /** The newest 50 at most. */
  readonly references: readonly string[];
  /** Of the header, which anybody can write; null: it names nobody, or several. */
  readonly from: { readonly name: string; readonly address: string } | null;
  /** Up to 300 characters. */
  readonly subject: string;
  /** The plain part, or the HTML as plain text; up to 100,000 characters. */
  readonly text: string;
  /** 20 at most. */
  readonly attachments: readonly InboundAttachment[];
  /** Up to 300 characters each; null: no such header. */
  readonly autoSubmitted: string | null;
  readonly precedence: string | null;
  /** Its envelope has no sender, as that of a report. */
  readonly nullReturnPath: boolean;
  /** A machine wrote it (RFC 3834): answering it, or waking somebody for it, would make a loop. */
  readonly automatic: boolean;
  /** The text of a report of delivery (RFC 3464), up to 20,000 characters; null: it is none. */
  readonly report: string | null;
  readonly receivedAt: number;
  /**
   * To be called in the transaction that keeps the mail: false when it was kept before, through this or
   * another instance. Then there is nothing to do, and "taken" is the answer.
   */
  firstTime(write: Writer): Promise<boolean>;
}

export type Taking =
  /** Kept, now or before. */
  | "taken"
  /** A final no: what it is about is over or takes no mail. */
  | "refused"
  /** Not now; whoever brought it comes again. */
  | "later";

/** One kind of address, and who takes what comes to it. A throw counts as "later". */
export interface IntakeHandler {
  readonly prefix: string;
  take(mail: InboundMail): Promise<Taking>;
}
