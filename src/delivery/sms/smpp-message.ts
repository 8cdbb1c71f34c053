/** A message as a submit_sm, and what the operator's answer to it means. */
import smpp, { type Pdu } from "smpp";
import { type GatewayAnswer, minutesToLive, type Sms } from "./gateway.ts";
import type { SmppAddress } from "./smpp-account.ts";
import { statusName } from "./smpp-connection.ts";

/** data_coding, SMPP 3.4, 5.2.19. */
const OPERATORS_ALPHABET = 0;
const UCS2 = 8;

/** SMS centres commonly keep a message for one to three days, and some refuse more than their own term. */
const MOST_MINUTES = 24 * 60;

/** Octets of a message of one part, and of each part of a longer one beside its header (3GPP TS 23.040). */
const gsmParts = { single: 160, each: 153 };
const ucs2Parts = { single: 140, each: 134 };

export interface SmppText {
  readonly coding: number;
  readonly octets: Buffer;
  readonly parts: number;
}

/** GSM 03.38 where it has every character, else UCS-2: the same choice that a phone makes. */
export function encodeText(text: string): SmppText {
  const gsm = smpp.encodings.ASCII.match(text) && !text.includes("\x1b");
  const octets = gsm ? smpp.encodings.ASCII.encode(text) : Buffer.from(text, "utf16le").swap16();
  const { single, each } = gsm ? gsmParts : ucs2Parts;
  return {
    coding: gsm ? OPERATORS_ALPHABET : UCS2,
    octets,
    parts: octets.length <= single ? 1 : Math.ceil(octets.length / each),
  };
}

/** Longer texts go whole, as message_payload: one submit has one answer and one receipt, parts have many. */
export function submitRequest(from: SmppAddress, sms: Sms, { coding, octets, parts }: SmppText): Pdu {
  return new smpp.PDU("submit_sm", {
    source_addr_ton: from.ton,
    source_addr_npi: from.npi,
    source_addr: from.address,
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: bareNumber(sms.to),
    validity_period: fromNowOn(minutesToLive(sms, MOST_MINUTES)),
    registered_delivery: 1,
    data_coding: coding,
    short_message: parts === 1 ? octets : Buffer.alloc(0),
    ...(parts === 1 ? {} : { message_payload: octets }),
  });
}

/** A time from now on, YYMMDDhhmmsstnnR: SMPP 3.4, 7.1.1.2. */
function fromNowOn(minutes: number): string {
  const parts = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  return `0000${parts.map((part) => String(part).padStart(2, "0")).join("")}00000R`;
}

/** A number as SMPP writes it: digits alone. */
export function bareNumber(to: Sms["to"]): string {
  return to.replace(/\D/g, "");
}

/** Too fast: the connection has to be slower, not this message alone. */
export function asksForPatience(pdu: Pdu): boolean {
  const { ESME_RTHROTTLED, ESME_RMSGQFUL } = smpp.errors;
  return pdu.command_status === ESME_RTHROTTLED || pdu.command_status === ESME_RMSGQFUL;
}

/** Trouble of the operator or of our account there, and none of this message. */
const later = ["RTHROTTLED", "RMSGQFUL", "RSYSERR", "RX_T_APPN", "RINVSRCADR", "RINVSRCTON", "RINVSRCNPI"];
const unreachable = ["RINVBNDSTS", "RINVSYSTYP", "RINVPASWD", "RINVSYSID", "RBINDFAIL"];
/** From here on each operator has numbers of its own, often for an empty balance (SMPP 3.4, 5.1.3). */
const FIRST_OF_THE_OPERATOR = 0x400;

/** Whatever the status, a submit that was not answered with ESME_ROK was not taken over. */
export function judgeSubmit(pdu: Pdu, parts: number): GatewayAnswer {
  const status = pdu.command_status;
  const answer = statusName(status);
  const isOneOf = (names: readonly string[]) => names.some((name) => smpp.errors[`ESME_${name}`] === status);
  if (status === 0 && pdu.command === "submit_sm_resp") {
    return { kind: "accepted", answer, reference: messageId(pdu), parts };
  }
  if (isOneOf(unreachable)) return { kind: "unreachable", answer };
  if (isOneOf(later) || status >= FIRST_OF_THE_OPERATOR) return { kind: "later", answer };
  return { kind: "refused", answer };
}

/** The operator's number of the message, up to 64 characters (SMPP 3.4, 5.2.23). */
function messageId({ message_id: id }: Pdu): string | null {
  return typeof id === "string" ? printable(id) : null;
}

/** What stands before the first octet that is no printable character: some leave the closing zero out. */
export function printable(id: string): string | null {
  return /^[\x21-\x7e]{1,64}/.exec(id)?.[0] ?? null;
}
