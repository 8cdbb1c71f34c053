/** What became of messages: each with its steps, in the order in which they happened. */
import type { Clock } from "../../platform/clock.ts";
import type { Reader, Store, Writer } from "../../platform/store/store.ts";
import { traceDetail } from "../attempt.ts";
import { type EventRow, insertEvents, type MessageRow } from "../rows.ts";
import * as rows from "./rows.ts";

export type { MessageFilter, MessagePlace } from "./rows.ts";

export interface MessageTrace {
  readonly id: string;
  readonly kind: string;
  readonly channel: MessageRow["channel"];
  readonly accountId: string | null;
  readonly to: string;
  readonly language: MessageRow["language"];
  readonly state: MessageRow["state"];
  /** The last report about it: of a gateway, or that a letter came back; null: none yet. */
  readonly status: MessageRow["status"];
  readonly gateway: string | null;
  /** Whose name and look it carries; null: the installation's. */
  readonly portalId: string | null;
  /** The short number that stands in it; null: it has none. */
  readonly number: number | null;
  /** What its link or code belongs to; null: it has none. */
  readonly about: string | null;
  readonly createdAt: number;
  /** Until when it is tried, while it waits. */
  readonly giveUpAt: number;
  readonly nextAttemptAt: number;
  readonly steps: readonly Pick<EventRow, "at" | "step" | "detail">[];
}

/** How many messages of one account a trace shows. */
const TRACED = 50;

/** The newest 50 messages of an account, newest first, each with its steps in order. */
export async function traceOf(read: Reader, accountId: string): Promise<MessageTrace[]> {
  return withSteps(read, await rows.messagesOf(read, accountId, TRACED));
}

/** One message; undefined for what was never sent to anybody, and for what is not there. */
export async function traceById(read: Reader, id: string): Promise<MessageTrace | undefined> {
  const message = await rows.messageById(read, id);
  return message && (await withSteps(read, [message]))[0];
}

/**
 * A page of all messages, newest first. Two or three statements, each over 5,000 rows at most: `next` may
 * follow after few finds, or none.
 */
export async function listMessages(
  read: Reader,
  wish: { filter: rows.MessageFilter; after: rows.MessagePlace | undefined; most: number },
): Promise<{ messages: MessageTrace[]; next: rows.MessagePlace | undefined }> {
  const { found, next } = await rows.pageOfMessages(read, wish);
  return { messages: await withSteps(read, found), next };
}

async function withSteps(read: Reader, messages: readonly MessageRow[]): Promise<MessageTrace[]> {
  const events = await rows.eventsOf(
    read,
    messages.map((message) => message.id),
  );
  const steps = Map.groupBy(events, (event) => event.message_id);
  return messages.map((message) => ({
    id: message.id,
    kind: message.kind,
    channel: message.channel,
    accountId: message.account_id,
    to: message.sent_to,
    language: message.language,
    state: message.state,
    status: message.status,
    gateway: message.gateway,
    portalId: message.portal_id,
    number: message.number,
    about: message.about,
    createdAt: message.created_at,
    giveUpAt: message.give_up_at,
    nextAttemptAt: message.next_attempt_at,
    steps: (steps.get(message.id) ?? []).map(({ at, step, detail }) => ({ at, step, detail })),
  }));
}

type Seen = "seen" | "opened" | "used";

/**
 * Adds what the recipient did, to the newest message about this, once: its link was fetched (`seen`),
 * somebody sent the form behind it or its code (`opened`), it did what it is for (`used`).
 */
export async function traceAbout(
  tools: { clock: Clock },
  write: Writer,
  about: string,
  step: Seen,
  detail = "",
): Promise<void> {
  const message = await rows.newestAbout(write, about, step);
  if (!message || Number(message.came) > 0) return;
  const event = { messageId: message.id, at: tools.clock.now(), step, detail: traceDetail(detail) };
  await insertEvents(write, [event]);
}

/** The same outside of a transaction; writes nothing from the second time on. */
export async function traceSeen(
  tools: { clock: Clock; store: Store },
  about: string,
  step: Exclude<Seen, "used">,
  detail = "",
): Promise<void> {
  const message = await rows.newestAbout(tools.store.read, about, step);
  if (!message || Number(message.came) > 0) return;
  await tools.store.transact((write) => traceAbout(tools, write, about, step, detail));
}
