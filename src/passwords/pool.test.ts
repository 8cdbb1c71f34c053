import assert from "node:assert/strict";
import { test } from "node:test";
import { HashingOverloaded, Pool } from "./pool.ts";

/** A pool whose time and work are moved by hand: `finish()` ends the oldest work that is running. */
function poolByHand(limits: { parallel: number; queueSeconds: number; expectedMs: number }) {
  const working: { name: string; end: () => void }[] = [];
  const started: string[] = [];
  let time = 0;
  const pool = new Pool(limits, () => time);
  return {
    pool,
    started,
    forward: (milliseconds: number) => {
      time += milliseconds;
    },
    ask: (name: string) =>
      pool.run(() => {
        started.push(name);
        return new Promise<string>((resolve) => working.push({ name, end: () => resolve(name) }));
      }),
    finish: async () => {
      working.shift()?.end();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test("at most `parallel` work at once, and those who wait are served in their order", async () => {
  const { pool, started, ask, finish } = poolByHand({ parallel: 2, queueSeconds: 2, expectedMs: 20 });
  const answers = ["a", "b", "c", "d", "e"].map(ask);
  assert.deepEqual(started, ["a", "b"]);
  assert.deepEqual(
    { running: pool.stats().running, waiting: pool.stats().waiting },
    { running: 2, waiting: 3 },
  );
  for (let turn = 0; turn < 5; turn += 1) await finish();
  assert.deepEqual(started, ["a", "b", "c", "d", "e"]);
  assert.deepEqual(await Promise.all(answers), ["a", "b", "c", "d", "e"]);
});

test("beyond what can be done in time the answer is a refusal at once", async () => {
  const { pool, ask, finish } = poolByHand({ parallel: 1, queueSeconds: 2, expectedMs: 400 });
  const answers = ["a", "b", "c", "d", "e"].map(ask);
  assert.equal(pool.stats().room, 4);
  await assert.rejects(
    ask("f"),
    (error) => error instanceof HashingOverloaded && error.retryAfterSeconds === 2,
  );
  assert.equal(pool.stats().refused, 1);
  for (let turn = 0; turn < 5; turn += 1) await finish();
  assert.equal((await Promise.all(answers)).length, 5);
});

test("the queue grows and shrinks with the time that the work really takes", async () => {
  const { pool, ask, finish, forward } = poolByHand({ parallel: 1, queueSeconds: 2, expectedMs: 20 });
  assert.equal(pool.stats().room, 80);
  for (let turn = 0; turn < 60; turn += 1) {
    const answer = ask("slow");
    forward(200);
    await finish();
    await answer;
  }
  assert.equal(pool.stats().room, 8);
});

test("who has waited past the deadline is refused, and a fresher one behind is served", async () => {
  const { started, ask, finish, forward } = poolByHand({ parallel: 1, queueSeconds: 2, expectedMs: 20 });
  const first = ask("first");
  const late = ask("late");
  const refusal = assert.rejects(late, HashingOverloaded);
  forward(1_500);
  const fresh = ask("fresh");
  forward(501);
  await finish();
  await refusal;
  await finish();
  assert.deepEqual(await Promise.all([first, fresh]), ["first", "fresh"]);
  assert.deepEqual(started, ["first", "fresh"]);
});

test("work that throws gives its place back", async () => {
  const pool = new Pool({ parallel: 1, queueSeconds: 2, expectedMs: 20 });
  await assert.rejects(
    pool.run(() => Promise.reject(new Error("broken"))),
    /broken/,
  );
  assert.equal(await pool.run(async () => "next"), "next");
});

test("idle resolves only when the last one has left", async () => {
  const { pool, ask, finish } = poolByHand({ parallel: 1, queueSeconds: 2, expectedMs: 20 });
  await pool.idle();
  const answers = [ask("a"), ask("b")];
  let idle = false;
  const watch = async () => {
    await pool.idle();
    idle = true;
  };
  const waiting = watch();
  await finish();
  assert.equal(idle, false);
  await finish();
  await waiting;
  assert.equal(idle, true);
  await Promise.all(answers);
});
