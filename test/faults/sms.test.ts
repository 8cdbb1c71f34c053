/**
 * Gateways refuse, break, hang or lose their line, and processes die while they send: nobody gets an SMS
 * twice, none is lost without a word, and letters do not wait for any of it.
 */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { reportsPath } from "../../src/delivery/delivery.ts";
import { eventsOf } from "../../src/delivery/trace/rows.ts";
import { openSecrets } from "../../src/platform/secrets/secrets.ts";
import type { OpenStore } from "../../src/platform/store/open.ts";
import { startSmppSink } from "../smpp-sink.ts";
import { type SmsBehaviour, type SmsSink, startSmsSink } from "../sms-sink.ts";
import { type DatabaseKind, databases } from "../world.ts";
import {
  givePhones,
  install,
  letLeasesLapse,
  messageRows,
  rounds,
  until,
  untilOutboxIsEmpty,
} from "./installation.ts";
import type { ServiceProcess } from "./service-process.ts";
import { Visitor } from "./visitor.ts";

/** What a row says whose sender died: nobody knows whether it had left. */
const INTERRUPTED = "failed: sending was interrupted, and it may have left";
const KILL_WITHIN_MS = 50;
/** As many SMS as one process has in the air. */
const PLACES = 8;

const kills: Record<DatabaseKind, number> = { SQLite: rounds(8, 100), PostgreSQL: rounds(4, 30) };

