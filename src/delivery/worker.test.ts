import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  exampleLetter,
  freshDatabase,
  handClock,
  scriptedTransport,
  startOutbox,
} from "../../test/outbox.ts";
import type { Answer } from "./delivery.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A transport whose answers come when the test gives them. */
function heldTransport() {
  const transport = scriptedTransport();
  const held: ((answer: Answer) => void)[] = [];
  transport.answerWith(() => new Promise((resolve) => held.push(resolve)));
  return {
    ...transport,
    async untilSent(count: number) {
      while (transport.sent.length < count) await nextTurn();
    },
    answerAll(answer: Answer) {
      for (const resolve of held.splice(0)) resolve(answer);
    },
  };
}

test("several workers on one database send each message once", async (t) => {
  const open = await freshDatabase(t);
  const clock = handClock();
  const email = scriptedTransport();
  email.answerWith(async () => {
    await nextTurn();
    return { kind: "accepted", answer: "250" };
  });
  const first = startOutbox(t, { store: await open(), clock, email });
  const second = startOutbox(t, { store: await open(), clock, email });
  const third = startOutbox(t, { store: await open(), clock, email });
  const ids = await Promise.all(Array.from({ length: 60 }, () => first.put()));
  await Promise.all([first, second, third].map((outbox) => outbox.delivery.drained()));

  assert.deepEqual(email.sent.map((parcel) => parcel.id).sort(), ids.sort());
  for (const id of ids) assert.equal((await first.row(id)).state, "sent");
});

test("a worker that died holds a message no longer than its lease, and the copy is the same", async (t) => {
  const open = await freshDatabase(t);
  const clock = handClock();
  const dead = heldTransport();
  const dying = startOutbox(t, { store: await open(), clock, email: dead });
  const id = await dying.put();
  dying.delivery.wake();
  await dead.untilSent(1);

  const email = scriptedTransport();
  const living = startOutbox(t, { store: await open(), clock, email });
  clock.forward(60 * SECOND);
  await living.delivery.drained();
  assert.equal(email.sent.length, 0);
  clock.forward(1);
  await living.delivery.drained();
  assert.deepEqual(email.sent, dead.sent);
  assert.equal((await living.row(id)).state, "sent");

  // The first one was only slow: what it hears now changes nothing.
  dead.answerAll({ kind: "refused", answer: "550 too late" });
  await dying.delivery.drained();
  assert.equal((await living.row(id)).state, "sent");
  assert.deepEqual(await living.steps(id), [
    "queued",
    "attempt: attempt 1",
    "deferred: sending was interrupted",
    "attempt: attempt 2",
    "accepted: 250 taken",
  ]);
});

test("a lease is renewed for as long as a send lasts", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const open = await freshDatabase(t);
  const clock = handClock();
  const email = heldTransport();
  const slow = startOutbox(t, { store: await open(), clock, email });
  const id = await slow.put();
  slow.delivery.wake();
  await email.untilSent(1);
  const other = startOutbox(t, { store: await open(), clock, email });
  for (let turn = 0; turn < 30; turn += 1) {
    clock.forward(20 * SECOND);
    t.mock.timers.tick(20 * SECOND);
    while ((await slow.row(id)).lease_until < clock.now() + MINUTE) await nextTurn();
  }
  await other.delivery.drained();
  email.answerAll({ kind: "accepted", answer: "250" });
  await slow.delivery.drained();
  assert.equal(email.sent.length, 1);
  assert.equal((await slow.row(id)).state, "sent");
});

test("a stopping worker finishes what is in the air and takes nothing new", async (t) => {
  const open = await freshDatabase(t);
  const clock = handClock();
  const email = heldTransport();
  const outbox = startOutbox(t, { store: await open(), clock, email });
  const id = await outbox.put();
  outbox.delivery.wake();
  await email.untilSent(1);
  const stopped = outbox.delivery.stop();
  const later = await outbox.put();
  email.answerAll({ kind: "accepted", answer: "250" });
  await stopped;
  assert.equal((await outbox.row(id)).state, "sent");
  assert.equal((await outbox.row(later)).state, "queued");
});

test("no message waits for one that hangs", async (t) => {
  const open = await freshDatabase(t);
  const email = scriptedTransport();
  let release: (answer: Answer) => void = () => {};
  email.answerWith((parcel) =>
    parcel.to === "slow@romashka.ru"
      ? new Promise((resolve) => {
          release = resolve;
        })
      : { kind: "accepted", answer: "250" },
  );
  const outbox = startOutbox(t, { store: await open(), clock: handClock(), email });
  await outbox.put({ to: "slow@romashka.ru" });
  const healthy = await Promise.all(Array.from({ length: 30 }, () => outbox.put()));
  outbox.delivery.wake();
  while (email.sent.length < 31) await nextTurn();
  release({ kind: "later", answer: "451" });
  await outbox.delivery.drained();
  for (const id of healthy) assert.equal((await outbox.row(id)).state, "sent");
});

