/** SIGTERM under load: what is in flight is finished, the rest is handed back, the end is an orderly one. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { test } from "node:test";
import { databases } from "../world.ts";
import { firstPassword, type Installation, install, messageRows, publicUrl, until } from "./installation.ts";
import { linkHolder, newPassword } from "./redemption.ts";
import { run, type ServiceProcess } from "./service-process.ts";
import { type Answer, Visitor } from "./visitor.ts";

const orderly = { code: 0, signal: null };

for (const database of databases) {
  test(`SIGTERM lets what is in flight finish, and a second one changes nothing (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const service = await installation.start({ HASH_THREADS: "1" });
    const answers = await loadOf(installation, service);
    // Sent after them and answered before the stop: so the service has them all in its hands.
    for (let turn = 0; turn < 3; turn += 1) await new Visitor().visit(service.origin, "/health/live");
    const ended = service.stop();
    await service.until(/"event":"stopping"/);
    service.signal("SIGTERM");
    const given = await Promise.all(answers);
    // Where the machine hashes too slowly for them all, 503 is an answer as well.
    const finished = given.filter(({ status }) => status !== 503).map(({ location }) => location);
    assert.ok(finished.length > 0);
    for (const location of finished) assert.ok(["/me", "/recovery/done"].includes(location), location);
    assert.deepEqual(await ended, orderly);
    assert.match(service.said(), /"event":"stopped"/);
    await assert.rejects(new Visitor().visit(service.origin, "/sign-in"), { code: "ECONNREFUSED" });
  });

  test(`two instances are replaced one by one, and nobody is refused (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const behind = { services: await Promise.all([installation.start(), installation.start()]) };
    const clients = Array.from({ length: 4 }, () => comeAndGo(behind));
    for (let turn = 0; turn < 2; turn += 1) {
      const next = await installation.start();
      const [oldest, ...others] = behind.services;
      behind.services = [...others, next];
      await until("the balancer has let go of it", () => clients.every((client) => client.at() !== oldest));
      assert.deepEqual(await oldest?.stop(), orderly);
    }
    const served = await Promise.all(clients.map((client) => client.stop()));
    t.diagnostic(`replaced 2, requests ${served.reduce((sum, count) => sum + count, 0)}, refused 0`);
  });
}

test("a message that cannot be sent before the end is handed back to the next process", async (t) => {
  const installation = await install({ database: databases.at(-1) ?? "SQLite" });
  t.after(() => installation.close());
  const { mail, store } = installation;
  const [person] = await installation.addPeople(1);
  mail.behave(() => ({ kind: "hang", at: "recipient" }));
  const service = await installation.start();
  await new Visitor().submit(service.origin, "/recovery", { identifier: person?.login ?? "" });
  await until("the letter hangs", () => mail.attempts() === 1);
  assert.deepEqual(await service.stop(), orderly);
  const [row] = await messageRows(store);
  assert.deepEqual([row?.state, row?.lease_owner, row?.lease_until], ["queued", null, 0]);

  mail.behave(() => ({ kind: "take" }));
  const next = await installation.start();
  await until("the letter is there", () => mail.to(person?.email ?? "").length === 1);
  assert.deepEqual(await next.stop(), orderly);
});

test("SIGTERM to `npm start` reaches the service, which ends in order", async (t) => {
  const installation = await install({ database: "SQLite" });
  t.after(() => installation.close());
  const {
    child,
    ended,
    said,
    until: untilSaid,
  } = run("npm", ["start"], installation.environment, { ownGroup: true });
  t.after(() => killGroup(child));
  const [, port] = await untilSaid(/"event":"listening".*?"port":(\d+)/);
  await untilSaid(/^Propusk: /m);
  const origin = `http://127.0.0.1:${port}`;
  const [person] = await installation.addPeople(1);
  assert.ok(person);
  const answer = signIn({ origin }, person.login);
  await until(
    "npm's service answers",
    async () => (await new Visitor().visit(origin, "/health/live")).status === 200,
  );
  child.kill("SIGTERM");
  assert.equal((await answer).location, "/me");
  await ended;
  assert.match(said(), /"event":"stopped"/);
  await assert.rejects(new Visitor().visit(origin, "/sign-in"), { code: "ECONNREFUSED" });
});

/** Sign-ins and redemptions that queue for one hashing thread. */
async function loadOf(installation: Installation, service: ServiceProcess): Promise<Promise<Answer>[]> {
  const people = await installation.addPeople(8);
  const changing = people.slice(4);
  const holders = await Promise.all(changing.map((person) => linkHolder(service, person)));
  return [
    ...people.slice(0, 4).map((person) => signIn(service, person.login)),
    ...holders.map((holder) => holder.submit(service.origin, ...newPassword())),
  ];
}

function signIn(service: { origin: string }, identifier: string): Promise<Answer> {
  return new Visitor().submit(service.origin, "/sign-in", { identifier, password: firstPassword });
}

/** Somebody who opens a page and asks for a letter, again and again, wherever the balancer leads. */
function comeAndGo(behind: { services: ServiceProcess[] }) {
  let current: ServiceProcess | undefined;
  const stopping = new AbortController();
  let answered = 0;
  const work = (async () => {
    while (!stopping.signal.aborted) {
      const services = behind.services;
      current = services[answered % services.length];
      const origin = current?.origin ?? publicUrl;
      const identifier = `nobody-${crypto.randomUUID()}`;
      assert.equal((await new Visitor().visit(origin, "/sign-in")).status, 200);
      assert.equal((await new Visitor().submit(origin, "/recovery", { identifier })).status, 303);
      answered += 1;
    }
    return answered;
  })();
  work.catch(() => {});
  return {
    at: () => current,
    stop: () => {
      stopping.abort();
      return work;
    },
  };
}

/** npm's own child outlives npm when npm is killed outright. */
function killGroup({ exitCode, pid }: ChildProcess): void {
  if (exitCode === null && pid !== undefined) process.kill(-pid, "SIGKILL");
}
