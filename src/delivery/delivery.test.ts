import assert from "node:assert/strict";
import { test } from "node:test";
import {
  exampleLetter,
  freshDatabase,
  handClock,
  scriptedTransport,
  startOutbox,
} from "../../test/outbox.ts";
import { purgeMessages, putMessage, traceAbout, traceOf } from "./delivery.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("a message leaves after its transaction is committed, and its data is wiped", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  const outbox = startOutbox(t, { store, clock: handClock(), email });
  const id = await outbox.put();
  await outbox.delivery.drained();

  assert.equal(email.sent.length, 1);
  const row = await outbox.row(id);
  assert.equal(row.state, "sent");
  assert.equal(row.data, "{}");
  assert.deepEqual(await outbox.steps(id), ["queued", "attempt: attempt 1", "accepted: 250 taken"]);
});

test("a message of a transaction that failed never existed", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  const clock = handClock();
  const outbox = startOutbox(t, { store, clock, email });
  const failing = store.transact(async (write) => {
    const tools = { clock, deliveryBell: { ring: () => assert.fail("nothing to ring about") } };
    const message = { kind: "example", channel: "email", accountId: null, language: "ru", data: {} } as const;
    await putMessage(tools, write, { ...message, to: "anna@romashka.ru" });
    throw new Error("the change failed");
  });
  await assert.rejects(failing, /the change failed/);
  await outbox.delivery.drained();
  assert.equal(email.sent.length, 0);
});

test("a shadow writes the same rows as a message and is never sent", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  const outbox = startOutbox(t, { store, clock: handClock(), email });
  const shadow = await outbox.put({ to: "" });
  await outbox.delivery.drained();
  assert.equal((await outbox.row(shadow)).state, "shadow");
  assert.deepEqual(await outbox.steps(shadow), ["queued"]);
  assert.equal(email.sent.length, 0);
});

test("the bell wakes the worker by itself", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  const arrived = new Promise<void>((resolve) => {
    email.answerWith(() => {
      resolve();
      return { kind: "accepted", answer: "250" };
    });
  });
  const outbox = startOutbox(t, { store, clock: handClock(), email });
  await outbox.put();
  await arrived;
  await outbox.delivery.drained();
});

test("a final refusal stops after one try", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  email.answerWith(() => ({ kind: "refused", answer: "550 5.1.1 no\r\nsuch \u0007user" }));
  const clock = handClock();
  const outbox = startOutbox(t, { store, clock, email });
  const id = await outbox.put();
  await outbox.delivery.drained();
  clock.forward(DAY);
  await outbox.delivery.drained();
  assert.equal(email.sent.length, 1);
  assert.equal((await outbox.row(id)).state, "failed");
  assert.equal((await outbox.row(id)).data, "{}");
  assert.deepEqual((await outbox.steps(id)).slice(-1), ["failed: 550 5.1.1 no such user"]);
});

test("«later» is tried again ever more slowly, and given up after its day", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  const clock = handClock();
  const start = clock.now();
  const times: number[] = [];
  email.answerWith(() => {
    times.push((clock.now() - start) / SECOND);
    return { kind: "later", answer: "451 greylisted" };
  });
  const outbox = startOutbox(t, { store, clock, email });
  const id = await outbox.put();
  await outbox.delivery.drained();
  while ((await outbox.row(id)).state === "queued") {
    clock.forward((await outbox.row(id)).next_attempt_at - clock.now());
    await outbox.delivery.drained();
  }
  assert.deepEqual(times.slice(0, 8), [0, 2, 12, 42, 102, 222, 462, 942]);
  assert.equal(times.at(-1), DAY / SECOND);
  assert.deepEqual((await outbox.steps(id)).slice(-1), ["failed: gave up: 451 greylisted"]);
});

test("a security notice is tried for as long as it asks", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  email.answerWith(() => ({ kind: "later", answer: "451" }));
  const clock = handClock();
  const outbox = startOutbox(t, { store, clock, email });
  const id = await outbox.put({ giveUpAfterMs: 5 * DAY });
  clock.forward(4.9 * DAY);
  await outbox.delivery.drained();
  assert.equal((await outbox.row(id)).state, "queued");
  email.answerWith(() => ({ kind: "accepted", answer: "250" }));
  clock.forward(HOUR);
  await outbox.delivery.drained();
  assert.equal((await outbox.row(id)).state, "sent");
});

test("a letter whose secret is dead is dropped at the moment of sending", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  email.answerWith(() => ({ kind: "unreachable", answer: "ECONNREFUSED" }));
  const clock = handClock();
  let dead = false;
  const outbox = startOutbox(t, {
    store,
    clock,
    email,
    catalogue: {
      example: {
        prepare: async () =>
          dead
            ? { kind: "dropped", reason: "superseded by a newer letter" }
            : { kind: "letter", letter: exampleLetter() },
      },
    },
  });
  const id = await outbox.put();
  await outbox.delivery.drained();
  dead = true;
  clock.forward(DAY / 2);
  await outbox.delivery.drained();
  assert.equal(email.sent.length, 1);
  const row = await outbox.row(id);
  assert.deepEqual([row.state, row.data], ["dropped", "{}"]);
  assert.deepEqual((await outbox.steps(id)).slice(-1), ["dropped: superseded by a newer letter"]);
});