test("while the server is away single probes go out, and its first answer frees the queue", async (t) => {
  const open = await freshDatabase(t);
  const clock = handClock();
  const email = scriptedTransport();
  email.answerWith(() => ({ kind: "unreachable", answer: "ECONNREFUSED" }));
  const outbox = startOutbox(t, { store: await open(), clock, email });
  const ids = await Promise.all(Array.from({ length: 40 }, () => outbox.put()));
  for (let minute = 0; minute < 6 * 60; minute += 1) {
    await outbox.delivery.drained();
    clock.forward(MINUTE);
  }
  // One probe a minute for six hours, and not forty.
  assert.ok(email.sent.length < 6 * 60 + 20, `${email.sent.length} attempts`);

  email.answerWith(() => ({ kind: "accepted", answer: "250" }));
  email.sent.length = 0;
  await outbox.delivery.drained();
  assert.deepEqual(email.sent.map((parcel) => parcel.id).sort(), ids.sort());
});

test("a message that the server answers with silence does not stop the others", async (t) => {
  const open = await freshDatabase(t);
  const clock = handClock();
  const email = scriptedTransport();
  email.answerWith((parcel) =>
    parcel.to === "cursed@romashka.ru"
      ? { kind: "unknown", answer: "the line was cut" }
      : { kind: "accepted", answer: "250" },
  );
  const outbox = startOutbox(t, { store: await open(), clock, email });
  const cursed = await outbox.put({ to: "cursed@romashka.ru" });
  for (let hour = 0; hour < 12; hour += 1) {
    const healthy = await outbox.put();
    await outbox.delivery.drained();
    assert.equal((await outbox.row(healthy)).state, "sent");
    clock.forward(60 * MINUTE);
  }
  assert.ok((await outbox.row(cursed)).attempts <= 12);
});

const smsTemplate = { example: { prepare: async () => ({ kind: "sms", text: "Код 482913." }) as const } };

test("R07: a gateway that hangs holds up no letter", async (t) => {
  const open = await freshDatabase(t);
  const sms = heldTransport();
  const email = scriptedTransport();
  const letters = { letter: { prepare: async () => ({ kind: "letter", letter: exampleLetter() }) as const } };
  const catalogue = { ...smsTemplate, ...letters };
  const outbox = startOutbox(t, { store: await open(), clock: handClock(), email, sms, catalogue });
  await Promise.all(Array.from({ length: 20 }, () => outbox.put({ channel: "sms", to: "+79161234567" })));
  outbox.delivery.wake();
  await sms.untilSent(8);
  const ids = await Promise.all(Array.from({ length: 30 }, () => outbox.put({ kind: "letter" })));
  outbox.delivery.wake();
  while (email.sent.length < ids.length) await nextTurn();
  assert.equal(sms.sent.length, 8, "as many as have a place of their own");
  sms.answerWith(() => ({ kind: "accepted", answer: "taken" }));
  sms.answerAll({ kind: "unknown", answer: "no answer in time" });
  // The channel counts as down after that much silence, and one message goes ahead of the rest.
  await outbox.delivery.drained();
  for (const id of ids) assert.equal((await outbox.row(id)).state, "sent");
});

test("R07: an SMS whose worker died in the middle is not sent a second time", async (t) => {
  const open = await freshDatabase(t);
  const clock = handClock();
  const dead = heldTransport();
  const dying = startOutbox(t, {
    store: await open(),
    clock,
    email: scriptedTransport(),
    sms: dead,
    catalogue: smsTemplate,
  });
  const id = await dying.put({ channel: "sms", to: "+79161234567" });
  dying.delivery.wake();
  await dead.untilSent(1);

  const sms = scriptedTransport();
  const living = startOutbox(t, {
    store: await open(),
    clock,
    email: scriptedTransport(),
    sms,
    catalogue: smsTemplate,
  });
  clock.forward(MINUTE + 1);
  await living.delivery.drained();
  assert.equal(sms.sent.length, 0);
  assert.equal((await living.row(id)).state, "failed");
  assert.deepEqual((await living.steps(id)).slice(-1), [
    "failed: sending was interrupted, and it may have left",
  ]);
  dead.answerAll({ kind: "accepted", answer: "too late to tell" });
  await dying.delivery.drained();
});

test("while requests keep the process busy a message yields to them for up to five seconds", async (t) => {
  const open = await freshDatabase(t);
  const clock = handClock();
  const email = scriptedTransport();
  const looks: boolean[] = [];
  const isBusy = () => looks.push(true) > 0;
  const outbox = startOutbox(t, { store: await open(), clock, email, isBusy });
  const lookedAgain = async () => {
    const seen = looks.length;
    while (looks.length < seen + 2) {
      outbox.delivery.wake();
      await nextTurn();
    }
  };
  const id = await outbox.put();
  await lookedAgain();
  clock.forward(5 * SECOND - 1);
  await lookedAgain();
  assert.deepEqual(await outbox.steps(id), ["queued"]);
  clock.forward(1);
  outbox.delivery.wake();
  while (email.sent.length === 0) await nextTurn();
  await outbox.delivery.drained();
  assert.equal((await outbox.row(id)).state, "sent");
});
