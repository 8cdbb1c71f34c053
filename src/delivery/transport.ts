/** The port through which messages leave the house: SMTP, an SMS gateway, a portal, or the trial inbox. */
import type { Language } from "../platform/language/language.ts";

/** A message that is ready to leave. Letters and SMS are built again, byte for byte, for every attempt. */
export type Parcel = PersonalParcel | CallParcel;

/** What a person gets to read. */
export type PersonalParcel = LetterParcel | SmsParcel;

interface ParcelLabel {
  /** The row's id; also the left half of the Message-ID, so that a second copy can be recognised. */
  readonly id: string;
  readonly kind: string;
  readonly to: string;
  readonly language: Language;
}

export interface LetterParcel extends ParcelLabel {
  readonly channel: "email";
  /** The envelope's sender (Return-Path). */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** The letter's body without the document around it: what a mailbox draws inside its own page. */
  readonly body: string;
  /** The whole message as it goes over the wire. */
  readonly mime: Buffer;
}

export interface SmsParcel extends ParcelLabel {
  readonly channel: "sms";
  readonly text: string;
  /** When it stops being worth sending. */
  readonly livesUntil: number;
}

/** A form for a portal; written anew for every attempt, since what it carries lives for minutes. */
export interface CallParcel extends ParcelLabel {
  readonly channel: "portal";
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

/** One gateway that was asked to carry an SMS, and what it said. */
export interface Tried {
  readonly gateway: string;
  readonly kind: Answer["kind"];
  readonly answer: string;
}

/** How an SMS went from gateway to gateway. */
export interface Route {
  /** Who was asked, in order, but for the one whose words are the answer. */
  readonly declined: readonly Tried[];
  /** Whose words the answer is; null: there was nobody to ask. */
  readonly gateway: string | null;
  /** What that gateway calls the message in its reports. */
  readonly reference: string | null;
  /** Whether its reports have to be asked for. */
  readonly asked: boolean;
}

/** What the other side said; `answer` is for the trace and holds no secret. `route` comes with SMS. */
export type Answer = Said & { readonly route?: Route };

type Said =
  /** Taken over by the other side. Not yet delivered: nobody can know that. */
  | { readonly kind: "accepted"; readonly answer: string }
  /** A final no to this message (SMTP 5xx). */
  | { readonly kind: "refused"; readonly answer: string }
  /** Not now (SMTP 4xx, greylisting). */
  | { readonly kind: "later"; readonly answer: string }
  /** The message was handed over and no answer came back: it may or may not arrive. */
  | { readonly kind: "unknown"; readonly answer: string }
  /** Nothing was handed over: trouble of the whole channel and not of this message. */
  | { readonly kind: "unreachable"; readonly answer: string };

export interface Transport {
  /** As the metrics call it. */
  readonly name: string;
  /** Never rejects: every trouble is an answer. */
  send(parcel: Parcel): Promise<Answer>;
  /** Ends connections; a message in the middle of sending gets its answer first or is cut off. */
  close(): Promise<void>;
}
