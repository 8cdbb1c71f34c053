import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { onBothDatabases } from "../../../test/both-databases.ts";
import { openSecrets } from "../secrets/secrets.ts";
import type { Store } from "../store/store.ts";
import * as budgets from "./budgets.ts";
import { allowedAt, charge, NOTHING_SPENT, refund, type Spent, setRight } from "./counting.ts";
import {
  type Budget,
  type Charge,
  peek,
  purgeBudgets,
  type RateBudget,
  type StreakBudget,
  settle,
  spend,
  type WindowsBudget,
} from "./throttle.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const START = 1_800_000_000_000;

const five: RateBudget = { kind: "rate", name: "five", limit: 5, perMs: 10 * MINUTE };
const one: RateBudget = { kind: "rate", name: "one", limit: 1, perMs: MINUTE };
const windows: WindowsBudget = {
  kind: "windows",
  name: "windows",
  windows: [
    [1, MINUTE],
    [3, 60 * MINUTE],
    [5, 300 * MINUTE],
  ],
};
const streak: StreakBudget = {
  kind: "streak",
  name: "streak",
  free: 3,
  delaysSeconds: [1, 2, 4],
  forgetAfterMs: 60 * MINUTE,
  ceiling: 8,
};

function toolsFor(store: Store) {
  let now = START;
  return {
    store,
    secrets: openSecrets([Buffer.alloc(32, 7)]),
    clock: { now: () => now },
    forward: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const on = (budget: Budget, subject = "anna"): Charge => ({ budget, subject });

async function allowedOf(count: number, attempt: () => Promise<{ kind: string }>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, attempt));
  return answers.filter((answer) => answer.kind === "allowed").length;
}

onBothDatabases("of 1,000 tries at once exactly as many are allowed as the limit says", async (store) => {
  const tools = toolsFor(store);
  assert.equal(await allowedOf(1_000, () => spend(tools, [on(five)])), 5);
});

onBothDatabases("two instances count from the same number", async (store, another) => {
  const instances = [toolsFor(store), toolsFor(another())];
  let turn = 0;
  const attempt = () => {
    const tools = instances[turn++ % 2] ?? toolsFor(store);
    const charges = [on(five), on({ ...five, name: "six", limit: 6 })];
    return spend(tools, turn % 3 === 0 ? charges.toReversed() : charges);
  };
  assert.equal(await allowedOf(60, attempt), 5);
});

onBothDatabases("a rate refills evenly, and the refusal says when", async (store) => {
  const tools = toolsFor(store);
  for (let tries = 0; tries < 5; tries += 1) {
    assert.deepEqual(await spend(tools, [on(five)]), { kind: "allowed" });
  }
  const refusal = { kind: "limited", retryAt: START + 2 * MINUTE, budget: "five" };
  assert.deepEqual(await spend(tools, [on(five)]), refusal);
  tools.forward(2 * MINUTE - 1);
  assert.deepEqual(await spend(tools, [on(five)]), refusal);
  tools.forward(1);
  assert.deepEqual(await spend(tools, [on(five)]), { kind: "allowed" });
  assert.equal((await spend(tools, [on(five)])).kind, "limited");
  tools.forward(10 * MINUTE);
  assert.equal(await allowedOf(9, () => spend(tools, [on(five)])), 5);
});

onBothDatabases("a budget of windows refuses until the last of them has room", async (store) => {
  const tools = toolsFor(store);
  const refusedUntil = async (minutes: number) =>
    assert.deepEqual(await spend(tools, [on(windows)]), {
      kind: "limited",
      retryAt: START + minutes * MINUTE,
      budget: "windows",
    });
  for (const minute of [1, 2, 20]) {
    assert.deepEqual(await spend(tools, [on(windows)]), { kind: "allowed" });
    await refusedUntil(minute);
    tools.forward(MINUTE);
  }
  tools.forward(17 * MINUTE);
  assert.deepEqual(await spend(tools, [on(windows)]), { kind: "allowed" });
  await refusedUntil(40);
  tools.forward(20 * MINUTE);
  assert.equal(await allowedOf(2, () => spend(tools, [on(windows)])), 1);
  await refusedUntil(60);
  await tools.store.transact((write) => settle(tools, write, { giveBack: [on(windows)] }));
  assert.equal(await allowedOf(2, () => spend(tools, [on(windows)])), 1);
  assert.equal((await store.read.selectFrom("budgets").selectAll().execute()).length, 1);
});

