/** The clock jumps: what was used stays used, nothing lives longer than it should, no limit lasts longer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { issueProof, secretOf } from "../../src/proofs/proofs.ts";
import { databases, openWorld, type World } from "../world.ts";
import { firstPassword } from "./installation.ts";
import { newPassword } from "./redemption.ts";
import { Visitor } from "./visitor.ts";

const HOUR_MS = 3_600_000;
const jumps = [-24, -1, 1, 24];

for (const database of databases) {
  const open = async (t: { after(clean: () => Promise<void>): void }) => {
    const world = await openWorld({ database, settings: { TRUSTED_PROXY_HOPS: "1" } });
    t.after(() => world.close());
    const id = await world.addPerson({ login: "anna", password: firstPassword });
    return { world, id };
  };

  test(`a used link stays used, wherever the clock jumps to (${database})`, async (t) => {
    const { world, id } = await open(t);
    const link = await linkFor(world, id, 1);
    assert.equal((await redeem(world, link)).location, "/recovery/done");
    for (const hours of jumps) {
      world.clock.forward({ hours });
      assert.equal((await redeem(world, link)).status, 410, `after a jump by ${hours} h`);
      world.clock.forward({ hours: -hours });
    }
  });

  test(`a link dies in its second, also after the clock was behind for a while (${database})`, async (t) => {
    const { world, id } = await open(t);
    const link = await linkFor(world, id, 1);
    world.clock.forward({ hours: -24 });
    assert.equal((await opened(world, link)).status, 200, "it has not been too late yet");
    world.clock.forward({ hours: 25, seconds: -2 });
    assert.equal((await opened(world, link)).status, 200, "two seconds before its end");
    world.clock.forward({ seconds: 2 });
    assert.equal((await opened(world, link)).status, 410, "in the second of its end");
    assert.equal((await redeem(world, link)).status, 410);
  });

  test(`an ended session stays ended, and a live one is no older than it is (${database})`, async (t) => {
    const { world } = await open(t);
    const ended = await signIn(world);
    const cookies = ended.copy();
    await ended.submit(world.url, "/sign-out", {});
    const live = await signIn(world);
    for (const hours of jumps) {
      world.clock.forward({ hours });
      assert.equal((await cookies.copy().visit(world.url, "/me")).status, 303, `after a jump by ${hours} h`);
      world.clock.forward({ hours: -hours });
    }
    assert.equal((await live.visit(world.url, "/me")).status, 200);
  });

  test(`a limit spent while the clock was ahead lasts no longer than its window (${database})`, async (t) => {
    const { world } = await open(t);
    world.clock.forward({ hours: 24 });
    assert.equal((await ask(world)).status, 303);
    assert.equal((await ask(world)).status, 429, "the limit is not there at all");
    world.clock.forward({ hours: -24 });
    assert.equal((await ask(world)).status, 429);
    world.clock.forward({ minutes: 1, seconds: 1 });
    assert.equal((await ask(world)).status, 303, "held up by a minute of tomorrow");
  });
}

async function linkFor(world: World, accountId: string, generation: number): Promise<string> {
  const { tools } = world.service;
  const account = { id: accountId, generation };
  const wish = { purpose: "recovery", form: "link", account, flowId: null, sentTo: "" } as const;
  const proof = await tools.store.transact((write) =>
    issueProof(tools, write, { ...wish, lifetimeMs: HOUR_MS }),
  );
  return `/recovery/link?key=${secretOf(tools, proof)}`;
}

async function opened(world: World, link: string) {
  const visitor = new Visitor();
  await visitor.visit(world.url, link);
  return visitor.visit(world.url, "/recovery/password");
}

async function redeem(world: World, link: string) {
  const visitor = new Visitor();
  await visitor.visit(world.url, link);
  return visitor.submit(world.url, ...newPassword());
}

async function signIn(world: World): Promise<Visitor> {
  const visitor = new Visitor();
  const answer = await visitor.submit(world.url, "/sign-in", { identifier: "anna", password: firstPassword });
  assert.equal(answer.status, 303);
  return visitor;
}

function ask(world: World) {
  return new Visitor().submit(world.url, "/recovery", { identifier: "anna" });
}
