/** The port to the people who carry SMS. One file per gateway; the router chooses among them. */

/** One status set for all gateways; the trace speaks these words alone. */
export type SmsStatus =
  | "queued"
  | "accepted"
  | "sent"
  | "delivered"
  | "undelivered"
  | "expired"
  | "rejected"
  | "unknown";

export interface Sms {
  /** The message's row: the gateway gets it as its own reference where it takes one. */
  readonly id: string;
  /** E.164 with the plus sign. */
  readonly to: string;
  readonly text: string;
  /** How long it is worth reading, from now on; a gateway that can be told gives it up then. */
  readonly lifetimeMs: number;
}

const MINUTE_MS = 60_000;

/** The life of a message in whole minutes, as gateways take it: one at least, and `most` of them. */
export function minutesToLive({ lifetimeMs }: Pick<Sms, "lifetimeMs">, most: number): number {
  return Math.min(most, Math.max(1, Math.ceil(lifetimeMs / MINUTE_MS)));
}

/** What the gateway said at once; `answer` is for the trace and holds no secret and no code. */
export type GatewayAnswer =
  /** Taken over. `reference` is the gateway's own number of the message, for later states. */
  | {
      readonly kind: "accepted";
      readonly answer: string;
      readonly reference: string | null;
      readonly parts: number | null;
    }
  /** A final no to this message or number: another gateway may still take it. */
  | { readonly kind: "refused"; readonly answer: string }
  /** Not now: too fast, or the gateway is in trouble. Nothing was taken over. */
  | { readonly kind: "later"; readonly answer: string }
  /**
   * The request was on its way and no answer came back: it may or may not arrive, so nobody sends it again.
   */
  | { readonly kind: "unknown"; readonly answer: string }
  /** Nothing was handed over: no connection, or our name and password are not taken. */
  | { readonly kind: "unreachable"; readonly answer: string };

/** What became of a message that was taken over earlier. */
export interface SmsReport {
  readonly reference: string;
  readonly status: SmsStatus;
  /** The gateway's own code and words, without the number and the text. */
  readonly detail: string;
}

export interface SmsGateway {
  /** As the trace and the metrics name it: `smsru`, `smpp`. */
  readonly name: string;
  /** Never rejects and always answers within 10 seconds: every trouble is an answer. */
  send(sms: Sms): Promise<GatewayAnswer>;
  /** Asks about messages taken over earlier. Absent where the gateway reports by itself. Never rejects. */
  readonly pull?: (references: readonly string[]) => Promise<readonly SmsReport[]>;
  /** How reports are read that the gateway sends to an address of ours. Absent where it sends none. */
  readonly push?: SmsPush;
  close(): Promise<void>;
}

export interface SmsPush {
  /** The reports in a form or a JSON object; none when nothing in it is understood. */
  read(fields: Readonly<Record<string, unknown>>): readonly SmsReport[];
  /** What the gateway wants to read in answer. */
  readonly thanks: string;
}

/** How a gateway that reports by itself, over its own connection, passes a report on. */
export type OnSmsReport = (gateway: string, report: SmsReport) => void;
