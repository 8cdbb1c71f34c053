/** The database goes away, crashes or is held by somebody else: 503, no crash, and it heals by itself. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import pg from "pg";
import { startPostgres } from "../../scripts/postgres.ts";
import { databases } from "../world.ts";
import { firstPassword, type Installation, install, until, untilOutboxIsEmpty } from "./installation.ts";
import { linkHolder, newPassword } from "./redemption.ts";
import type { ServiceProcess } from "./service-process.ts";
import { type Answer, Visitor } from "./visitor.ts";

if (databases.includes("PostgreSQL")) {
  test("while PostgreSQL is down writing pages say 503, and the way back in goes on later", async (t) => {
    const server = await startPostgres({ own: true });
    t.after(() => server.stop());
    const installation = await install({
      database: "PostgreSQL",
      databaseUrl: await durableDatabase(server),
    });
    t.after(() => installation.close());
    const [person, other] = await installation.addPeople(2);
    assert.ok(person && other);
    const service = await installation.start();
    const holder = await linkHolder(service, person);
    const asking = askAllTheTime(service, installation);
    await until("people are asking", () => asking.answers.length > 5);

    await server.halt();
    const refused = await holder.submit(service.origin, ...newPassword());
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.retryAfter) > 0, "503 without Retry-After");
    assert.equal((await new Visitor().visit(service.origin, "/sign-in")).status, 200);
    assert.equal((await new Visitor().visit(service.origin, "/health/live")).status, 200);
    assert.equal((await new Visitor().visit(service.origin, "/health/ready")).status, 503);
    const signedIn = { headers: { Cookie: "sid=anybody" } };
    const checked = await fetch(`${service.origin}/me/session`, signedIn);
    assert.deepEqual([checked.status, checked.headers.has("retry-after")], [503, true], await checked.text());
    const during = asking.answers.length;
    await until("the outage was noticed by many", () => asking.answers.length > during + 20);

    await server.resume();
    await until(
      "it heals",
      async () => (await holder.visit(service.origin, "/recovery/password")).status === 200,
      10_000,
    );
    assert.equal((await holder.submit(service.origin, ...newPassword())).location, "/recovery/done");
    await asking.stop();
    assertOnlyServedOrBusy(asking.answers);
    await untilOutboxIsEmpty(installation.store);
    assert.equal(installation.mail.to(person.email).length, 1, "the notice after the outage");
    assert.doesNotMatch(service.said(), /"event":"fault"/);
    assert.deepEqual(await service.stop(), { code: 0, signal: null });
  });

  test("a crash of PostgreSQL under load ends nothing but the requests of that moment", async (t) => {
    const server = await startPostgres({ own: true });
    t.after(() => server.stop());
    const databaseUrl = await durableDatabase(server);
    const installation = await install({ database: "PostgreSQL", databaseUrl });
    t.after(() => installation.close());
    const service = await installation.start();
    const asking = askAllTheTime(service, installation);
    for (let crash = 0; crash < 3; crash += 1) {
      const before = served(asking.answers);
      await until("people are served", () => served(asking.answers) > before + 5);
      await killBackend(databaseUrl);
    }
    const before = served(asking.answers);
    await until("people are served again", () => served(asking.answers) > before + 5);
    await asking.stop();
    assertOnlyServedOrBusy(asking.answers);
    await untilOutboxIsEmpty(installation.store);
    const letters = new Set(installation.mail.received.map((mail) => mail.parsed.messageId));
    assert.ok(letters.size >= served(asking.answers), "a promised letter is missing");
    t.diagnostic(
      `crashes 3, served ${served(asking.answers)}, busy ${asking.answers.length - served(asking.answers)}`,
    );
  });
}

test("while another process writes to SQLite, writers wait and get 503, readers are served", async (t) => {
  const installation = await install({ database: "SQLite" });
  t.after(() => installation.close());
  const [person] = await installation.addPeople(1);
  assert.ok(person);
  const service = await installation.start();
  const signedIn = new Visitor();
  await signedIn.submit(service.origin, "/sign-in", { identifier: person.login, password: firstPassword });
  // A minute ago, so that the next page would note the visit if it could.
  await installation.store.transact((write) =>
    write
      .updateTable("sessions")
      .set((row) => ({ seen_at: row("seen_at", "-", 61_000) }))
      .execute(),
  );
  const holder = await linkHolder(service, person);
  const other = new DatabaseSync(join(installation.environment.DATA_DIR ?? "", "propusk.db"));
  t.after(() => other.close());

  other.exec("begin immediate");
  const ownPage = signedIn.visit(service.origin, "/me");
  const [refused, pages] = await readingMeanwhile(service, holder.submit(service.origin, ...newPassword()));
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.retryAfter) > 0, "503 without Retry-After");
  assert.ok(pages > 20, `only ${pages} pages were answered while a writer waited`);
  assert.equal((await ownPage).status, 200);

  const waiting = readingMeanwhile(service, holder.submit(service.origin, ...newPassword()));
  await new Visitor().visit(service.origin, "/sign-in");
  other.exec("rollback");
  assert.equal((await waiting)[0].location, "/recovery/done");
  assert.doesNotMatch(service.said(), /"event":"fault"/);
});

/** With commits that survive a crash of the server, which the server of the tests does without. */
async function durableDatabase(server: { createDatabase(): Promise<string> }): Promise<string> {
  const url = new URL(await server.createDatabase());
  url.searchParams.set("options", "-c synchronous_commit=on");
  return url.href;
}

/** `kill -9` of one server process, after which PostgreSQL throws all others out and recovers. */
async function killBackend(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const found = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'propusk' limit 1",
  );
  const thrownOut = new Promise((resolve) => client.once("error", resolve));
  process.kill(found.rows[0]?.pid ?? 0, "SIGKILL");
  await thrownOut;
}

/** Somebody new asks for a letter as soon as the one before has an answer. */
function askAllTheTime(service: ServiceProcess, installation: Installation) {
  const answers: Answer[] = [];
  const stopping = new AbortController();
  const people = installation.addPeople(300);
  const work = (async () => {
    for (const { login } of await people) {
      if (stopping.signal.aborted) return;
      answers.push(await new Visitor().submit(service.origin, "/recovery", { identifier: login }));
    }
  })();
  // Told by `stop`; until then the test has other things to wait for.
  work.catch(() => {});
  return {
    answers,
    stop: () => {
      stopping.abort();
      return work;
    },
  };
}

function served(answers: readonly Answer[]): number {
  return answers.filter(({ status }) => status === 303).length;
}

function assertOnlyServedOrBusy(answers: readonly Answer[]): void {
  for (const { status, retryAfter } of answers) {
    assert.ok(status === 303 || (status === 503 && Number(retryAfter) > 0), `answered ${status}`);
  }
}

/** Opens pages one after another until the writing request has its answer; says how many. */
async function readingMeanwhile(
  service: ServiceProcess,
  writing: Promise<Answer>,
): Promise<[Answer, number]> {
  const answered = new AbortController();
  const over = () => answered.abort();
  writing.then(over, over);
  let pages = 0;
  while (!answered.signal.aborted) {
    for (const path of ["/sign-in", "/recovery", "/health/live"]) {
      assert.equal((await new Visitor().visit(service.origin, path)).status, 200, path);
      pages += 1;
    }
  }
  return [await writing, pages];
}
