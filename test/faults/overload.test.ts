/** More hashing than can be done in time, and a stored hash that asks for all the memory. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { databases } from "../world.ts";
import { firstPassword, install } from "./installation.ts";
import type { ServiceProcess } from "./service-process.ts";
import { type Answer, Visitor } from "./visitor.ts";

/** Several times what the queue of one thread takes. */
const CROWD = 250;
const MEGABYTE = 1024;

for (const database of databases) {
  test(`beyond a full hashing queue the answer is 503, and pages are served (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const service = await installation.start({ HASH_THREADS: "1" });
    const order: Answer[] = [];
    const crowd = Array.from({ length: CROWD }, async (_, index) => {
      order.push(await signIn(service, `nobody-${index}`));
    });
    await Promise.any(crowd);
    const page = await new Visitor().visit(service.origin, "/sign-in");
    const answeredBefore = order.length;
    await Promise.all(crowd);

    assert.equal(page.status, 200);
    assert.ok(answeredBefore < CROWD, "the page had to wait for the whole crowd");
    const refused = order.filter(({ status }) => status === 503);
    const judged = order.filter(({ status }) => status === 422);
    assert.equal(refused.length + judged.length, CROWD, "somebody got another answer");
    assert.ok(refused.length > 0, "the queue has no end");
    assert.ok(judged.length > 0, "nobody is served");
    for (const { retryAfter } of refused) assert.ok(Number(retryAfter) > 0, "503 without Retry-After");
    // Who is refused does not wait for those who are served.
    assert.equal(order.at(-1)?.status, 422);
    assert.equal((await signIn(service, "somebody-later")).status, 422, "it does not recover");
    t.diagnostic(`asked ${CROWD}, judged ${judged.length}, refused ${refused.length}`);
  });

  test(`a stored hash that asks for 4 GiB opens nothing and takes no memory (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const [victim, other] = await installation.addPeople(2);
    assert.ok(victim && other);
    const hostile = victim.hash.replace(/m=\d+/, `m=${4 * MEGABYTE * 1024}`);
    assert.notEqual(hostile, victim.hash);
    await installation.store.transact((write) =>
      write.updateTable("passwords").set({ hash: hostile }).where("account_id", "=", victim.id).execute(),
    );
    const service = await installation.start();
    assert.equal((await signIn(service, other.login)).location, "/me");
    const before = peakKib(service);
    for (let turn = 0; turn < 5; turn += 1) assert.equal((await signIn(service, victim.login)).status, 422);
    const grown = peakKib(service) - before;
    assert.ok(grown < 64 * MEGABYTE, `the peak grew by ${grown} KiB`);
    const holder = new Visitor();
    await holder.visit(service.origin, victim.link);
    assert.equal(
      (await holder.visit(service.origin, "/recovery/password")).status,
      200,
      "no way out by recovery",
    );
    t.diagnostic(`peak grew by ${Math.round(grown / MEGABYTE)} MiB`);
  });
}

function signIn(service: ServiceProcess, identifier: string): Promise<Answer> {
  return new Visitor().submit(service.origin, "/sign-in", { identifier, password: firstPassword });
}

/** The most memory that the process ever had, in KiB. */
function peakKib({ pid }: ServiceProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
}
