/** The disk fills up under load: writing pages say 503, nothing is half done, and it heals by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyAudit } from "../../src/audit/audit.ts";
import { firstPassword, install, messageRows, until, untilOutboxIsEmpty } from "./installation.ts";
import { changed, linkHolder, newPassword, stateOf, untouched } from "./redemption.ts";
import { makeSmallVolume } from "./small-volume.ts";
import { Visitor } from "./visitor.ts";

const MEGABYTES = 24;
const AT_ONCE = 6;

test("a full disk costs the writing pages alone, and nothing when there is room again", async (t) => {
  const volume = makeSmallVolume(MEGABYTES);
  const installation = await install({ database: "SQLite", dataDir: volume.path });
  t.after(async () => {
    await installation.close();
    volume.remove();
  });
  const { store, mail } = installation;
  const people = await installation.addPeople(150);
  const [reader, ...changing] = people;
  const service = await installation.start();
  const signedIn = new Visitor();
  await signedIn.submit(service.origin, "/sign-in", {
    identifier: reader?.login ?? "",
    password: firstPassword,
  });
  await store.transact((write) =>
    write
      .updateTable("sessions")
      .set((row) => ({ seen_at: row("seen_at", "-", 61_000) }))
      .execute(),
  );

  const told = { done: 0, busy: 0 };
  const tried: typeof people = [];
  const lane = async () => {
    while (told.busy < AT_ONCE) {
      const person = changing.pop();
      assert.ok(person, "the disk is never full");
      tried.push(person);
      const holder = await linkHolder(service, person);
      const answer = await holder.submit(service.origin, ...newPassword());
      if (answer.location === "/recovery/done") told.done += 1;
      else {
        assert.equal(answer.status, 503, "neither done nor busy");
        assert.ok(Number(answer.retryAfter) > 0, "503 without Retry-After");
        told.busy += 1;
      }
      if (told.done === AT_ONCE) volume.fill(service);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));

  const states = await Promise.all(tried.map((person) => stateOf(installation, person)));
  for (const state of states) assert.deepEqual(state, state.proof === "open" ? untouched : changed);
  const halted = tried.filter((_, index) => states[index]?.proof === "open");
  assert.equal(halted.length, told.busy, "who was told to wait was changed, or the other way round");
  assert.equal((await verifyAudit(store.read)).kind, "whole");
  assert.equal((await signedIn.visit(service.origin, "/me")).status, 200, "the own page on a full disk");
  for (const path of ["/sign-in", "/recovery", "/help", "/health/live"]) {
    assert.equal((await new Visitor().visit(service.origin, path)).status, 200, `${path} on a full disk`);
  }
  assert.equal(
    (await new Visitor().submit(service.origin, "/recovery", { identifier: "nobody" })).status,
    503,
  );

  volume.free(service);
  const [first, ...others] = halted;
  assert.ok(first);
  const again = await linkHolder(service, first);
  await until(
    "it heals",
    async () => (await again.submit(service.origin, ...newPassword())).location === "/recovery/done",
    5_000,
  );
  for (const person of others) {
    const holder = await linkHolder(service, person);
    assert.equal((await holder.submit(service.origin, ...newPassword())).location, "/recovery/done");
  }
  await untilOutboxIsEmpty(store);
  assert.equal((await messageRows(store)).filter(({ state }) => state === "sent").length, tried.length);
  assert.ok(
    new Set(mail.received.map(({ parsed }) => parsed.messageId)).size >= tried.length,
    "a notice is missing",
  );
  assert.doesNotMatch(service.said(), /"event":"fault"/);
  assert.deepEqual(await service.stop(), { code: 0, signal: null });
  t.diagnostic(`${volume.kind}: done ${told.done}, busy ${told.busy}, half done 0`);
});
