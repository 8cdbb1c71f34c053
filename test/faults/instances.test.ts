/** Two processes on one database: one wins a race, one takes over where the other was killed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsOf } from "../../src/delivery/trace/rows.ts";
import { databases } from "../world.ts";
import {
  type Colleague,
  firstPassword,
  type Installation,
  install,
  letLeasesLapse,
  messageRows,
  rounds,
  until,
  untilOutboxIsEmpty,
} from "./installation.ts";
import { linkHolder, newPassword } from "./redemption.ts";
import type { ServiceProcess } from "./service-process.ts";
import { Visitor } from "./visitor.ts";

const RACERS = 32;
const LEASE_MS = 60_000;

for (const database of databases) {
  test(`of ${RACERS} browsers with one link, at two instances, exactly one wins (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const instances = await Promise.all([installation.start(), installation.start()]);
    const count = rounds(4, 50);
    let compared = 0;
    for (let round = 0; round < count; round += 1) {
      const outcomes = await race(installation, instances);
      const winners = outcomes.filter(({ answer }) => answer.location === "/recovery/done");
      const statuses = outcomes.map(({ answer }) => answer.status).sort((a, b) => a - b);
      assert.equal(winners.length, 1, `winners of round ${round}: ${statuses.join(" ")}`);
      compared += statuses.filter((status) => status !== 429).length;
      // 410: it was used already. 429: one link is worth thirty forms at once.
      assert.deepEqual([...new Set(statuses)], [303, 410, 429]);
    }
    t.diagnostic(`rounds ${count}, winners ${count}, redemptions in flight ${compared}`);
  });

  test(`the way back in goes on elsewhere, wherever an instance was killed (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const survivor = await installation.start();
    for (let finished = 1; finished < steps.length; finished += 1) {
      const [person] = await installation.addPeople(1);
      assert.ok(person);
      const walk: Walk = { installation, person, visitor: new Visitor(), link: "", password: "" };
      const doomed = await installation.start();
      for (const step of steps.slice(0, finished)) await step(walk, doomed.origin);
      await doomed.kill();
      for (const step of steps.slice(finished)) await step(walk, survivor.origin);
    }
    assert.doesNotMatch(survivor.said(), /"event":"fault"/);
  });

  test(`a message of a killed process is sent by another one after its lease (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const { mail, store } = installation;
    const [person] = await installation.addPeople(1);
    mail.behave(() => ({ kind: "hang", at: "recipient" }));
    const first = await installation.start();
    await new Visitor().submit(first.origin, "/recovery", { identifier: person?.login ?? "" });
    await until("the first process is sending", () => mail.attempts() === 1);
    await first.kill();
    const killedAt = Date.now();
    mail.behave(() => ({ kind: "take" }));

    const [held] = await messageRows(store);
    assert.equal(held?.state, "sending");
    assert.ok(held.lease_until - killedAt <= LEASE_MS, "held for longer than a lease");
    await installation.start();
    if (rounds(0, 1) === 0) await letLeasesLapse(store);
    await untilOutboxIsEmpty(store);
    t.diagnostic(`taken over ${((Date.now() - killedAt) / 1_000).toFixed(1)} s after the kill`);
    assert.equal(mail.to(person?.email ?? "").length, 1);
    const steps = (await eventsOf(store.read, [held.id])).map((event) => event.step);
    assert.deepEqual(steps, ["queued", "attempt", "deferred", "attempt", "accepted"]);
  });
}

async function race(installation: Installation, instances: readonly ServiceProcess[]) {
  const [person] = await installation.addPeople(1);
  assert.ok(person);
  const lanes = Array.from(
    { length: RACERS },
    (_, index) => instances[index % instances.length] as ServiceProcess,
  );
  const racers = await Promise.all(
    lanes.map(async (lane) => ({ lane, visitor: await linkHolder(lane, person) })),
  );
  const outcomes = await Promise.all(
    racers.map(async ({ lane, visitor }) => {
      const [path, fields] = newPassword();
      return { fields, answer: await visitor.submit(lane.origin, path, fields) };
    }),
  );
  for (const { fields, answer } of outcomes
    .toSorted((a, b) => a.answer.status - b.answer.status)
    .slice(0, 3)) {
    const won = answer.location === "/recovery/done";
    const origin = instances[1]?.origin ?? "";
    const { status } = await signIn(origin, person, fields.password ?? "");
    assert.equal(
      status,
      won ? 303 : 422,
      won ? "the winner cannot sign in" : "another password opens as well",
    );
  }
  assert.equal((await signIn(instances[0]?.origin ?? "", person, firstPassword)).status, 422);
  return outcomes;
}

function signIn(origin: string, person: Colleague, password: string) {
  return new Visitor().submit(origin, "/sign-in", { identifier: person.login, password });
}

/**
 * The killed instance may have held it; a living one holds nothing for seconds, so those leases may lapse.
 */
async function untilSent({ store }: Installation, isSent: () => boolean): Promise<void> {
  await until("it is sent", isSent, 5_000).catch(() => letLeasesLapse(store));
  await until("it is sent after all", isSent);
}

interface Walk {
  readonly installation: Installation;
  readonly person: Colleague;
  readonly visitor: Visitor;
  link: string;
  password: string;
}

type Step = (walk: Walk, origin: string) => Promise<void>;

const steps: readonly Step[] = [
  async function openTheQuestion({ visitor }, origin) {
    assert.equal((await visitor.visit(origin, "/recovery")).status, 200);
  },
  async function ask({ visitor, person }, origin) {
    const answer = await visitor.submit(origin, "/recovery", { identifier: person.email });
    assert.equal(answer.location, "/recovery/sent");
  },
  async function waitForTheLetter(walk, origin) {
    const sent = await walk.visitor.visit(origin, "/recovery/sent");
    assert.ok(sent.text.includes(walk.person.email), "the waiting page has forgotten who asked");
    const { mail } = walk.installation;
    await untilSent(walk.installation, () => mail.to(walk.person.email).length > 0);
    const text = mail.to(walk.person.email)[0]?.parsed.text ?? "";
    const link = /http:\/\/localhost:8080(\/recovery\/link\?key=\S+)/.exec(text)?.[1];
    assert.ok(link, "a letter without a link");
    walk.link = link;
  },
  async function openTheLink({ visitor, link }, origin) {
    assert.equal((await visitor.visit(origin, link)).location, "/recovery/password");
  },
  async function seeTheForm({ visitor }, origin) {
    assert.equal((await visitor.visit(origin, "/recovery/password")).status, 200);
  },
  async function setThePassword(walk, origin) {
    const [path, fields] = newPassword();
    walk.password = fields.password ?? "";
    assert.equal((await walk.visitor.submit(origin, path, fields)).location, "/recovery/done");
  },
  async function signInWithIt({ visitor, person, password }, origin) {
    const answer = await visitor.submit(origin, "/sign-in", { identifier: person.login, password });
    assert.equal(answer.location, "/me");
  },
  async function seeTheOwnPageAndTheNotice({ visitor, person, installation }, origin) {
    const page = await visitor.visit(origin, "/me");
    assert.equal(page.status, 200);
    assert.ok(page.text.includes(person.login));
    await untilSent(installation, () => installation.mail.to(person.email).length > 1);
    const letters = installation.mail.to(person.email);
    assert.equal(letters.length, new Set(letters.map((mail) => mail.parsed.messageId)).size, "sent twice");
    assert.equal(letters.length, 2);
  },
];
