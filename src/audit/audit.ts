/** Who did what to whom, when and from where; append-only, each row's hash covering the one before it. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../platform/clock.ts";
import { hashSecret } from "../platform/secrets/secrets.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

export {
  type ActionGroup,
  actionGroups,
  actionsAmongStaff,
  actionsOf,
  nameOfAction,
  refusedActions,
} from "./actions.ts";
export type { EventFilter } from "./rows.ts";

export type AuditDetail = Record<string, string | number | null>;

export interface NewAuditEvent {
  /** `noun.verb` in the past tense, the noun being the feature's: `password.changed`, `session.ended`. */
  action: string;
  /** Who did it: an account id, `cli`, `system`, or `anonymous`. */
  actor: string;
  /** Whom it concerns; null when that is no account, as with an unknown identifier. */
  accountId: string | null;
  /** The client's address; empty when there is none. */
  address: string;
  /** What a reader will ask next. Never a secret, a whole phone number or a password. */
  detail: AuditDetail;
}

export interface AuditEvent extends NewAuditEvent {
  seq: number;
  at: number;
}

export type AuditVerdict =
  | { kind: "whole"; events: number; headHash: string }
  /** `seq`: the first place where the record is not what was written. */
  | { kind: "broken"; seq: number; why: AuditDamage };

export type AuditDamage =
  /** The row's content or its link to the one before is not what was hashed: edited, exchanged, re-linked. */
  | "changed"
  /** There is no row of this number, though later ones or the head say that there was. */
  | "missing"
  /** A row outside of the numbering: before the first or behind the head. */
  | "added"
  /** The head is gone, or does not name the last row. */
  | "head";

const PAGE = 500;
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/**
 * Appends one event in the caller's transaction. It holds the end of the chain until that transaction ends,
 * so on PostgreSQL all others who record wait: make it the last statement.
 */
export async function recordEvent(
  tools: { clock: Clock },
  write: Writer,
  event: NewAuditEvent,
): Promise<void> {
  const { seq, previousHash } = await rows.takePlace(write);
  await rows.appendEvent(write, rowOf(event, { seq, at: tools.clock.now(), previousHash }));
}

/**
 * Appends many events at once, as `recordEvent` does one: the end of the chain is taken once for all of them,
 * so make it the last statement.
 */
export async function recordEvents(
  tools: { clock: Clock },
  write: Writer,
  events: readonly NewAuditEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const { seq, previousHash } = await rows.takePlaces(write, events.length);
  const at = tools.clock.now();
  let previous = previousHash;
  const appended = events.map((event, index) => {
    const row = rowOf(event, { seq: seq - events.length + 1 + index, at, previousHash: previous });
    previous = row.hash;
    return row;
  });
  await rows.appendEvents(write, appended);
}

/**
 * Reads the whole record, page by page, and checks every row against the one before and the last against the
 * head. May run while events are being appended: it judges what was there when it began. Between pages
 * everybody else has their turn.
 */
export async function verifyAudit(read: Reader): Promise<AuditVerdict> {
  const last = await rows.lastSeq(read);
  const head = await rows.headOf(read);
  if (!head) return { kind: "broken", seq: 0, why: "head" };
  if (last > head.seq) return { kind: "broken", seq: head.seq + 1, why: "added" };

  let previous = { seq: 0, hash: "" };
  let after = BEFORE_ALL;
  while (previous.seq < head.seq) {
    const page = await rows.eventsAfter(read, after, PAGE);
    for (const row of page) {
      if (row.seq > head.seq) break;
      const why = damageOf(row, previous);
      if (why) return { kind: "broken", seq: Math.min(row.seq, previous.seq + 1), why };
      previous = row;
    }
    if (page.length < PAGE) break;
    after = previous.seq;
    await nextTurn();
  }
  if (previous.seq < head.seq) return { kind: "broken", seq: previous.seq + 1, why: "missing" };
  if (previous.hash !== head.hash) return { kind: "broken", seq: head.seq, why: "head" };
  return { kind: "whole", events: head.seq, headHash: head.hash };
}

/**
 * What concerns one account, newest first: at most `most` events, none from before the time `since`, none of
 * the actions `except`, and only those before the number `before`, if it is given.
 */
export async function eventsOf(
  read: Reader,
  accountId: string,
  wanted: { most: number; since?: number; before?: number; except?: readonly string[] },
): Promise<AuditEvent[]> {
  const { most, since = 0, before = Number.MAX_SAFE_INTEGER, except = [] } = wanted;
  const found = await rows.latestOf(read, accountId, { before, most, except });
  return found.filter((row) => row.at >= since).map(asEvent);
}

/** Everybody's events that fit, newest first: at most `most`, only those before the number `before`. */
export async function findEvents(
  read: Reader,
  filter: rows.EventFilter,
  wanted: { most: number; before?: number | undefined },
): Promise<AuditEvent[]> {
  const { most, before = Number.MAX_SAFE_INTEGER } = wanted;
  return (await rows.latestFitting(read, filter, before, most)).map(asEvent);
}

/**
 * Everybody's events after a number, oldest first. Whoever goes on from the last of them misses none: each
 * number is seen only after all below it.
 */
export async function eventsAfter(read: Reader, seq: number, most: number): Promise<AuditEvent[]> {
  return (await rows.eventsAfter(read, seq, most)).map(asEvent);
}

/** The number of the last event; 0 when there is none. */
export function lastNumber(read: Reader): Promise<number> {
  return rows.lastSeq(read);
}

/** The number of the last event before a time; 0 when there is none. */
export async function numberBefore(read: Reader, at: number): Promise<number> {
  return (await rows.seqBefore(read, at)) ?? 0;
}

/** The last event of this action, whoever did it. */
export async function lastEvent(read: Reader, action: string): Promise<AuditEvent | undefined> {
  const row = await rows.lastOf(read, action);
  return row && asEvent(row);
}

function rowOf(
  event: NewAuditEvent,
  place: { seq: number; at: number; previousHash: string },
): rows.EventRow {
  const row = {
    seq: place.seq,
    at: place.at,
    action: event.action,
    actor: event.actor,
    account_id: event.accountId,
    address: event.address,
    detail: JSON.stringify(event.detail),
    previous_hash: place.previousHash,
  };
  return { ...row, hash: hashOf(row) };
}

function asEvent(row: rows.EventRow): AuditEvent {
  return {
    seq: row.seq,
    at: row.at,
    action: row.action,
    actor: row.actor,
    accountId: row.account_id,
    address: row.address,
    detail: JSON.parse(row.detail) as AuditDetail,
  };
}

function damageOf(row: rows.EventRow, previous: { seq: number; hash: string }): AuditDamage | undefined {
  if (row.seq > previous.seq + 1) return "missing";
  if (row.seq < previous.seq + 1) return "added";
  return row.previous_hash === previous.hash && row.hash === hashOf(row) ? undefined : "changed";
}

/**
 * A JSON array of texts, numbers and null reads in one way only: no field can lend characters to the next.
 */
function hashOf(row: Omit<rows.EventRow, "hash">): string {
  const { seq, at, action, actor, account_id, address, detail, previous_hash } = row;
  const fields = ["audit 1", seq, at, action, actor, account_id, address, detail, previous_hash];
  return hashSecret(JSON.stringify(fields));
}
