/** The figures in a browser: axe in both themes, small windows, tables and files behind the charts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../../src/admin/figures/words.ts";
import { recordEvent } from "../../src/audit/audit.ts";
import { countNow, noteDelivery } from "../../src/figures/figures.ts";
import { openWorld, type World } from "../world.ts";
import { beyond } from "./fits.ts";
import { clean } from "./judges.ts";
import { behindProxy, openStage } from "./stage.ts";

const stage = openStage();
const password = "тихая лодка под звёздами";

/** Something of everything, so that every chart is drawn. */
async function history({ service: { tools } }: World, now: number): Promise<void> {
  const clock = { now: () => now };
  const event = { actor: "anonymous", accountId: "a", address: "" };
  const record = { clock };
  await tools.store.transact(async (write) => {
    const events: [string, Record<string, string | number>, accountId?: string][] = [
      ["session.started", { method: "password", newDevice: 1 }],
      ["session.started", { method: "social", service: "yandex" }],
      ["session.refused", { method: "password" }],
      ["recovery.asked", { channel: "email", result: "person" }, "a"],
      ["recovery.asked", { channel: "sms", result: "person" }, "b"],
      ["recovery.asked", { channel: "email", result: "nobody" }],
      ["account.blocked", {}],
      ["case.confirmed", {}],
      ["case.approved", { decidedAfterMs: 30 * 3_600_000 }],
      ["case.vetoed", {}],
      ["password.changed", { how: "recovery" }, "a"],
    ];
    for (const [action, detail, accountId] of events) {
      await recordEvent(record, write, { ...event, action, detail, accountId: accountId ?? null });
    }
    const message = { kind: "notice", accountId: null, createdAt: now };
    for (const [channel, to, result] of [
      ["email", "a@mail.example", "accepted"],
      ["email", "a@a-very-long-name-of-a-company-with-many-words.example", "failed"],
      ["sms", "+79161234567", "accepted"],
      ["sms", "+79161234567", "undelivered"],
    ] as const) {
      await noteDelivery(write, { channel, to, gateway: "smsc", result, at: now, message });
    }
  });
  tools.sightings.outdated("a", "superseded", now);
  await countNow(tools);
}

test("the figures: axe finds nothing, all fits 320 px, and behind each chart is a table", async (t) => {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  await world.addPerson({ login: "olga", name: "Ольга Орлова", role: "owner", password });
  for (const language of ["ru", "en"] as const) {
    const visitor = await stage.visit(t, world, { language, scripts: language === "ru" });
    const { page } = visitor;
    const say = words[language];
    await page.goto("/sign-in?return_to=/admin/figures");
    await visitor.fill(visitor.say.identifier, "olga");
    await visitor.fill(visitor.say.password, password);
    await visitor.press(visitor.say.signInButton);
    await visitor.sees(say.title);
    if (language === "ru") {
      await page.getByText(say.funnel.empty).waitFor();
      await history(world, world.clock.now());
    }
    await visitor.follow(say.days[30]);
    await page.getByText(say.funnel.lost(0.5)).waitFor();
    const charts = await page.locator(".chart").count();
    assert.equal(charts, 9);
    for (const summary of await page.locator(".chart summary").all()) await summary.click();
    assert.equal(await page.locator(".chart table:visible").count(), charts);
    if (language === "ru") assert.deepEqual(await clean(visitor), []);
    for (const width of [320, 640, 1024]) {
      await page.setViewportSize({ width, height: 700 });
      assert.ok((await beyond(page)) <= 0, `${language} at ${width} px`);
    }
    const small = await page
      .locator(".behind > a, .chart summary, .periods a")
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 43.5).length);
    assert.equal(small, 0, "touched with a finger");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: say.fileOf(say.mail.what) }).click();
    assert.match((await download).suggestedFilename(), /^mail-30d-.*\.csv$/);
  }
});
