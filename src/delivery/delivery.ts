/**
 * Messages that leave the house. A message is written into the outbox in the transaction of the change it
 * speaks of, so either both are kept or neither; the worker sends it at least once and traces every step.
 */
import type { Clock } from "../platform/clock.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import { afterCommit, type Store, type Writer } from "../platform/store/store.ts";
import { parseMailAddress } from "./address.ts";
import type { DeliveryBell } from "./bell.ts";
import type { Channel, MessageData } from "./catalogue.ts";
import { deleteOld, insertEvents, insertMessage, insertMessages, type MessageRow } from "./rows.ts";

export { type ParsedAddress, parseMailAddress } from "./address.ts";
export type { Transports } from "./attempt.ts";
export { createDeliveryBell, type DeliveryBell } from "./bell.ts";
export { bounceHandler, refusalNoter, returnPath, type Undeliverable } from "./bounces/bounces.ts";
export { watchEventLoop } from "./busy.ts";
export {
  type Catalogue,
  type MessageData,
  type MessageTemplate,
  type Prepared,
  pageUrl,
  type QueuedMessage,
} from "./catalogue.ts";
export { createDeliveryFigures, type DeliveryFigures } from "./figures.ts";
export type { Letter } from "./letter.ts";
export type { Sender } from "./mail.ts";
export { createPortalTransport } from "./portal-calls.ts";
export { reportAddresses, reportLost, reportsPath, takeReports } from "./reports/reports.ts";
export { oldestWaiting } from "./rows.ts";
export { withBoundLine } from "./sms/bound-line.ts";
export {
  type Admission,
  admitSms,
  admitSmsAfter,
  reachesBySms,
  type SmsGuardTools,
  type SmsWish,
  smsConfirmed,
} from "./sms/guard.ts";
export { createSmsTransport, type NamedGateway, openGateways } from "./sms/router.ts";
export { createSmtpTransport } from "./smtp.ts";
export { letterWithoutSecrets } from "./trace/safe-letter.ts";
export {
  listMessages,
  type MessageFilter,
  type MessagePlace,
  type MessageTrace,
  traceAbout,
  traceById,
  traceOf,
  traceSeen,
} from "./trace/trace.ts";
export type { Answer, Parcel, Transport } from "./transport.ts";
export { createTrialInbox, type TrialInbox, type TrialMessage } from "./trial-inbox.ts";
export { type Delivery, startDelivery } from "./worker.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long an ordinary message is tried. */
const GIVE_UP_AFTER_MS = DAY_MS;
/** How long a security notice is tried, as Postfix does with all mail. */
export const NOTICE_GIVE_UP_AFTER_MS = 5 * DAY_MS;

export interface NewMessage {
  /** Names the template; also a header and part of the List-Id, so: lower-case words joined by hyphens. */
  readonly kind: string;
  readonly channel: Channel;
  readonly accountId: string | null;
  /** The stored address, never what was typed. Empty: a shadow, which costs the same and is never sent. */
  readonly to: string;
  readonly language: Language;
  readonly data: MessageData;
  /** Whose name and look it carries; the installation's without it. */
  readonly portalId?: string | null | undefined;
  /** Default 24 hours. */
  readonly giveUpAfterMs?: number;
  /** What its link or code belongs to, by which `traceAbout` finds it again. */
  readonly about?: string;
  /** The short number that stands in it, by which people name it. */
  readonly number?: number;
}

/**
 * Puts a message into the outbox, in the caller's transaction, and rings the worker once that is committed.
 * Returns the message's id. Two statements, for a shadow as well.
 */
export async function putMessage(tools: PutTools, write: Writer, message: NewMessage): Promise<string> {
  const row = rowOf(message, tools.clock.now());
  await insertMessage(write, row);
  await notePut(tools, write, [row]);
  return row.id;
}

/** The same for several at once: also two statements, none for none. */
export async function putMessages(
  tools: PutTools,
  write: Writer,
  messages: readonly NewMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((message) => rowOf(message, tools.clock.now()));
  await insertMessages(write, rows);
  await notePut(tools, write, rows);
}

interface PutTools {
  clock: Clock;
  deliveryBell: Pick<DeliveryBell, "ring">;
}

async function notePut(tools: PutTools, write: Writer, rows: readonly MessageRow[]): Promise<void> {
  const queued = ({ id, created_at: at }: MessageRow) =>
    ({ messageId: id, at, step: "queued", detail: "" }) as const;
  await insertEvents(write, rows.map(queued));
  afterCommit(write, () => tools.deliveryBell.ring());
}

function rowOf(message: NewMessage, now: number): MessageRow {
  return {
    id: newId(),
    kind: message.kind,
    channel: message.channel,
    account_id: message.accountId,
    sent_to: message.to,
    language: message.language,
    data: JSON.stringify(message.data),
    state: message.to === "" ? "shadow" : "queued",
    attempts: 0,
    trouble: null,
    next_attempt_at: now,
    give_up_at: now + (message.giveUpAfterMs ?? GIVE_UP_AFTER_MS),
    lease_owner: null,
    lease_until: 0,
    created_at: now,
    finished_at: null,
    gateway: null,
    reference: null,
    status: null,
    ask_at: null,
    portal_id: message.portalId ?? null,
    about: message.about ?? null,
    number: message.number ?? null,
    ...keysOf(message),
  };
}

/** As contacts are looked for: a letter's address in its canonical spelling. */
function keysOf({ channel, to }: NewMessage): { to_key: string; domain: string } {
  if (channel !== "email") return { to_key: to, domain: "" };
  const parsed = parseMailAddress(to);
  const key = (parsed.kind === "address" ? parsed.address : to).toLowerCase();
  return { to_key: key, domain: key.replace(/^.*@/, "") };
}

/**
 * Deletes shadows older than an hour and finished messages older than `keepFinishedMs` (180 days) with their
 * trace, in small transactions, and returns how many went.
 */
export async function purgeMessages(
  tools: { clock: Clock; store: Store },
  keepFinishedMs: number = 180 * DAY_MS,
): Promise<number> {
  const now = tools.clock.now();
  const limits = { shadowsBefore: now - HOUR_MS, finishedBefore: now - keepFinishedMs };
  let purged = 0;
  for (;;) {
    const deleted = await tools.store.transact((write) => deleteOld(write, limits));
    if (deleted === 0) return purged;
    purged += deleted;
  }
}
