/** One attempt to send one row: what its template makes of it and what the other side answers. */

import type { Reader } from "../platform/store/store.ts";
import { StoreUnavailable } from "../platform/store/store.ts";
import { parseMailAddress } from "./address.ts";
import type {
  Catalogue,
  MessageData,
  PortalLook,
  PortalLooks,
  Prepared,
  QueuedMessage,
} from "./catalogue.ts";
import { plainLine } from "./letter.ts";
import { composeLetter } from "./mail.ts";
import type { MessageRow } from "./rows.ts";
import type { Answer, Parcel, Transport } from "./transport.ts";

export interface Transports {
  readonly email: Transport;
  /** null: no gateway and no trial inbox. */
  readonly sms: Transport | null;
  /** null: nobody here speaks to portals. */
  readonly portal?: Transport | null;
}

export type Outcome =
  | Answer
  /** Not sent, and there is no point in trying again. */
  | { readonly kind: "dropped" | "failed"; readonly answer: string }
  /** Our own trouble in writing the message down; the channel was not asked. */
  | { readonly kind: "unwritten"; readonly answer: string };

export interface AttemptTools {
  readonly read: Reader;
  readonly catalogue: Catalogue;
  readonly transports: Transports;
  readonly portals: PortalLooks;
  readonly mailFrom: string;
  /** The envelope's sender of one letter; without it, `mailFrom`. */
  readonly returnPath?: ((messageId: string) => string | undefined) | undefined;
  report(fault: unknown, about: { messageId: string; kind: string }): void;
}

/** Never rejects: whatever is wrong with a row is the outcome of that row alone. */
export async function attempt(tools: AttemptTools, row: MessageRow): Promise<Outcome> {
  const template = Object.hasOwn(tools.catalogue, row.kind) ? tools.catalogue[row.kind] : undefined;
  // While instances are replaced one by one, a newer one may put in what only a newer one can write.
  if (!template)
    return {
      kind: "unwritten",
      answer: `could not be written: nobody here writes messages of the kind ${row.kind}`,
    };
  const transport = tools.transports[row.channel];
  if (!transport) return { kind: "failed", answer: `no gateway for ${row.channel}` };
  const data = parseData(row.data);
  if (!data) return { kind: "failed", answer: "the data of the message is damaged" };

  const portal = tools.portals.portal(row.portal_id ?? "") ?? tools.portals.defaultPortal();
  const message = queuedMessage(row, data, portal);
  try {
    const prepared = await template.prepare(tools.read, message);
    if (prepared.kind === "dropped") return { kind: "dropped", answer: prepared.reason };
    const parcel = await wrap(message, prepared, tools, row.give_up_at);
    if (parcel.kind === "failed") return parcel;
    return await transport.send(parcel.parcel);
  } catch (fault) {
    // The text of a fault may quote what it stumbled over, so the trace gets its name alone.
    tools.report(fault, { messageId: row.id, kind: row.kind });
    const name = fault instanceof StoreUnavailable ? "the database does not answer" : faultName(fault);
    return { kind: "unwritten", answer: `could not be written: ${name}` };
  }
}

async function wrap(
  message: QueuedMessage,
  prepared: Exclude<Prepared, { kind: "dropped" }>,
  { mailFrom, returnPath }: Pick<AttemptTools, "mailFrom" | "returnPath">,
  livesUntil: number,
): Promise<{ kind: "parcel"; parcel: Parcel } | { kind: "failed"; answer: string }> {
  if (message.channel !== channelOf[prepared.kind]) {
    return { kind: "failed", answer: `a ${prepared.kind} cannot go out by ${message.channel}` };
  }
  if (prepared.kind === "call") {
    const { id, kind, to, language } = message;
    const { url, form } = prepared;
    return { kind: "parcel", parcel: { channel: "portal", id, kind, to, language, url, form } };
  }
  if (prepared.kind === "sms") {
    const { id, kind, to, language } = message;
    const { text } = prepared;
    return { kind: "parcel", parcel: { channel: "sms", id, kind, to, language, text, livesUntil } };
  }
  const address = parseMailAddress(message.to);
  if (address.kind === "refused")
    return { kind: "failed", answer: "the stored address is not a plain address" };
  const { name, senderName, hue } = message.portal;
  const sender = { from: { name: senderName, address: mailFrom }, portalName: name, hue };
  const parcel = await composeLetter(
    { ...message, to: address.address },
    prepared.letter,
    sender,
    returnPath?.(message.id),
  );
  return { kind: "parcel", parcel };
}

const channelOf = { letter: "email", sms: "sms", call: "portal" } as const;

function queuedMessage(row: MessageRow, data: MessageData, portal: PortalLook): QueuedMessage {
  return {
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    accountId: row.account_id,
    to: row.sent_to,
    language: row.language,
    data,
    createdAt: row.created_at,
    portal,
  };
}

function parseData(text: string): MessageData | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as MessageData)
      : undefined;
  } catch {
    return undefined;
  }
}

function faultName(fault: unknown): string {
  return fault instanceof Error ? fault.name : typeof fault;
}

/** How much of a server's answer the trace keeps. */
const KEPT_ANSWER = 300;

/** The other side's words for the trace: one line without control characters, cut to 300 characters. */
export function traceDetail(answer: string): string {
  return [...plainLine(answer)].slice(0, KEPT_ANSWER).join("");
}
