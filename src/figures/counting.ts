/** Counts in memory what one batch brings, and how far each way back in got by it. */
import type { AuditEvent } from "../audit/audit.ts";
import { countsOf, type Figure, type Step, steps } from "./catalogue.ts";
import { bucketOf } from "./histogram.ts";
import type { AttemptRow, CountRow, NoteRow } from "./rows.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Two clock readings of one transaction, and of two instances, are no further apart. */
const APART_MS = 5_000;
/** The longest life of a link and of the page behind it. */
const LONGEST_ATTEMPT_MS = 25 * HOUR_MS;

export class Batch {
  readonly #openMs: number;
  readonly #counts = new Map<string, CountRow>();
  readonly #attempts: Map<string, AttemptRow[]>;
  readonly #changed = new Set<AttemptRow>();

  /**
   * `known`: the attempts of the accounts in this batch, the oldest first. `openMs`: how long a request goes
   * on with the one before it.
   */
  constructor(known: readonly AttemptRow[], openMs: number) {
    this.#openMs = openMs;
    const own = known.map((row) => ({ ...row }));
    this.#attempts = Map.groupBy(own, (row) => row.account_id);
  }

  counts(): CountRow[] {
    return [...this.#counts.values()];
  }

  /** The attempts that are new or got further. */
  attempts(): AttemptRow[] {
    return [...this.#changed];
  }

  /** An event of the record. */
  takeEvent(event: AuditEvent): void {
    for (const { figure, label } of countsOf(event)) this.#add(figure, event.at, label);
    const { accountId, at, detail } = event;
    if (accountId === null) return;
    if (isAsk(event)) this.#ask(accountId, at, String(detail.channel));
    if (!isChange(event)) return;
    const attempt = this.#latest(accountId, at);
    if (!attempt || attempt.step === "changed" || at - attempt.last_asked_at > LONGEST_ATTEMPT_MS) return;
    this.#reach(attempt, "changed");
    this.#add("recovery-time", attempt.asked_at, bucketOf(at - attempt.asked_at));
  }

  /** What the record does not tell. */
  takeNote({ figure, label, at, account_id: accountId, sent_since: since }: NoteRow): void {
    if (figure === "mail" || figure === "sms") this.#add(figure, at, label);
    const attempt = accountId === null ? undefined : this.#latest(accountId, since ?? at);
    if (!attempt) return;
    if (since !== null) this.#reach(attempt, "sent");
    if (figure === "opened") this.#reach(attempt, "opened");
    if (figure === "outdated") this.#meetOutdated(attempt, at, label);
  }

  #add(figure: Figure, at: number, label: string): void {
    for (const [grain, length] of grains) {
      const start = Math.floor(at / length) * length;
      const key = `${figure} ${grain} ${start} ${label}`;
      const count = (this.#counts.get(key)?.count ?? 0) + 1;
      this.#counts.set(key, { figure, grain, at: start, label, count });
    }
  }

  #latest(accountId: string, at: number): AttemptRow | undefined {
    return this.#attempts.get(accountId)?.findLast((attempt) => attempt.asked_at <= at + APART_MS);
  }

  #ask(accountId: string, at: number, channel: string): void {
    const before = this.#latest(accountId, at);
    if (before && before.step !== "changed" && at - before.last_asked_at < this.#openMs) {
      before.last_asked_at = at;
      this.#changed.add(before);
      return;
    }
    const times = { asked_at: at, last_asked_at: at };
    const attempt = { account_id: accountId, ...times, channel, step: "asked", outdated: "" } as const;
    this.#attempts.set(accountId, [...(this.#attempts.get(accountId) ?? []), attempt]);
    this.#add("recovery", at, `${channel} asked`);
    this.#changed.add(attempt);
  }

  /** Whoever changed the password has opened the letter, whatever was noticed of it. */
  #reach(attempt: AttemptRow, step: Step): void {
    for (const passed of steps.slice(steps.indexOf(attempt.step) + 1, steps.indexOf(step) + 1)) {
      this.#add("recovery", attempt.asked_at, `${attempt.channel} ${passed}`);
      attempt.step = passed;
      this.#changed.add(attempt);
    }
  }

  /** Each cause counts once in an attempt, however often its page is loaded. */
  #meetOutdated(attempt: AttemptRow, at: number, cause: string): void {
    const met = attempt.outdated === "" ? [] : attempt.outdated.split(",");
    if (met.includes(cause)) return;
    attempt.outdated = [...met, cause].join(",");
    this.#add("outdated", at, cause);
    this.#changed.add(attempt);
  }
}

const grains = [
  ["hour", HOUR_MS],
  ["day", DAY_MS],
] as const;

function isAsk({ action, detail }: AuditEvent): boolean {
  return action === "recovery.asked" && detail.result === "person";
}

function isChange({ action, detail }: AuditEvent): boolean {
  return action === "password.changed" && detail.how === "recovery";
}

/** The accounts whose attempts a batch needs to know. */
export function accountsIn(events: readonly AuditEvent[], notes: readonly NoteRow[]): string[] {
  const ids = new Set<string>();
  for (const event of events) {
    if (event.accountId !== null && (isAsk(event) || isChange(event))) ids.add(event.accountId);
  }
  for (const { account_id: id } of notes) if (id !== null) ids.add(id);
  return [...ids];
}