for (const database of databases) {
  test(`R07: a gateway that refuses, breaks or cuts the line gets none twice (${database})`, async (t) => {
    const { installation, sms, settings } = await prepare(t, database);
    const numbers = await givePhones(installation.store, await installation.addPeople(20));
    const manners: SmsBehaviour["kind"][] = ["take", "break", "too-fast", "cut", "refuse"];
    const mannerOf = new Map(numbers.map((to, index) => [to, manners[index % manners.length] ?? "take"]));
    const seen = new Set<string>();
    sms.behave((to) => {
      const kind = mannerOf.get(to) ?? "take";
      // Who is too busy or broken takes the second try.
      const mended = seen.has(to) && (kind === "break" || kind === "too-fast");
      seen.add(to);
      return { kind: mended ? "take" : kind };
    });
    const service = await installation.start(settings);
    await Promise.all(numbers.map((to) => askFor(service, to)));
    await untilOutboxIsEmpty(installation.store);

    for (const [to, fate] of await fatesOf(installation.store)) {
      const manner = mannerOf.get(to);
      const isTaken = manner !== "refuse";
      assert.equal(sms.to(to).length, isTaken ? 1 : 0, `${manner}: ${fate.steps.join(", ")}`);
      const isSent = isTaken && manner !== "cut";
      assert.equal(fate.state, isSent ? "sent" : "failed", `${manner}: ${fate.steps.join(", ")}`);
    }
    assert.equal(sms.attempts(), 20 + 8, "a try for each, and one more for the busy and the broken");
  });

  test(`R07: a gateway that hangs on every place holds up no letter (${database})`, async (t) => {
    const { installation, sms, settings } = await prepare(t, database);
    const { mail, store } = installation;
    const people = await installation.addPeople(PLACES + 3);
    const [late = "", ...numbers] = await givePhones(store, people.slice(1));
    const [reader] = people;
    sms.behave(() => ({ kind: "hang" }));
    const service = await installation.start(settings);
    await Promise.all(numbers.slice(0, PLACES).map((to) => askFor(service, to)));
    await until("every place hangs", () => sms.attempts() === PLACES);
    sms.behave(() => ({ kind: "take" }));
    await Promise.all([askFor(service, late), ...numbers.slice(PLACES).map((to) => askFor(service, to))]);
    await new Visitor().submit(service.origin, "/recovery", { identifier: reader?.login ?? "" });
    await untilOutboxIsEmpty(store);

    const fates = await fatesOf(store);
    const letter = fates.get(reader?.email ?? "");
    for (const [index, to] of numbers.entries()) {
      const fate = fates.get(to);
      const hung = index < PLACES;
      assert.equal(fate?.steps.at(-1), hung ? "failed: http: no answer in time" : "accepted: http: HTTP 202");
      assert.equal(sms.to(to).length, hung ? 0 : 1);
      if (hung) assert.ok((letter?.finishedAt ?? 0) < fate.finishedAt, "the letter waited for an SMS");
    }
    assert.equal(sms.to(late).length, 1, "the places are free again");
    assert.equal(mail.to(reader?.email ?? "").length, 1);
    assert.equal(sms.attempts(), PLACES + 2);
  });

  test(`R07: one report that comes forty times at once is written down once (${database})`, async (t) => {
    const { installation, sms, settings } = await prepare(t, database);
    const { environment, store } = installation;
    const [number = ""] = await givePhones(store, await installation.addPeople(1));
    const instances = await Promise.all([installation.start(settings), installation.start(settings)]);
    await askFor(instances[0], number);
    await untilOutboxIsEmpty(store);
    const secrets = openSecrets([Buffer.from(environment.SECRET_KEY ?? "", "base64url")]);
    const body = JSON.stringify({ id: sms.received[0]?.id, status: "delivered" });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const { origin } = instances[index % 2 === 0 ? 0 : 1];
        const headers = { "Content-Type": "application/json" };
        return fetch(`${origin}${reportsPath(secrets, "http")}`, { method: "POST", headers, body });
      }),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    const fate = (await fatesOf(store)).get(number);
    assert.deepEqual(
      fate?.steps.filter((step) => step.startsWith("delivered")),
      ["delivered: http: delivered"],
    );
  });

  test(`R07: ${kills[database]} kills lose no SMS unsaid and repeat none (${database})`, async (t) => {
    const { installation, sms, settings } = await prepare(t, database);
    const { store } = installation;
    const promised: string[] = [];
    for (let round = 0; round < kills[database]; round += 1) {
      const numbers = await givePhones(store, await installation.addPeople(4));
      const service = await installation.start(settings);
      const before = sms.attempts();
      const asked = numbers.map((to) => askFor(service, to).then(() => promised.push(to)));
      const settled = Promise.allSettled(asked);
      await Promise.any(asked);
      // Every other time right after the first commit, else while it sends.
      if (round % 2 === 0) await sleep(Math.random() * KILL_WITHIN_MS);
      else await until("it sends", () => sms.attempts() > before);
      await service.kill();
      await settled;
    }
    await letLeasesLapse(store);
    await installation.start(settings);
    await untilOutboxIsEmpty(store);

    const fates = await fatesOf(store);
    for (const to of promised) assert.ok(fates.has(to), `${to} was promised a code`);
    for (const [to, { state, steps }] of fates) {
      const copies = sms.to(to).length;
      assert.ok(copies <= 1, `${to} got ${copies}`);
      if (state === "sent") assert.equal(copies, 1, to);
      else assert.equal(steps.at(-1), INTERRUPTED, to);
    }
    const states = [...fates.values()].map(({ state }) => state);
    const interrupted = states.filter((state) => state === "failed").length;
    t.diagnostic(`kills ${kills[database]}, SMS ${states.length}, interrupted ${interrupted}, repeated 0`);
  });

  test(`R07: one of two instances dies while it sends, the other goes on (${database})`, async (t) => {
    const { installation, sms: hanging, settings } = await prepare(t, database);
    const { store } = installation;
    const taking = await startSmsSink();
    t.after(() => taking.close());
    const hung: string[] = [];
    hanging.behave((to) => {
      hung.push(to);
      return { kind: "hang" };
    });
    const people = await installation.addPeople(24);
    const readers = people.slice(20);
    const numbers = await givePhones(store, people.slice(0, 20));
    const doomed = await installation.start(settings);
    const survivor = await installation.start({ SMS_URL: taking.url });
    const waiting = [...numbers];
    while (hung.length === 0) {
      await askFor(doomed, waiting.pop() ?? "");
      await until("one of them has it", async () => (await rowsIn(store, "queued")).length === 0);
    }
    const dead = (await rowsIn(store, "sending")).find((row) => row.sent_to === hung[0])?.lease_owner;
    const asked = waiting.map((to) => askFor(survivor, to));
    await Promise.any(asked);
    await doomed.kill();
    await Promise.all(asked);
    for (const { login } of readers) {
      await new Visitor().submit(survivor.origin, "/recovery", { identifier: login });
    }
    await until("only the dead one holds any", async () => {
      const held = [...(await rowsIn(store, "queued")), ...(await rowsIn(store, "sending"))];
      return held.every((row) => row.lease_owner === dead);
    });
    await letLeasesLapse(store);
    await untilOutboxIsEmpty(store);

    const fates = await fatesOf(store);
    for (const { email } of readers) assert.equal(fates.get(email)?.state, "sent");
    for (const to of numbers) {
      const fate = fates.get(to);
      assert.ok(fate, `${to} was promised a code`);
      if (fate.state === "failed") assert.equal(fate.steps.at(-1), INTERRUPTED);
      assert.equal(taking.to(to).length, fate.state === "sent" ? 1 : 0, fate.steps.join(", "));
      if (hung.includes(to)) assert.equal(fate.state, "failed");
    }
    assert.doesNotMatch(survivor.said(), /"event":"fault"/);
  });
}

