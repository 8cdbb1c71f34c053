/** When to try again. */

/** The first repeats are quick, because most trouble is short: greylisting, a restart, a lost connection. */
const FIRST_DELAYS_MS = [2_000, 10_000, 30_000, 60_000];
const LONGEST_DELAY_MS = 3_600_000;

/** Milliseconds to wait after the given attempt (from 1): 2 s, 10 s, 30 s, 60 s, then doubling to an hour. */
export function delayAfter(attempt: number): number {
  const quick = FIRST_DELAYS_MS[attempt - 1];
  if (quick !== undefined) return quick;
  return Math.min(LONGEST_DELAY_MS, 60_000 * 2 ** Math.min(attempt - FIRST_DELAYS_MS.length, 10));
}

/** Silent sends in a row after which the channel counts as down. One may be the fault of one message. */
const SILENT_SENDS = 3;
const PROBE_DELAYS_MS = [2_000, 5_000, 10_000, 30_000, 60_000];

/** While a channel is down its messages are tried one at a time; each of them waits no longer than this. */
export const LONGEST_WAIT_WHILE_DOWN_MS = 60_000;

/**
 * One channel as this process sees it. When several sends in a row bring no answer at all, the channel is
 * down: single probes go out instead of a whole queue of attempts, and the first answer opens it again.
 */
export class ChannelHealth {
  #silent = 0;
  #probes = 0;
  #probeAt = 0;

  get down(): boolean {
    return this.#silent >= SILENT_SENDS;
  }

  /** How many more messages may start now, of `free` places, when `running` are being sent. */
  room(now: number, free: number, running: number): number {
    if (!this.down) return free;
    return running === 0 && now >= this.#probeAt ? Math.min(1, free) : 0;
  }

  /** An answer of any kind came. True when the channel was down until now. */
  heard(): boolean {
    const recovered = this.down;
    this.#silent = 0;
    this.#probes = 0;
    return recovered;
  }

  silence(now: number): void {
    const wasDown = this.down;
    this.#silent += 1;
    // Sends that were already running when the channel went down are not probes.
    if (!this.down || (wasDown && now < this.#probeAt)) return;
    const delay =
      PROBE_DELAYS_MS[Math.min(this.#probes, PROBE_DELAYS_MS.length - 1)] ?? LONGEST_WAIT_WHILE_DOWN_MS;
    this.#probeAt = now + delay;
    this.#probes += 1;
  }
}
