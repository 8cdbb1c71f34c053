/** Back in by phone, with a code that a foreign SMS centre was handed over SMPP. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { traceOf } from "../../src/delivery/delivery.ts";
import { startForeignSmsc } from "../foreign-smsc.ts";
import { anna, newPassword } from "../people.ts";
import { ask, choosePassword, signIn } from "../steps.ts";
import { visitor } from "../walker.ts";
import { databases, openWorld } from "../world.ts";

for (const database of databases) {
  test(`M2 a code that came over SMPP lets the person back in (${database})`, async (t) => {
    const centre = await startForeignSmsc(t);
    if (!centre) return;
    const world = await openWorld({ database, smsUrl: () => `${centre.url}?from=Romashka` });
    try {
      const accountId = await world.addPerson(anna);
      const person = visitor(world);
      await ask(person, "8 916 123-45-67");
      while (centre.said("message").length === 0) await sleep(10);
      const [message] = centre.said("message");
      assert.equal(message?.destination_addr, "79161234567");
      const code = /^Код (\d{6})\. Никому его не сообщайте\.$/.exec(String(message?.text))?.[1];
      assert.ok(code, String(message?.text));
      person.fill("Код из SMS", code);
      await person.press("Далее");
      await choosePassword(person, newPassword);
      await signIn(person, { ...anna, password: newPassword });
      assert.equal(person.page.heading, "Моя страница");

      const newest = async () => {
        const traces = await traceOf(world.service.tools.store.read, accountId);
        return traces.findLast(({ channel }) => channel === "sms");
      };
      while ((await newest())?.status !== "delivered") await sleep(10);
      const steps = (await newest())?.steps ?? [];
      // What the person did and what the centre reports come in either order.
      const [own, theirs] = [true, false].map((mine) =>
        steps.flatMap(({ step, detail }) =>
          (step === "opened" || step === "used") === mine ? [detail ? `${step}: ${detail}` : step] : [],
        ),
      );
      assert.deepEqual(own, ["opened: code", "used"]);
      assert.deepEqual(theirs, [
        "queued",
        "attempt: attempt 1",
        "accepted: smpp: ESME_ROK 0x00",
        "delivered: smpp: DELIVRD err 000",
      ]);
    } finally {
      await world.close();
    }
    await centre.ended;
    assert.equal(centre.said("unbind").length, 1);
  });
}
