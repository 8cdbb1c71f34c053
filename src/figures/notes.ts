/**
 * What happens and is in no record. Deliveries are noted in the transaction that ends a message, by one more
 * row of it. What is only looked at is kept in memory and written down within a minute: looking at a page
 * costs nothing, and whoever looks a thousand times is one entry.
 */
import type { Writer } from "../platform/store/store.ts";
import { type OutdatedCause, waysBack } from "./catalogue.ts";
import { insertNotes, type NoteRow } from "./rows.ts";

type Note = Omit<NoteRow, "id">;

export interface Delivered {
  readonly channel: string;
  /** The stored address or number. */
  readonly to: string;
  /** Only SMS have one. */
  readonly gateway: string;
  /** Whether the other side took it over; `undelivered`: it did, and tells later that it got no further. */
  readonly result: "accepted" | "failed" | "undelivered";
  readonly at: number;
  /** null when the end is told a second time, as `undelivered` is. */
  readonly message: {
    readonly kind: string;
    readonly accountId: string | null;
    readonly createdAt: number;
  } | null;
}

/** Notes the end of a message, in the transaction of that end. */
export async function noteDelivery(write: Writer, ended: Delivered): Promise<void> {
  const { channel, at, message, result } = ended;
  if (channel !== "email" && channel !== "sms") return;
  const label = channel === "email" ? domainOf(ended.to) : `${ended.gateway} ${beginningOf(ended.to)}`.trim();
  const sent = result === "accepted" && message && waysBack.includes(message.kind) ? message : null;
  const note = { figure: channel === "email" ? "mail" : "sms", label: `${label} ${result}`, at };
  await insertNotes(write, [
    { ...note, account_id: sent?.accountId ?? null, sent_since: sent?.accountId ? sent.createdAt : null },
  ]);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** As much of a number as tells its operator, and nobody: `+7916`, elsewhere the country. */
function beginningOf(number: string): string {
  return number.slice(0, number.startsWith("+7") ? 5 : 4);
}

/** Pages that were seen here since they were last written down. */
export interface Sightings {
  /** The page for the new password stood before somebody. */
  opened(accountId: string, at: number): void;
  outdated(accountId: string, cause: OutdatedCause, at: number): void;
  /** Hands over what was seen, and forgets it. */
  take(): Note[];
  /** Takes back what could not be written. */
  putBack(notes: readonly Note[]): void;
}

/** More than one process answers within a minute; what is beyond it is not counted. */
const MOST_KEPT = 20_000;

export function createSightings(): Sightings {
  const seen = new Map<string, Note>();
  const keep = (note: Note) => {
    const key = `${note.figure} ${note.label} ${note.account_id}`;
    if (!seen.has(key) && seen.size < MOST_KEPT) seen.set(key, note);
  };
  return {
    opened: (accountId, at) =>
      keep({ figure: "opened", label: "", at, account_id: accountId, sent_since: null }),
    outdated: (accountId, cause, at) =>
      keep({ figure: "outdated", label: cause, at, account_id: accountId, sent_since: null }),
    take() {
      const notes = [...seen.values()];
      seen.clear();
      return notes;
    },
    putBack(notes) {
      for (const note of notes) keep(note);
    },
  };
}
