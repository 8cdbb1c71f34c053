/**
 * A bounded pool before a bounded queue. Hashing is the one piece of work here that costs a core for tens of
 * milliseconds: taking more of it than can be finished in time would make every page slow and help nobody.
 */

/** There is more hashing to do than can be finished in time. The answer is 503 with `Retry-After`. */
export class HashingOverloaded extends Error {
  override readonly name = "HashingOverloaded";
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super("more passwords to hash than can be done in time");
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface PoolStats {
  running: number;
  waiting: number;
  /** How many may wait just now. */
  room: number;
  /** Moving average of one piece of work, milliseconds. */
  averageMs: number;
  /** Turned away since the start: at the door because the queue was full, or from the queue as too late. */
  refused: number;
}

interface Waiting {
  since: number;
  start(): void;
  refuse(): void;
}

/**
 * The queue takes what is expected to start within this share of the deadline; the rest is room for a bad
 * guess.
 */
const SHARE_OF_DEADLINE = 0.8;
/** Weight of the newest duration in the moving average: about the last twenty count. */
const WEIGHT = 0.1;

export class Pool {
  readonly #parallel: number;
  readonly #deadlineMs: number;
  readonly #now: () => number;
  readonly #queue: Waiting[] = [];
  #idling: (() => void)[] = [];
  #running = 0;
  #averageMs: number;
  #refused = 0;

  /** `expectedMs`: a first guess of one piece of work, corrected by what is measured. `now` is monotonic. */
  constructor(
    limits: { parallel: number; queueSeconds: number; expectedMs: number },
    now: () => number = () => performance.now(),
  ) {
    this.#parallel = limits.parallel;
    this.#deadlineMs = limits.queueSeconds * 1000;
    this.#averageMs = limits.expectedMs;
    this.#now = now;
  }

  /** Refuses as `run` would now, before anything else is spent on the request. */
  assertRoom(): void {
    if (this.#running >= this.#parallel && this.#queue.length >= this.#room()) throw this.#overloaded();
  }

  /**
   * Runs `work` in the order of the calls, at most `parallel` at once. Throws `HashingOverloaded`: at once
   * when the queue is full, and to who has waited longer than `queueSeconds`, whose browser has given up by
   * then.
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#parallel) return this.#serve(work);
    if (this.#queue.length >= this.#room()) return Promise.reject(this.#overloaded());
    return new Promise((resolve, reject) => {
      this.#queue.push({
        since: this.#now(),
        start: () => resolve(this.#serve(work)),
        refuse: () => reject(this.#overloaded()),
      });
    });
  }

  /** Resolves when nothing is running or waiting. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idling.push(resolve);
    });
  }

  stats(): PoolStats {
    return {
      running: this.#running,
      waiting: this.#queue.length,
      room: this.#room(),
      averageMs: this.#averageMs,
      refused: this.#refused,
    };
  }

  async #serve<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    const started = this.#now();
    try {
      return await work();
    } finally {
      this.#averageMs += WEIGHT * (this.#now() - started - this.#averageMs);
      this.#running -= 1;
      this.#startWaiting();
    }
  }

  #startWaiting(): void {
    while (this.#running < this.#parallel) {
      const next = this.#queue.shift();
      if (!next) break;
      if (this.#now() - next.since > this.#deadlineMs) next.refuse();
      else next.start();
    }
    if (this.#running > 0) return;
    for (const resolve of this.#idling) resolve();
    this.#idling = [];
  }

  #room(): number {
    const inTime = (this.#parallel * this.#deadlineMs * SHARE_OF_DEADLINE) / this.#averageMs;
    return Math.max(this.#parallel, Math.floor(inTime));
  }

  #overloaded(): HashingOverloaded {
    this.#refused += 1;
    return new HashingOverloaded(Math.max(1, Math.ceil(this.#deadlineMs / 1000)));
  }
}
