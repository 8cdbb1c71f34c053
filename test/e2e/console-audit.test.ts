/** The record of the console in a browser: looked through, taken along and checked. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { type TestContext, test } from "node:test";
import { words } from "../../src/admin/words.ts";
import type { Language } from "../../src/platform/language/language.ts";
import { openWorld, type World } from "../world.ts";
import { misfits } from "./fits.ts";
import { clean } from "./judges.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const password = "тихая лодка под звёздами";
const audit = "/admin/audit";

async function office(t: TestContext): Promise<World> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  await world.addPerson({ login: "olga", name: "Ольга Орлова", role: "owner", password });
  await world.addPerson({ login: "anna", name: "Анна Берёзкина-Константинопольская", password });
  return world;
}

async function comeIn({ page, say, ...visitor }: Visitor): Promise<void> {
  await page.goto(`/sign-in?return_to=${audit}`);
  await visitor.fill(say.identifier, "olga");
  await visitor.fill(say.password, password);
  await visitor.press(say.signInButton);
}

for (const language of ["ru", "en"] as const satisfies readonly Language[]) {
  for (const scripts of [true, false]) {
    const how = `${language}, scripts ${scripts ? "on" : "off"}`;
    test(`AD6: the record is narrowed, exported twice in a row, and checked (${how})`, async (t) => {
      const world = await office(t);
      const visitor = await stage.visit(t, world, { language, scripts });
      const { page } = visitor;
      const say = words[language].audit;
      await comeIn(visitor);
      await visitor.sees(say.title);
      await page.getByLabel(say.group, { exact: true }).selectOption("account");
      await visitor.fill(say.whom, "anna");
      await visitor.press(words[language].list.find);
      await page.waitForURL(/whom=anna/);
      assert.equal(await page.getByRole("row").count(), 2, "the head and one event");
      for (const format of ["csv", "jsonl"] as const) {
        const coming = page.waitForEvent("download");
        await visitor.press(say.formats[format]);
        const file = await coming;
        assert.match(file.suggestedFilename(), new RegExp(`^audit-[\\d-]+\\.${format}$`));
        assert.match(await readFile(await file.path(), "utf8"), /account\.added/);
      }
      await visitor.press(say.check);
      await page.locator("#check .notice.success").waitFor();
      await page.goto(`${audit}?whom=nobody`);
      await page.getByText(say.problems.absent).first().waitFor();
    });
  }
}

test("axe finds nothing on the record, which fits 320 px and letters of 200 %", async (t) => {
  const world = await office(t);
  const visitor = await stage.visit(t, world);
  const { page } = visitor;
  await comeIn(visitor);
  await visitor.press(words.ru.audit.check);
  await page.locator("#check .notice.success").waitFor();
  const targets = "main button, main .button, main select, main input, main nav a";
  for (const address of [
    audit,
    `${audit}?whom=nobody&from=2026-05-02&to=2026-05-01`,
    `${audit}?group=veto`,
  ]) {
    await page.goto(address);
    assert.deepEqual(await clean(visitor), [], address);
    assert.deepEqual(await misfits(page, targets), [], address);
  }
});