test("windows in one row count exactly as rates of their own would that are all charged or none", () => {
  const rates = windows.windows.map(
    ([limit, perMs]): RateBudget => ({ kind: "rate", name: "", limit, perMs }),
  );
  let apart = rates.map(() => NOTHING_SPENT);
  let together = NOTHING_SPENT;
  let now = START;
  let allowed = 0;
  for (let step = 0; step < 2_000; step += 1) {
    // Mostly onwards by up to half an hour, at times back by up to a day.
    const draw = createHash("sha256").update(`${step}`).digest();
    const jump = draw.readUInt32BE() % (30 * MINUTE);
    now += draw[4] === 0 ? -48 * jump : jump;
    apart = apart.map((spent) => setRight(spent, now));
    together = setRight(together, now);
    const room = Math.max(...rates.map((rate, index) => allowedAt(rate, apart[index] ?? NOTHING_SPENT, now)));
    assert.equal(allowedAt(windows, together, now), room);
    if (room > now) continue;
    allowed += 1;
    const change = (budget: Budget, spent: Spent) => {
      const spentMore = charge(budget, spent, now);
      return draw[5] === 0 ? refund(budget, spentMore) : spentMore;
    };
    apart = rates.map((rate, index) => change(rate, apart[index] ?? NOTHING_SPENT));
    together = change(windows, together);
    assert.equal(together.full_at, Math.max(...apart.map((spent) => spent.full_at)));
  }
  assert.ok(allowed > 100 && allowed < 1_900, `${allowed} allowed`);
});

onBothDatabases(
  "every subject has a budget of its own, and its name is not in the database",
  async (store) => {
    const tools = toolsFor(store);
    assert.equal((await spend(tools, [on(one, "anna")])).kind, "allowed");
    assert.equal((await spend(tools, [on(one, "boris")])).kind, "allowed");
    assert.equal((await spend(tools, [on(one, "anna")])).kind, "limited");
    const kept = await store.read.selectFrom("budgets").selectAll().execute();
    assert.equal(kept.length, 2);
    assert.ok(!JSON.stringify(kept).includes("anna"));
  },
);

onBothDatabases("the first exhausted budget refuses, and those after it are not charged", async (store) => {
  const tools = toolsFor(store);
  const last: RateBudget = { ...one, name: "last" };
  await spend(tools, [on(one)]);
  const refusal = await spend(tools, [on(five), on(one), on(last)]);
  assert.deepEqual(refusal, { kind: "limited", retryAt: START + MINUTE, budget: "one" });
  assert.equal((await spend(tools, [on(last)])).kind, "allowed");
  assert.equal(await allowedOf(9, () => spend(tools, [on(five)])), 4);
});

onBothDatabases("one try that charges the same budget twice counts twice", async (store) => {
  const tools = toolsFor(store);
  assert.equal(await allowedOf(4, () => spend(tools, [on(five), on(five)])), 2);
});

onBothDatabases("failures in a row wait longer and longer, up to the ceiling", async (store) => {
  const tools = toolsFor(store);
  assert.equal(await allowedOf(5, () => spend(tools, [on(streak)])), 3);
  for (const seconds of [1, 2, 4, 4, 4]) {
    const retryAt = tools.clock.now() + seconds * SECOND;
    assert.deepEqual(await spend(tools, [on(streak)]), { kind: "limited", retryAt, budget: "streak" });
    tools.forward(seconds * SECOND);
    assert.deepEqual(await spend(tools, [on(streak)]), { kind: "allowed" });
  }
  const retryAt = tools.clock.now() + streak.forgetAfterMs;
  tools.forward(30 * MINUTE);
  assert.deepEqual(await spend(tools, [on(streak)]), { kind: "limited", retryAt, budget: "streak" });
  tools.forward(30 * MINUTE);
  assert.equal(await allowedOf(5, () => spend(tools, [on(streak)])), 3);
});

