/**
 * An SMS from the form to the phone: gateways that do not take it, that fall silent, and that report later.
 */
import assert from "node:assert/strict";
import { createManagement } from "../../src/app.ts";
import { reportsPath, traceOf } from "../../src/delivery/delivery.ts";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { ask } from "../steps.ts";
import { propusk, settingsOf } from "../terminal-child.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const NUMBER = "+79161234567";

async function asked(world: World): Promise<{ person: Visitor; accountId: string }> {
  const accountId = await world.addPerson(anna);
  const person = visitor(world);
  await ask(person, NUMBER);
  return { person, accountId };
}

/** The newest message to the person, as the desk and the terminal see it. */
async function newestTrace(world: World, accountId: string) {
  const [trace] = await traceOf(world.service.tools.store.read, accountId);
  assert.ok(trace);
  const steps = trace.steps.map(({ step, detail }) => (detail ? `${step}: ${detail}` : step));
  return { ...trace, steps };
}

function report(world: World, body: object, path = reportsPath(world.service.tools.secrets, "http")) {
  return fetch(`${world.url}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

journey("M24: the trace tells an SMS up to the phone, as the gateway reports it", async (world) => {
  const { accountId } = await asked(world);
  assert.equal((await world.smsTo(NUMBER)).length, 1);
  const { id, state } = await newestTrace(world, accountId);
  assert.equal(state, "sent");

  assert.equal(
    (await report(world, { id, status: "delivered" }, "/delivery/reports/http/guessed")).status,
    404,
  );
  assert.equal((await newestTrace(world, accountId)).status, "accepted");
  assert.equal((await report(world, { id, status: "sent" })).status, 200);
  for (let again = 0; again < 2; again += 1)
    assert.equal((await report(world, { id, status: "delivered" })).status, 200);
  const { status, steps } = await newestTrace(world, accountId);
  assert.equal(status, "delivered");
  assert.deepEqual(steps, [
    "queued",
    "attempt: attempt 1",
    "accepted: http: HTTP 202",
    "sent: http: sent",
    "delivered: http: delivered",
  ]);
});

journey("M24: the terminal prints the address at which a gateway is believed", async (world) => {
  const { accountId } = await asked(world);
  await world.smsTo(NUMBER);
  const { id } = await newestTrace(world, accountId);
  const { code, out } = await propusk(settingsOf(world), ["sms-reports"]);
  const [name, address = ""] = out.trimEnd().split(" ");
  assert.deepEqual([code, name, new URL(address).origin], [0, "http", world.url]);
  assert.equal((await report(world, { id, status: "expired" }, new URL(address).pathname)).status, 200);
  assert.equal((await newestTrace(world, accountId)).status, "expired");
});

journey("R07: a gateway that is too busy is asked again, and one SMS comes", async (world) => {
  let answers = 0;
  world.sms.behave(() => {
    answers += 1;
    return { kind: answers === 1 ? "too-fast" : answers === 2 ? "break" : "take" };
  });
  const { accountId } = await asked(world);
  for (const seconds of [0, 3, 11]) {
    world.clock.forward({ seconds });
    await world.smsTo(NUMBER);
  }
  assert.equal((await world.smsTo(NUMBER)).length, 1);
  const { steps } = await newestTrace(world, accountId);
  assert.deepEqual(steps.slice(1), [
    "attempt: attempt 1",
    "deferred: http: HTTP 429",
    "attempt: attempt 2",
    "deferred: http: HTTP 500",
    "attempt: attempt 3",
    "accepted: http: HTTP 202",
  ]);
});

journey("R07: an SMS whose answer was lost is not sent again by itself", async (world) => {
  world.sms.behave(() => ({ kind: "cut" }));
  const { accountId } = await asked(world);
  await world.smsTo(NUMBER);
  for (let hour = 0; hour < 3; hour += 1) {
    world.clock.forward({ hours: 1 });
    await world.smsTo(NUMBER);
  }
  assert.equal(world.sms.attempts(), 1);
  const { state, steps } = await newestTrace(world, accountId);
  assert.equal(state, "failed");
  assert.equal(steps.at(-1), "failed: http: ECONNRESET");
});

journey("R07: what waits is told by channel, and stops no page", async (world) => {
  const ready = async () => {
    const answer = await fetch(`${world.url}/health/ready`);
    return [answer.status, await answer.json()];
  };
  const fine = { ready: true, database: "ok", mail: "ok", sms: "ok" };
  assert.deepEqual(await ready(), [200, fine]);
  world.sms.behave(() => ({ kind: "too-fast" }));
  await asked(world);
  await world.smsTo(NUMBER);
  world.clock.forward({ seconds: 61 });
  assert.deepEqual(await ready(), [200, { ...fine, sms: "waiting" }]);
  world.sms.behave(() => ({ kind: "take" }));
  assert.equal((await world.smsTo(NUMBER)).length, 1);

  world.mail.behave(() => ({ kind: "answer", code: 451, text: "later", at: "recipient" }));
  await ask(visitor(world), anna.login);
  await world.messagesTo(anna.email);
  world.clock.forward({ seconds: 62 });
  assert.deepEqual(await ready(), [200, { ...fine, mail: "waiting" }]);
  const management = await createManagement(world.service.tools);
  const metrics = await (await management.request("/metrics")).text();
  const ages = metrics.matchAll(/^propusk_delivery_queue_oldest_seconds\{channel="(\w+)"\} (\d+)/gm);
  assert.deepEqual(
    [...ages].map(([, channel, seconds]) => [channel, Number(seconds) > 60]),
    [
      ["email", true],
      ["sms", false],
    ],
  );
});

journey(
  "M24: the next gateway that serves the number takes what the first one did not, and the trace names both",
  async (world) => {
    const { accountId } = await asked(world);
    assert.equal((await world.smsTo(NUMBER)).length, 1);
    const { steps } = await newestTrace(world, accountId);
    assert.deepEqual(steps.slice(2), [
      "declined: http-2: unreachable, ECONNREFUSED",
      "accepted: http-3: HTTP 202",
    ]);
    const management = await createManagement(world.service.tools);
    const metrics = await (await management.request("/metrics")).text();
    const attempts = metrics
      .split("\n")
      .filter((line) => line.startsWith("propusk_delivery_attempts_total{"));
    assert.deepEqual(attempts, [
      'propusk_delivery_attempts_total{channel="sms",connector="http-2",result="unreachable"} 1',
      'propusk_delivery_attempts_total{channel="sms",connector="http-3",result="accepted"} 1',
    ]);
    assert.doesNotMatch(metrics, /9161234567/);
  },
  { smsUrl: (sink) => `${sink}?prefix=+375, http://127.0.0.1:9/?prefix=+7\n${sink}` },
);

journey(
  "M24: with a gateway and without SMTP_URL, SMS go out and letters stand in the trial inbox",
  async (world) => {
    const { person } = await asked(world);
    assert.equal((await world.smsTo(NUMBER)).length, 1);
    await ask(person, anna.email);
    await world.smsTo(NUMBER);
    await person.visit("/inbox");
    assert.ok(person.page.text.includes(anna.email));
    assert.ok(!person.page.text.includes(NUMBER));
  },
  { settings: { SMTP_URL: "" } },
);

journey(
  "M24: without SMTP_URL and SMS_URL the trial inbox shows an SMS as a phone would",
  async (world) => {
    const { person, accountId } = await asked(world);
    await world.smsTo(NUMBER);
    const { id } = await newestTrace(world, accountId);
    await person.visit(`/inbox/${id}`);
    assert.match(person.page.text, /Ромашка\s+на номер \+7 916 123-45-67/);
    assert.match(person.page.text, /Код \d{6}\. Никому его не сообщайте\./);
  },
  { settings: { SMTP_URL: "", SMS_URL: "" } },
);