test("R07: an SMPP link that is lost comes back by itself, and each code arrives once", async (t) => {
  const { installation } = await prepare(t, databases.at(-1) ?? "SQLite");
  const { mail, store } = installation;
  const people = await installation.addPeople(9);
  const numbers = await givePhones(store, people);
  const first = await startSmppSink();
  t.after(() => first.close());
  const service = await installation.start({ SMS_URL: first.url });
  const [before = "", onItsWay = "", ...after] = numbers;
  await askFor(service, before);
  await untilOutboxIsEmpty(store);
  first.behave(() => ({ kind: "drop" }));
  await askFor(service, onItsWay);
  await untilOutboxIsEmpty(store);
  first.behave(() => ({ kind: "take" }));
  first.cut();
  await Promise.all(after.slice(0, 3).map((to) => askFor(service, to)));
  await untilOutboxIsEmpty(store);
  await until("it is bound again", () => first.bound() === 1);

  // The operator is away for a while; the mailbox is not.
  await first.close();
  await Promise.all(after.slice(3).map((to) => askFor(service, to)));
  await until("they were tried", async () => {
    const fates = await fatesOf(store);
    return after.slice(3).some((to) => fates.get(to)?.steps.some((step) => step.startsWith("deferred")));
  });
  const reader = people[0];
  await new Visitor().submit(service.origin, "/recovery", { identifier: reader?.login ?? "" });
  await until("the letter is there", () => mail.to(reader?.email ?? "").length === 1);
  const second = await startSmppSink({ port: first.port, reports: true });
  t.after(() => second.close());
  await untilOutboxIsEmpty(store);

  const copies = [...first.messages(), ...second.messages()].map(({ to }) => to);
  assert.deepEqual(copies.toSorted(), numbers.toSorted());
  const fates = await fatesOf(store);
  for (const to of numbers) assert.equal(fates.get(to)?.state, to === onItsWay ? "failed" : "sent");
  assert.match(fates.get(onItsWay)?.steps.at(-1) ?? "", /^failed: smpp: no answer to submit_sm/);
  await until("the receipts of the new link are written down", async () => {
    const reported = await fatesOf(store);
    return after.slice(3).every((to) => reported.get(to)?.steps.at(-1)?.startsWith("delivered"));
  });
});

async function prepare(t: TestContext, database: DatabaseKind) {
  const installation = await install({ database });
  t.after(() => installation.close());
  const sms: SmsSink = await startSmsSink();
  t.after(() => sms.close());
  return { installation, sms, settings: { SMS_URL: sms.url } };
}

async function askFor({ origin }: Pick<ServiceProcess, "origin">, identifier: string): Promise<void> {
  const { location } = await new Visitor().submit(origin, "/recovery", { identifier });
  assert.equal(location, "/recovery/code");
}

async function rowsIn(store: OpenStore, state: "queued" | "sending") {
  return (await messageRows(store)).filter((row) => row.state === state);
}

interface Fate {
  readonly state: string;
  readonly finishedAt: number;
  readonly steps: readonly string[];
}

/** What became of each message, by whom it was for. */
async function fatesOf(store: OpenStore): Promise<Map<string, Fate>> {
  const messages = await messageRows(store);
  const ids = messages.map(({ id }) => id);
  const events = Map.groupBy(await eventsOf(store.read, ids), (event) => event.message_id);
  return new Map(
    messages.map(({ id, sent_to: to, state, finished_at: finishedAt }) => {
      const steps = (events.get(id) ?? []).map(({ step, detail }) => (detail ? `${step}: ${detail}` : step));
      return [to, { state, finishedAt: finishedAt ?? 0, steps }];
    }),
  );
}
