/**
 * The process is killed again and again while people ask for letters and set passwords. Whatever it had
 * answered must hold, and whatever it had not must be whole or absent.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyAudit } from "../../src/audit/audit.ts";
import { type DatabaseKind, databases } from "../world.ts";
import {
  type Colleague,
  type Installation,
  install,
  letLeasesLapse,
  messageRows,
  rounds,
  untilOutboxIsEmpty,
} from "./installation.ts";
import { changed, linkHolder, newPassword, stateOf, untouched } from "./redemption.ts";
import { Visitor } from "./visitor.ts";

const KILL_WITHIN_MS = 50;
const ASKING = 3;
const CHANGING = 4;

const kills: Record<DatabaseKind, number> = { SQLite: rounds(30, 200), PostgreSQL: rounds(10, 50) };

/** Who was told that it is done. */
interface Told {
  asked: Colleague[];
  changed: Colleague[];
  /** Everybody who tried to set a password, told or not. */
  tried: Colleague[];
}

for (const database of databases) {
  test(`${kills[database]} kills at random moments (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const told = await killAgainAndAgain(installation, kills[database]);

    await t.test("lose no letter and no notice, and repeat one at most per kill", async (t) => {
      await letLeasesLapse(installation.store);
      const last = await installation.start();
      await untilOutboxIsEmpty(installation.store);
      await last.stop();

      const messages = await messageRows(installation.store);
      const copies = Map.groupBy(installation.mail.received, (mail) => mail.parsed.messageId ?? "");
      for (const { id, state, kind } of messages) {
        assert.equal(state, "sent", `${kind} ${id} is ${state}`);
        assert.ok(copies.has(`<${id}@id.romashka.example>`), `${kind} ${id} was never received`);
      }
      assert.equal(copies.size, messages.length, "a letter came that nobody wrote");
      const asked = new Set(messages.filter((row) => row.kind === "recovery").map((row) => row.account_id));
      for (const { id, login } of told.asked) assert.ok(asked.has(id), `${login} was promised a letter`);
      const repeated = installation.mail.received.length - messages.length;
      for (const row of messages) {
        const received = copies.get(`<${row.id}@id.romashka.example>`)?.length ?? 0;
        assert.ok(received <= row.attempts, `${received} copies in ${row.attempts} attempts`);
      }
      assert.ok(repeated <= kills[database], `${repeated} copies too many`);
      t.diagnostic(`kills ${kills[database]}, letters ${messages.length}, lost 0, repeated ${repeated}`);
      t.diagnostic(`interrupted attempts ${messages.filter((row) => row.attempts > 1).length}`);
      t.diagnostic(`from commit to sent, seconds: ${waits(messages)}`);
    });

    await t.test("leave no redemption half done, and untouched links alive", async (t) => {
      const states = await Promise.all(told.tried.map((person) => stateOf(installation, person)));
      const holders = told.tried.filter((_, index) => states[index]?.proof === "open");
      states.forEach((state, index) => {
        const whole = state.proof === "open" ? untouched : changed;
        assert.deepEqual(state, whole, `half a change for ${told.tried[index]?.login}`);
      });
      for (const person of told.changed) assert.ok(!holders.includes(person), `${person.login} was told so`);
      assert.equal((await verifyAudit(installation.store.read)).kind, "whole");
      t.diagnostic(`tried ${states.length}, changed ${states.length - holders.length}, half done 0`);

      const service = await installation.start();
      for (const person of holders.slice(0, 5)) {
        const answer = await (await linkHolder(service, person)).submit(service.origin, ...newPassword());
        assert.equal(answer.location, "/recovery/done", `the link of ${person.login} is lost`);
      }
      await service.stop();
    });
  });
}

async function killAgainAndAgain(installation: Installation, count: number): Promise<Told> {
  const told: Told = { asked: [], changed: [], tried: [] };
  for (let round = 0; round < count; round += 1) {
    const people = await installation.addPeople(ASKING + CHANGING);
    const service = await installation.start();
    const changing = people.slice(ASKING);
    const visitors = await Promise.all(changing.map((person) => linkHolder(service, person)));
    const asked = people.slice(0, ASKING).map(async (person) => {
      const answer = await new Visitor().submit(service.origin, "/recovery", { identifier: person.login });
      assert.equal(answer.location, "/recovery/sent");
      told.asked.push(person);
    });
    const changes = visitors.map(async (visitor, index) => {
      const person = changing[index] as Colleague;
      told.tried.push(person);
      const answer = await visitor.submit(service.origin, ...newPassword());
      assert.equal(answer.location, "/recovery/done");
      told.changed.push(person);
    });
    const settled = Promise.allSettled([...asked, ...changes]);
    await Promise.any(round % 2 === 0 ? asked : changes);
    await sleep(Math.random() * KILL_WITHIN_MS);
    await service.kill();
    for (const end of await settled) if (end.status === "rejected") assertLineBroke(end.reason);
  }
  return told;
}

function waits(messages: Awaited<ReturnType<typeof messageRows>>): string {
  const seconds = messages
    .map((row) => ((row.finished_at ?? 0) - row.created_at) / 1_000)
    .sort((a, b) => a - b);
  const at = (share: number) =>
    seconds[Math.min(seconds.length - 1, Math.floor(seconds.length * share))]?.toFixed(1);
  return `median ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)}`;
}

function assertLineBroke(reason: unknown): void {
  const code = (reason as { code?: unknown }).code;
  assert.ok(code === "ECONNRESET" || code === "ECONNREFUSED", `not the kill: ${String(reason)}`);
}
