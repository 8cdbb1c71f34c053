/** An import and the death of those who work on it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyAudit } from "../../src/audit/audit.ts";
import { beginImport, keepPart, recogniseImport, startImport } from "../../src/imports/imports.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { openSecrets } from "../../src/platform/secrets/secrets.ts";
import { manyPeople } from "../import-files.ts";
import { databases } from "../world.ts";
import { install, rounds, until } from "./installation.ts";

const people = rounds(3_000, 20_000);
const kills = rounds(3, 10);

for (const database of databases) {
  test(`M30: killed ${kills} times, an import ends with everybody in once (${database})`, async () => {
    const place = await install({ database });
    const { store } = place;
    const tools = {
      clock: systemClock,
      secrets: openSecrets([Buffer.from(place.environment.SECRET_KEY ?? "", "base64url")]),
      store,
    };
    try {
      const id = await beginImport(tools, { id: "cli", address: "terminal" }, "people.csv");
      await keepPart(tools, id, 0, Buffer.from(manyPeople(people)));
      const recognised = await recogniseImport(tools, id);
      assert.equal(recognised.kind, "recognised");
      const row = () => store.read.selectFrom("imports").selectAll().where("id", "=", id).executeTakeFirst();
      const settings = JSON.parse((await row())?.settings ?? "{}");
      assert.deepEqual(await startImport(tools, id, "running", settings), { kind: "started" });

      let before = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        const service = await place.start();
        await until("it goes on", async () => ((await row())?.done_rows ?? 0) > before);
        await sleep(Math.random() * 100);
        await service.kill();
        const now = await row();
        before = now?.done_rows ?? 0;
        assert.ok(before < people, "the kill came too late to tell anything");
        const lines = await store.read
          .selectFrom("import_rows")
          .select("line")
          .where("import_id", "=", id)
          .execute();
        assert.equal(lines.length, before, "what became of the rows is kept with the place that was reached");
        const added = await store.read
          .selectFrom("external_ids")
          .select((query) => query.fn.countAll<number>().as("count"))
          .executeTakeFirst();
        assert.equal(added?.count, before, "and so are the people");
        // A minute passes for the lease of the dead.
        await store.transact((write) =>
          write.updateTable("imports").set({ lease_until: 0 }).where("id", "=", id).execute(),
        );
      }
      const last = await place.start();
      await until("the import is done", async () => (await row())?.state === "done");
      assert.equal((await last.stop()).code, 0);
      const counts = JSON.parse((await row())?.counts ?? "{}");
      assert.deepEqual(counts, {
        added: people,
        updated: 0,
        unchanged: 0,
        number: 0,
        skipped: 0,
        refused: 0,
        noted: 0,
        line: people + 1,
      });
      const listed = await store.read.selectFrom("people").select("account_id").execute();
      assert.equal(listed.length, people, "everybody stands in the list of people once");
      const events = await store.read
        .selectFrom("audit_events")
        .select("seq")
        .where("action", "=", "account.added")
        .execute();
      assert.equal(events.length, people, "and in the record");
      assert.equal((await verifyAudit(store.read)).kind, "whole");
      assert.equal(
        await store.read.selectFrom("import_parts").select("number").executeTakeFirst(),
        undefined,
      );
    } finally {
      await place.close();
    }
  });
}