test("a row that nobody can write holds no other row up", async (t) => {
  const store = await (await freshDatabase(t))();
  const email = scriptedTransport();
  const faults: object[] = [];
  const fault = new TypeError("secret 482913 inside");
  const outbox = startOutbox(t, {
    store,
    clock: handClock(),
    email,
    log: { error: (fields) => void faults.push(fields) },
    catalogue: {
      example: { prepare: async () => ({ kind: "letter", letter: exampleLetter() }) },
      broken: { prepare: () => Promise.reject(fault) },
    },
  });
  const broken = await outbox.put({ kind: "broken" });
  const badAddress = await outbox.put({ to: "a@b.ru, c@d.ru" });
  const noGateway = await outbox.put({ channel: "sms", to: "+79161234567" });
  const healthy = await outbox.put();
  await outbox.delivery.drained();

  assert.equal((await outbox.row(healthy)).state, "sent");
  assert.equal((await outbox.row(badAddress)).state, "failed");
  assert.equal((await outbox.row(noGateway)).state, "failed");
  assert.equal((await outbox.row(broken)).state, "queued");
  assert.deepEqual((await outbox.steps(broken)).slice(-1), ["deferred: could not be written: TypeError"]);
  assert.equal(email.sent.length, 1);
  assert.deepEqual(faults, [{ err: fault, messageId: broken, kind: "broken" }]);
});

test("a message that only a newer instance can write waits for one", async (t) => {
  const store = await (await freshDatabase(t))();
  const clock = handClock();
  const email = scriptedTransport();
  const older = startOutbox(t, { store, clock, email });
  const id = await older.put({ kind: "constructor" });
  const neighbour = await older.put();
  await older.delivery.drained();
  assert.equal((await older.row(neighbour)).state, "sent");
  assert.deepEqual((await older.steps(id)).slice(-1), [
    "deferred: could not be written: nobody here writes messages of the kind constructor",
  ]);

  await older.delivery.stop();
  const letter = { kind: "letter", letter: exampleLetter() } as const;
  const newer = startOutbox(t, {
    store,
    clock,
    email,
    catalogue: { constructor: { prepare: async () => letter } },
  });
  clock.forward(2 * SECOND);
  await newer.delivery.drained();
  assert.equal((await newer.row(id)).state, "sent");
});

test("a message that no instance can write is given up at its time", async (t) => {
  const store = await (await freshDatabase(t))();
  const clock = handClock();
  const outbox = startOutbox(t, { store, clock, email: scriptedTransport() });
  const id = await outbox.put({ kind: "of-tomorrow", giveUpAfterMs: 10 * SECOND });
  await outbox.delivery.drained();
  clock.forward(10 * SECOND);
  await outbox.delivery.drained();
  assert.equal((await outbox.row(id)).state, "failed");
});

test("an SMS without an answer is not sent a second time", async (t) => {
  const store = await (await freshDatabase(t))();
  const sms = scriptedTransport();
  sms.answerWith(() => ({ kind: "unknown", answer: "the gateway fell silent" }));
  const clock = handClock();
  const catalogue = { example: { prepare: async () => ({ kind: "sms", text: "Код 482913." }) as const } };
  const outbox = startOutbox(t, { store, clock, email: scriptedTransport(), sms, catalogue });
  const id = await outbox.put({ channel: "sms", to: "+79161234567" });
  await outbox.delivery.drained();
  clock.forward(DAY);
  await outbox.delivery.drained();
  assert.equal(sms.sent.length, 1);
  assert.equal((await outbox.row(id)).state, "failed");
});

test("the trace of an account tells each message's steps in order, newest message first", async (t) => {
  const store = await (await freshDatabase(t))();
  const clock = handClock();
  const outbox = startOutbox(t, { store, clock, email: scriptedTransport() });
  const accountId = "01920000-0000-7000-8000-000000000001";
  const first = await outbox.put({ about: "the request", accountId });
  await outbox.delivery.drained();
  clock.forward(SECOND);
  const second = await outbox.put({ accountId });
  await outbox.put();
  await outbox.delivery.drained();
  clock.forward(SECOND);
  await store.transact((write) => traceAbout({ clock }, write, "the request", "used", "password changed"));

  const trace = await traceOf(store.read, accountId);
  assert.deepEqual(
    trace.map((message) => message.id),
    [second, first],
  );
  assert.deepEqual(
    trace[1]?.steps.map((step) => step.step),
    ["queued", "attempt", "accepted", "used"],
  );
});

test("shadows go after an hour, finished messages after their term, waiting ones never", async (t) => {
  const store = await (await freshDatabase(t))();
  const clock = handClock();
  const email = scriptedTransport();
  const outbox = startOutbox(t, { store, clock, email });
  await outbox.put({ to: "" });
  await outbox.put();
  await outbox.delivery.drained();
  email.answerWith(() => ({ kind: "later", answer: "451" }));
  await outbox.put({ giveUpAfterMs: 400 * DAY });
  await outbox.delivery.drained();
  // Else it may be taken once more when the clock has moved.
  await outbox.delivery.stop();
  clock.forward(2 * HOUR);
  assert.equal(await purgeMessages({ clock, store }), 1);
  clock.forward(181 * DAY);
  assert.equal(await purgeMessages({ clock, store }), 1);
  const rest = await store.read.selectFrom("messages").select("state").execute();
  assert.deepEqual(
    rest.map((row) => row.state),
    ["queued"],
  );
});
