/**
 * Limits on how often something may be tried, counted in the database: they hold across restarts, instances
 * and doors, and for names that nobody has just as for those that somebody has.
 */
import type { Clock } from "../clock.ts";
import type { Secrets } from "../secrets/secrets.ts";
import type { Store, Writer } from "../store/store.ts";
import { allowedAt, type Budget, charge, NOTHING_SPENT, refund, type Spent, setRight } from "./counting.ts";
import * as rows from "./rows.ts";

export type { Budget, RateBudget, StreakBudget, WindowsBudget } from "./counting.ts";

export interface Charge {
  budget: Budget;
  /** The canonical account, identifier, address or proof; only a keyed hash of it is stored. */
  subject: string;
}

export type Spending =
  | { kind: "allowed" }
  /** `budget`: the name of the exhausted one. `retryAt`: when it has room again. */
  | { kind: "limited"; retryAt: number; budget: string };

/**
 * Counts a try before it is made, in a commit of its own: no failure, crash or rollback behind it can
 * forget it; a power cut within a moment may. The charges are taken in the given order. The first exhausted
 * one refuses the try and is not charged, nor are those after it; those before it are. So a list begins with
 * what refills soonest.
 */
export async function spend(
  tools: { clock: Clock; store: Store; secrets: Secrets },
  charges: readonly Charge[],
): Promise<Spending> {
  return tools.store.transact((write) => spendWithin(tools, write, charges), { kept: "by-the-system" });
}

/**
 * The same in the transaction of what is counted: for what is worth counting only if it comes about, as a
 * message that leaves. A guess is not: it is counted whatever becomes of it.
 */
export function spendWithin(
  tools: { clock: Clock; store: Store; secrets: Secrets },
  write: Writer,
  charges: readonly Charge[],
): Promise<Spending> {
  const now = tools.clock.now();
  return changeSpent(tools, write, charges, ({ budget }, spent) => {
    const retryAt = allowedAt(budget, spent, now);
    if (retryAt > now) return { kind: "limited", retryAt, budget: budget.name };
    return charge(budget, spent, now);
  });
}

/**
 * Settles a try that succeeded, in the transaction of its success: takes back one try of each in `giveBack`,
 * which counts failures only, and forgets everything spent on those in `clear`, whose streak has ended.
 */
export async function settle(
  tools: { clock: Clock; store: Store; secrets: Secrets },
  write: Writer,
  charges: { giveBack?: readonly Charge[]; clear?: readonly Charge[] },
): Promise<void> {
  const { giveBack = [], clear = [] } = charges;
  if (giveBack.length === 0 && clear.length > 0) {
    const keys = clear.map((each) => keyOf(tools, each));
    await rows.forget(write, keys);
    return;
  }
  // In one go: a row that says "nothing spent" is as good as none, and purged like every other.
  await changeSpent(tools, write, [...giveBack, ...clear], (each, spent) =>
    clear.includes(each) ? NOTHING_SPENT : refund(each.budget, spent),
  );
}

/** When the charge would be allowed, if it is not allowed now; charges nothing. For timers on pages. */
export async function peek(
  tools: { clock: Clock; store: Store; secrets: Secrets },
  { budget, subject }: Charge,
): Promise<number | undefined> {
  const now = tools.clock.now();
  const key = keyOf(tools, { budget, subject });
  const spent = await rows.spentOn(tools.store.read, [key]);
  const retryAt = allowedAt(budget, spent.get(key) ?? NOTHING_SPENT, now);
  return retryAt > now ? retryAt : undefined;
}

/** Rows looked at in one transaction of the tidying, so that nobody waits long for it. */
const SLICE = 2_000;

/** Removes what no longer counts; returns how many rows. For the hourly tidying. */
export async function purgeBudgets(tools: { clock: Clock; store: Store }): Promise<number> {
  const now = tools.clock.now();
  let purged = 0;
  for (let after = ""; ; ) {
    const last = await rows.lastOfSlice(tools.store.read, after, SLICE);
    if (last === undefined) return purged;
    const slice = { after, last };
    purged += await tools.store.transact((write) => rows.forgetFull(write, slice, now));
    after = last;
  }
}

async function changeSpent(
  tools: { clock: Clock; store: Store; secrets: Secrets },
  write: Writer,
  charges: readonly Charge[],
  change: (charge: Charge, spent: Spent) => Spent | Extract<Spending, { kind: "limited" }>,
): Promise<Spending> {
  if (charges.length === 0) return { kind: "allowed" };
  const keyed = charges.map((charge) => ({ key: keyOf(tools, charge), charge }));
  const keys = [...new Set(keyed.map(({ key }) => key))].sort();
  const spent = await rows.holdSpent(write, tools.store.kind, keys);
  const changed = new Map<string, Spent>();
  // All of them, also those behind the first that refuses: their windows run from now as well.
  for (const [key, stored] of spent) {
    const right = setRight(stored, tools.clock.now());
    if (right !== stored) changed.set(key, right);
  }
  let outcome: Spending = { kind: "allowed" };
  for (const { key, charge } of keyed) {
    const result = change(charge, changed.get(key) ?? spent.get(key) ?? NOTHING_SPENT);
    if ("kind" in result) {
      outcome = result;
      break;
    }
    if (result !== NOTHING_SPENT || spent.has(key)) changed.set(key, result);
  }
  await rows.keepSpent(write, changed);
  return outcome;
}

function keyOf(tools: { secrets: Secrets }, { budget, subject }: Charge): string {
  return `${budget.name}:${tools.secrets.fingerprint("throttle", subject)}`;
}
