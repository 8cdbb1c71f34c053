/**
 * An SMS gateway for tests: takes the messages of the generic HTTP connector, or misbehaves as it is told.
 */
import { startHttpPeer } from "./http-peer.ts";

export interface ReceivedSms {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/** What the sink does with one message. */
export type SmsBehaviour =
  | { readonly kind: "take" }
  /** 400: a no to this message. */
  | { readonly kind: "refuse" }
  /** 429: too fast. */
  | { readonly kind: "too-fast" }
  /** 500 */
  | { readonly kind: "break" }
  /** Never answers. The message does not count as received. */
  | { readonly kind: "hang" }
  /** Takes the message and cuts the line instead of saying 200. The message counts as received. */
  | { readonly kind: "cut" };

export interface SmsSink {
  /** For `SMS_URL`. */
  readonly url: string;
  /** Messages that were taken, oldest first. */
  readonly received: ReceivedSms[];
  /** How many messages somebody tried to hand over. */
  attempts(): number;
  /** Replaces the behaviour for what comes from now on. */
  behave(next: (to: string) => SmsBehaviour): void;
  /** The texts that reached a number (E.164 with the plus), oldest first. */
  to(number: string): string[];
  close(): Promise<void>;
}

export async function startSmsSink(): Promise<SmsSink> {
  const peer = await startHttpPeer();
  const received: ReceivedSms[] = [];
  let behaviour: (to: string) => SmsBehaviour = () => ({ kind: "take" });
  peer.answerWith(({ body }) => {
    const sms = JSON.parse(body) as ReceivedSms;
    const { kind } = behaviour(sms.to);
    if (kind === "take" || kind === "cut") received.push(sms);
    switch (kind) {
      case "take":
        return { status: 202 };
      case "refuse":
        return { status: 400 };
      case "too-fast":
        return { status: 429 };
      case "break":
        return { status: 500 };
      case "hang":
      case "cut":
        return kind;
    }
  });
  return {
    url: `${peer.url}/sms`,
    received,
    attempts: () => peer.requests.length,
    behave(next) {
      behaviour = next;
    },
    to: (number) => received.filter((sms) => sms.to === number).map((sms) => sms.text),
    close: () => peer.close(),
  };
}
