/** Six digits under fire: very many tries at once, at two processes, against one code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startSmsSink } from "../sms-sink.ts";
import { databases } from "../world.ts";
import { givePhones, install, rounds, until } from "./installation.ts";
import { Visitor } from "./visitor.ts";

const path = "/recovery/code";

for (const database of databases) {
  const tries = rounds(200, 1_000);
  test(`RC1: of ${tries} wrong codes at once at two instances five are judged (${database})`, async (t) => {
    const installation = await install({ database });
    t.after(() => installation.close());
    const sms = await startSmsSink();
    t.after(() => sms.close());
    const { store } = installation;
    const [number = ""] = await givePhones(store, await installation.addPeople(1));
    const settings = { SMS_URL: sms.url };
    const instances = await Promise.all([installation.start(settings), installation.start(settings)]);
    const [first] = instances;
    const asking = new Visitor();
    const asked = await asking.submit(first.origin, "/recovery", { identifier: number });
    assert.equal(asked.location, path);
    await until("the code has come", () => sms.to(number).length === 1);
    const code = /\d{6}/.exec(sms.to(number)[0] ?? "")?.[0] ?? "";

    const answers = await Promise.all(
      Array.from({ length: tries }, (_, index) => {
        const { origin } = index % 2 === 0 ? instances[0] : instances[1];
        const wrong = String((Number(code) + 1 + index) % 1_000_000).padStart(6, "0");
        return asking.copy().submit(origin, path, { code: wrong });
      }),
    );
    const judged = answers.filter(({ text }) => text.includes("Код не подошёл"));
    const statuses = [...new Set(answers.map(({ status }) => status))].sort((one, other) => one - other);
    t.diagnostic(`${tries} tries, ${judged.length} judged, statuses ${statuses.join(" ")}`);
    assert.equal(judged.length, 5);
    // 422: no tries left. 429: the account's twenty of the day are used up.
    assert.deepEqual(statuses, [422, 429]);
    const late = await asking.submit(instances[1].origin, path, { code });
    assert.notEqual(late.location, "/recovery/password", "the right one comes too late");
    const proof = await store.read
      .selectFrom("proofs")
      .select("tries")
      .where("form", "=", "code")
      .executeTakeFirstOrThrow();
    assert.equal(proof.tries, 5);
  });
}
