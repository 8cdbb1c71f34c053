/** The arithmetic of budgets, without database and clock. */

/** `limit` at once, refilled evenly over `perMs`: a token bucket, computed as GCRA. */
export interface RateBudget {
  kind: "rate";
  name: string;
  limit: number;
  perMs: number;
}

/**
 * Several rates kept in one row: what one of them refuses, none of them counts. Each of `windows` is its
 * limit and the time in ms over which it is refilled.
 */
export interface WindowsBudget {
  kind: "windows";
  name: string;
  windows: readonly (readonly [limit: number, perMs: number])[];
}

/**
 * Failures in a row: `free` at once, then one after each of `delaysSeconds`, the last of which repeats.
 * Forgotten after `forgetAfterMs` without a try, or when a try succeeds and the budget is cleared. At
 * `ceiling` in a row nothing is allowed until then.
 */
export interface StreakBudget {
  kind: "streak";
  name: string;
  free: number;
  delaysSeconds: readonly number[];
  forgetAfterMs: number;
  ceiling?: number;
  /** From so many failures on, the pause after each is at least so long. */
  rest?: { after: number; forMs: number };
}

export type Budget = RateBudget | WindowsBudget | StreakBudget;

/** What has been spent. `full_at`: from when on nothing of it counts any more. */
export interface Spent {
  full_at: number;
  streak: number;
  last_at: number;
  /** When each window of a windows budget will be full again, parted by commas. */
  windows: string;
}

export const NOTHING_SPENT: Spent = { full_at: 0, streak: 0, last_at: 0, windows: "" };

/**
 * What was counted while the clock was ahead moves back with the clock. To be kept, also when the try is
 * refused: reckoned anew at each try, the wait would begin anew as well, until the clock is where it wrongly
 * was.
 */
export function setRight(spent: Spent, now: number): Spent {
  const ahead = spent.last_at - now;
  if (ahead <= 0) return spent;
  const windows = written(timesOf(spent).map((fullAt) => fullAt - ahead));
  return { ...spent, full_at: spent.full_at - ahead, last_at: now, windows };
}

/** When the next try is allowed: not after `now` if it is allowed already. */
export function allowedAt(budget: Budget, spent: Spent, now: number): number {
  switch (budget.kind) {
    case "rate":
      return roomAt(budget, spent.full_at, now);
    case "windows":
      return Math.max(...bucketsOf(budget, spent).map(([rate, fullAt]) => roomAt(rate, fullAt, now)));
    case "streak": {
      const failures = failuresInARow(budget, spent, now);
      const last = Math.min(spent.last_at, now);
      if (failures >= (budget.ceiling ?? Number.POSITIVE_INFINITY)) return last + budget.forgetAfterMs;
      return last + Math.max(1000 * delaySeconds(budget, failures), restMs(budget, failures));
    }
  }
}

export function charge(budget: Budget, spent: Spent, now: number): Spent {
  switch (budget.kind) {
    case "rate":
      return { ...NOTHING_SPENT, full_at: fuller(budget, spent.full_at, now), last_at: now };
    case "windows":
      return windowsSpent(
        bucketsOf(budget, spent).map(([rate, fullAt]) => fuller(rate, fullAt, now)),
        now,
      );
    case "streak": {
      const streak = failuresInARow(budget, spent, now) + 1;
      return { ...NOTHING_SPENT, full_at: now + budget.forgetAfterMs, streak, last_at: now };
    }
  }
}

export function refund(budget: Budget, spent: Spent): Spent {
  switch (budget.kind) {
    case "rate":
      return { ...spent, full_at: emptier(budget, spent.full_at) };
    case "windows":
      return windowsSpent(
        bucketsOf(budget, spent).map(([rate, fullAt]) => emptier(rate, fullAt)),
        spent.last_at,
      );
    case "streak":
      return { ...spent, streak: Math.max(0, spent.streak - 1) };
  }
}

type Rate = Pick<RateBudget, "limit" | "perMs">;

/** The time that one try takes to come back. */
function shareOf(rate: Rate): number {
  return Math.floor(rate.perMs / rate.limit);
}

/** Not later than an empty bucket would be: a clock that was ahead must not close the door for longer. */
function bounded(rate: Rate, fullAt: number, now: number): number {
  return Math.min(Math.max(fullAt, now), now + rate.perMs);
}

function fuller(rate: Rate, fullAt: number, now: number): number {
  return bounded(rate, fullAt, now) + shareOf(rate);
}

function emptier(rate: Rate, fullAt: number): number {
  return Math.max(0, fullAt - shareOf(rate));
}

function roomAt(rate: Rate, fullAt: number, now: number): number {
  return fuller(rate, fullAt, now) - rate.perMs;
}

/** Each window as a rate of its own, with when it will be full again. */
function bucketsOf(budget: WindowsBudget, spent: Spent): [rate: Rate, fullAt: number][] {
  const times = timesOf(spent);
  return budget.windows.map(([limit, perMs], index) => [{ limit, perMs }, times[index] ?? 0]);
}

function windowsSpent(times: number[], lastAt: number): Spent {
  return { full_at: Math.max(...times), streak: 0, last_at: lastAt, windows: written(times) };
}

function timesOf(spent: Spent): number[] {
  return spent.windows === "" ? [] : spent.windows.split(",").map(Number);
}

function written(times: number[]): string {
  return times.join(",");
}

function failuresInARow(budget: StreakBudget, spent: Spent, now: number): number {
  return now - spent.last_at >= budget.forgetAfterMs ? 0 : spent.streak;
}

function restMs({ rest }: StreakBudget, failures: number): number {
  return rest !== undefined && failures >= rest.after ? rest.forMs : 0;
}

function delaySeconds(budget: StreakBudget, failures: number): number {
  const { free, delaysSeconds } = budget;
  if (failures < free || delaysSeconds.length === 0) return 0;
  return delaysSeconds[Math.min(failures - free, delaysSeconds.length - 1)] ?? 0;
}