onBothDatabases("a success ends the streak", async (store) => {
  const tools = toolsFor(store);
  assert.equal(await allowedOf(5, () => spend(tools, [on(streak), on(five)])), 3);
  await tools.store.transact((write) => settle(tools, write, { clear: [on(streak)] }));
  assert.equal(await allowedOf(5, () => spend(tools, [on(streak)])), 3);
  await tools.store.transact((write) => settle(tools, write, { clear: [] }));
  await tools.store.transact((write) => settle(tools, write, { clear: [on(streak, "nobody")] }));
});

onBothDatabases("a try that is given back was never spent", async (store) => {
  const tools = toolsFor(store);
  for (let tries = 0; tries < 20; tries += 1) {
    assert.equal((await spend(tools, [on(streak), on(one)])).kind, "allowed");
    await tools.store.transact((write) => settle(tools, write, { giveBack: [on(streak), on(one)] }));
  }
  await tools.store.transact((write) => settle(tools, write, { giveBack: [on(five), on(streak)] }));
  assert.equal(await allowedOf(9, () => spend(tools, [on(five)])), 5);
  assert.equal(await allowedOf(9, () => spend(tools, [on(streak)])), 3);
});

onBothDatabases("looking spends nothing", async (store) => {
  const tools = toolsFor(store);
  assert.equal(await peek(tools, on(one)), undefined);
  assert.equal(await peek(tools, on(one)), undefined);
  await spend(tools, [on(one)]);
  assert.equal(await peek(tools, on(one)), START + MINUTE);
  tools.forward(MINUTE);
  assert.equal(await peek(tools, on(one)), undefined);
});

onBothDatabases("a clock that was a day ahead does not close the door for a day", async (store) => {
  const tools = toolsFor(store);
  tools.forward(24 * 60 * MINUTE);
  await spend(tools, [on(one), on(streak), on(windows)]);
  tools.forward(-24 * 60 * MINUTE);
  assert.deepEqual(await spend(tools, [on(one)]), {
    kind: "limited",
    retryAt: START + MINUTE,
    budget: "one",
  });
  assert.equal((await spend(tools, [on(windows)])).kind, "limited");
  tools.forward(MINUTE);
  assert.equal((await spend(tools, [on(one)])).kind, "allowed");
  assert.equal((await spend(tools, [on(windows)])).kind, "allowed");
  assert.equal((await spend(tools, [on(streak)])).kind, "allowed");
});

onBothDatabases("only what no longer counts is purged", async (store) => {
  const tools = toolsFor(store);
  await spend(tools, [on(one), on(five), on(streak), on(windows)]);
  assert.equal(await purgeBudgets(tools), 0);
  tools.forward(MINUTE);
  assert.equal(await purgeBudgets(tools), 1);
  tools.forward(59 * MINUTE);
  assert.equal(await purgeBudgets(tools), 3);
  assert.equal(await purgeBudgets(tools), 0);
});

onBothDatabases("nothing to charge is allowed", async (store) => {
  assert.deepEqual(await spend(toolsFor(store), []), { kind: "allowed" });
});

test("no two budgets share a name", () => {
  const names = Object.values(budgets).map((budget) => budget.name);
  assert.equal(new Set(names).size, names.length);
});

onBothDatabases("the eleventh wrong password in a row has to wait", async (store) => {
  const tools = toolsFor(store);
  assert.equal(await allowedOf(11, () => spend(tools, [on(budgets.signInAccount)])), 10);
  tools.forward(SECOND);
  assert.equal((await spend(tools, [on(budgets.signInAccount)])).kind, "allowed");
});
