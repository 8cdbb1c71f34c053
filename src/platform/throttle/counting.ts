/** The arithmetic of budgets, without database and clock. */

/** `limit` at once, refilled evenly over `perMs`: a token bucket, computed as GCRA. */
export interface RateBudget {
  kind: "rate";
  name: string;
  limit: number;
  perMs: number;
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
}

export type Budget = RateBudget | StreakBudget;

/** What has been spent. `full_at`: from when on nothing of it counts any more. */
export interface Spent {
  full_at: number;
  streak: number;
  last_at: number;
}

export const NOTHING_SPENT: Spent = { full_at: 0, streak: 0, last_at: 0 };

/**
 * What was counted while the clock was ahead moves back with the clock. To be kept, also when the try is
 * refused: reckoned anew at each try, the wait would begin anew as well, until the clock is where it wrongly
 * was.
 */
export function setRight(spent: Spent, now: number): Spent {
  const ahead = spent.last_at - now;
  return ahead > 0 ? { ...spent, full_at: spent.full_at - ahead, last_at: now } : spent;
}

/** When the next try is allowed: not after `now` if it is allowed already. */
export function allowedAt(budget: Budget, spent: Spent, now: number): number {
  switch (budget.kind) {
    case "rate":
      return fullAt(budget, spent, now) + shareOf(budget) - budget.perMs;
    case "streak": {
      const failures = failuresInARow(budget, spent, now);
      const last = Math.min(spent.last_at, now);
      if (failures >= (budget.ceiling ?? Number.POSITIVE_INFINITY)) return last + budget.forgetAfterMs;
      return last + 1000 * delaySeconds(budget, failures);
    }
  }
}

export function charge(budget: Budget, spent: Spent, now: number): Spent {
  switch (budget.kind) {
    case "rate":
      return { full_at: fullAt(budget, spent, now) + shareOf(budget), streak: 0, last_at: now };
    case "streak": {
      const streak = failuresInARow(budget, spent, now) + 1;
      return { full_at: now + budget.forgetAfterMs, streak, last_at: now };
    }
  }
}

export function refund(budget: Budget, spent: Spent): Spent {
  switch (budget.kind) {
    case "rate":
      return { ...spent, full_at: Math.max(0, spent.full_at - shareOf(budget)) };
    case "streak":
      return { ...spent, streak: Math.max(0, spent.streak - 1) };
  }
}

/** The time that one try takes to come back. */
function shareOf(budget: RateBudget): number {
  return Math.floor(budget.perMs / budget.limit);
}

/** Not later than an empty bucket would be: a clock that was ahead must not close the door for longer. */
function fullAt(budget: RateBudget, spent: Spent, now: number): number {
  return Math.min(Math.max(spent.full_at, now), now + budget.perMs);
}

function failuresInARow(budget: StreakBudget, spent: Spent, now: number): number {
  return now - spent.last_at >= budget.forgetAfterMs ? 0 : spent.streak;
}

function delaySeconds(budget: StreakBudget, failures: number): number {
  const { free, delaysSeconds } = budget;
  if (failures < free || delaysSeconds.length === 0) return 0;
  return delaysSeconds[Math.min(failures - free, delaysSeconds.length - 1)] ?? 0;
}
