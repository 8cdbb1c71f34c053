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

export interface Pool {
  /** Runs `work` in the order of the calls, at most `parallel` at once. Throws `HashingOverloaded`. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is running or waiting. */
  idle(): Promise<void>;
  stats(): PoolStats;
}

interface Waiting {
  since: number;
  start(): void;
  refuse(): void;
}

/** The queue takes what is expected to start within this share of the deadline; the rest is room for a bad guess. */
const SHARE_OF_DEADLINE = 0.8;
/** Weight of the newest duration in the moving average: about the last twenty count. */
const WEIGHT = 0.1;

/**
 * `expectedMs` is the first guess of one piece of work, corrected by what is measured; `now` is monotonic.
 * Who has waited longer than `queueSeconds` is refused rather than served late: the browser has given up by then.
 */
export function createPool(
  limits: { parallel: number; queueSeconds: number; expectedMs: number },
  now: () => number = () => performance.now(),
): Pool {
  const { parallel } = limits;
  const deadlineMs = limits.queueSeconds * 1000;
  const queue: Waiting[] = [];
  let idling: (() => void)[] = [];
  let running = 0;
  let averageMs = limits.expectedMs;
  let refused = 0;

  const room = () => Math.max(parallel, Math.floor((parallel * deadlineMs * SHARE_OF_DEADLINE) / averageMs));
  const overloaded = () => {
    refused += 1;
    return new HashingOverloaded(Math.max(1, Math.ceil(limits.queueSeconds)));
  };

  const serve = async <T>(work: () => Promise<T>): Promise<T> => {
    running += 1;
    const started = now();
    try {
      return await work();
    } finally {
      averageMs += WEIGHT * (now() - started - averageMs);
      running -= 1;
      startWaiting();
    }
  };

  const startWaiting = () => {
    while (running < parallel) {
      const next = queue.shift();
      if (!next) break;
      if (now() - next.since > deadlineMs) next.refuse();
      else next.start();
    }
    if (running > 0 || queue.length > 0) return;
    for (const resolve of idling) resolve();
    idling = [];
  };

  return {
    run(work) {
      if (running < parallel) return serve(work);
      if (queue.length >= room()) return Promise.reject(overloaded());
      return new Promise((resolve, reject) => {
        queue.push({
          since: now(),
          start: () => resolve(serve(work)),
          refuse: () => reject(overloaded()),
        });
      });
    },
    idle: () =>
      running === 0 && queue.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            idling.push(resolve);
          }),
    stats: () => ({ running, waiting: queue.length, room: room(), averageMs, refused }),
  };
}
