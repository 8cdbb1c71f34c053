/** The only place that reads the time. Everything else receives a clock, so tests can move it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC, an integer. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
