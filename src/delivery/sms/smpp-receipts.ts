/** What became of messages, as a deliver_sm tells it (SMPP 3.4, 4.6 and appendix B). */
import type { Pdu } from "smpp";
import type { SmsReport, SmsStatus } from "./gateway.ts";
import { bareNumber, printable } from "./smpp-message.ts";

export interface SmppReceipt extends SmsReport {
  /** The numbers that the receipt names: the person's is one of them. */
  readonly numbers: readonly string[];
}

/** message_state, SMPP 3.4, 5.2.28. */
const byState: Readonly<Record<number, SmsStatus>> = {
  1: "sent",
  2: "delivered",
  3: "expired",
  4: "undelivered",
  5: "undelivered",
  6: "sent",
  7: "unknown",
  8: "rejected",
};
/** The words of the text form; beyond appendix B, what operators were seen to write. */
const byWord: Readonly<Record<string, SmsStatus>> = {
  ENROUTE: "sent",
  ACCEPTD: "sent",
  BUFFRED: "sent",
  BUFFERD: "sent",
  DELIVRD: "delivered",
  EXPIRED: "expired",
  DELETED: "undelivered",
  UNDELIV: "undelivered",
  FAILED: "undelivered",
  UNKNOWN: "unknown",
  REJECTD: "rejected",
};

/** esm_class bits 5–2, SMPP 3.4, 5.2.12: a receipt, or the news that delivery is still being tried. */
const MESSAGE_TYPE = 0x3c;
const receiptTypes = [0x04, 0x20];

/**
 * The receipt in a deliver_sm or data_sm, from its fields or its text; `undefined` for anything else. Only
 * the operator sets the receipt bit; words alone prove nothing, because anybody can send an SMS like that.
 */
export function readReceipt(pdu: Pdu): SmppReceipt | undefined {
  const type = Number(pdu.esm_class) & MESSAGE_TYPE;
  if (!receiptTypes.includes(type)) return undefined;
  // What follows is the beginning of the message, with the code in it.
  const text = textOf(pdu).replace(/\btext:.*$/is, "");
  const word = (name: string) => new RegExp(`\\b${name}:\\s*([\\x21-\\x7e]{1,64})`, "i").exec(text)?.[1];
  const fieldId = pdu.receipted_message_id;
  const reference = (typeof fieldId === "string" ? printable(fieldId) : null) ?? word("id");
  const stateWord = word("stat")?.toUpperCase().slice(0, 7);
  const state = typeof pdu.message_state === "number" ? pdu.message_state : undefined;
  if (!reference || (state === undefined && stateWord === undefined)) return undefined;
  const error = word("err")?.replace(/\W/g, "").slice(0, 8);
  return {
    reference,
    status: byState[state ?? 0] ?? byWord[stateWord ?? ""] ?? "unknown",
    detail: [stateWord?.replace(/\W/g, "") ?? `state ${state}`, ...(error ? [`err ${error}`] : [])].join(" "),
    numbers: [pdu.source_addr, pdu.destination_addr].map(String).map(bareNumber),
  };
}

function textOf(pdu: Pdu): string {
  const parts = [pdu.short_message, pdu.message_payload].map((field) => {
    const message = Buffer.isBuffer(field) ? field : (field as { message?: unknown } | undefined)?.message;
    return Buffer.isBuffer(message) ? message.toString("latin1") : String(message ?? "");
  });
  return parts.join("");
}

/** Numbers of people whose messages are remembered, and messages of each. */
const MOST_NUMBERS = 10_000;
const MOST_OF_ONE = 20;

/**
 * Remembers which message went where, to know it again: some operators answer a submit with a hexadecimal id
 * and report the same message in decimal, or the other way round, or with zeros in front.
 */
export class SmppReferences {
  readonly #byNumber = new Map<string, string[]>();

  remember(to: string, reference: string): void {
    const number = bareNumber(to);
    const known = this.#byNumber.get(number) ?? [];
    this.#byNumber.delete(number);
    this.#byNumber.set(number, [...known.slice(1 - MOST_OF_ONE), reference]);
    const [oldest] = this.#byNumber.keys();
    if (this.#byNumber.size > MOST_NUMBERS && oldest !== undefined) this.#byNumber.delete(oldest);
  }

  /** The reference that the submit was answered with; the receipt's own where nothing fits better. */
  resolve({ reference, numbers }: SmppReceipt): string {
    // Only messages to the same person are looked at: other people's ids may happen to read alike.
    const sent = numbers.flatMap((number) => this.#byNumber.get(number) ?? []);
    if (sent.includes(reference)) return reference;
    const values = valuesOf(reference);
    return sent.findLast((id) => valuesOf(id).some((value) => values.includes(value))) ?? reference;
  }
}

/** The numbers that an id can be: read as decimal, and as hexadecimal. */
function valuesOf(id: string): bigint[] {
  return [...(/^\d+$/.test(id) ? [BigInt(id)] : []), ...(/^[\da-f]+$/i.test(id) ? [BigInt(`0x${id}`)] : [])];
}
