/** Imports in a browser: uploaded in pieces or whole, tried out, watched, held up, and looked through. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { words } from "../../src/admin/import/words.ts";
import type { Language } from "../../src/platform/language/language.ts";
import { brokenTable, manyPeople } from "../import-files.ts";
import { openWorld, type World } from "../world.ts";
import { beyond, smallTargets } from "./fits.ts";
import { clean } from "./judges.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const password = "тихая лодка под звёздами";

async function office(t: TestContext): Promise<World> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  await world.addPerson({ login: "olga", name: "Ольга Орлова", role: "owner", password });
  return world;
}

async function comeIn({ page, say, ...visitor }: Visitor): Promise<void> {
  await page.goto("/sign-in?return_to=/admin/import");
  await visitor.fill(say.identifier, "olga");
  await visitor.fill(say.password, password);
  await visitor.press(say.signInButton);
}

for (const [language, scripts] of [
  ["ru", true],
  ["en", false],
] as const satisfies readonly (readonly [Language, boolean])[]) {
  const how = `${language}, scripts ${scripts ? "on" : "off"}`;
  test(`M30: people are brought along and watched on their way, also after a reload (${how})`, async (t) => {
    const world = await office(t);
    const visitor = await stage.visit(t, world, { language, scripts });
    const { page } = visitor;
    const say = words[language];
    await comeIn(visitor);
    const file = {
      name: "people.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(manyPeople(2_500, "к".repeat(200))),
    };
    assert.ok(file.buffer.length > 1024 * 1024, "more than one piece");
    const pieces: string[] = [];
    page.on("request", (request) => request.url().includes("import-pieces") && pieces.push(request.url()));
    await page.getByLabel(say.file, { exact: true }).setInputFiles(file);
    await visitor.press(say.upload);
    await visitor.sees("people.csv");
    assert.equal(pieces.length > 1, scripts, "in pieces with scripts, whole without");
    const address = new URL(page.url()).pathname;
    await visitor.press(say.options.check);
    const run = say.outcome.run(2_500, 0);
    const look = async (wanted: () => Promise<boolean>) => {
      for (let time = 0; time < 60 && !(await wanted()); time += 1) {
        if (scripts) await page.waitForTimeout(500);
        else await page.goto(address);
      }
      assert.ok(await wanted());
    };
    await look(() => page.getByRole("button", { name: run, exact: true }).isVisible());
    // From here on another instance works, once it is there; how far it got is told by hand.
    await world.service.imports.stop();
    const id = address.split("/").at(-1) ?? "";
    const reached = (percent: number) =>
      world.service.tools.store.transact((write) =>
        write
          .updateTable("imports")
          .set({ done_bytes: Math.ceil((file.buffer.length * percent) / 100) })
          .where("id", "=", id)
          .execute(),
      );
    await visitor.press(run);
    await page.locator("progress").waitFor();
    await reached(40);
    await page.reload();
    assert.equal(await page.locator("progress").getAttribute("value"), "40", "the progress is the server's");
    await reached(70);
    if (!scripts) await visitor.follow(say.progress.refresh);
    await page.locator("progress[value='70']").waitFor();
    await visitor.press(say.progress.pause);
    await page.getByText(say.progress.paused).waitFor();
    await visitor.press(say.progress.resume);
    await page.getByText(say.progress.running).waitFor();
    await world.another();
    await look(() => page.getByText(say.outcome.done, { exact: true }).isVisible());
    assert.equal(await page.locator(".tally b").first().innerText(), say.tally.number(2_500));
  });
}

test("axe finds nothing on the pages of imports, which fit 320 px, in both themes", async (t) => {
  const world = await office(t);
  const shots = process.env["SHOTS"];
  const visitor = await stage.visit(t, world);
  const { page } = visitor;
  const look = async (name: string) => {
    assert.deepEqual(await clean(visitor), [], name);
    for (const width of [360, 320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.ok((await beyond(page)) <= 0, `${name} at ${width}`);
      assert.deepEqual(await smallTargets(page), [], `${name} at ${width}`);
      if (shots && width !== 320)
        await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
    }
  };
  const say = words.ru;
  await comeIn(visitor);
  await visitor.sees(say.title);
  const file = { name: "Сотрудники Ромашки.csv", mimeType: "text/csv", buffer: brokenTable };
  await page.getByLabel(say.file, { exact: true }).setInputFiles(file);
  await visitor.press(say.upload);
  await visitor.sees(file.name);
  const address = new URL(page.url()).pathname;
  await page.locator("details").evaluateAll((all) => {
    for (const each of all) each.setAttribute("open", "");
  });
  await look("settling");
  await page.getByLabel(say.mapping.names.login, { exact: true }).selectOption("");
  await page.getByLabel(say.mapping.names.email, { exact: true }).selectOption("");
  await visitor.press(say.options.check);
  await page.getByText(say.problems.nobody).first().waitFor();
  await look("refused");
  await page.goto(address);
  await visitor.press(say.options.check);
  await page.locator("#progress, form[action$='/run']").first().waitFor();
  await world.service.imports.settled();
  await page.goto(address);
  await look("checked");
  await page.goto(`${address}?show=troubled`);
  await page.locator("form[action$='/run'] button").click();
  await page.locator("#progress, .notice.success").first().waitFor();
  await world.service.imports.settled();
  await page.goto(address);
  await look("done");
  // One that somebody is at.
  await world.service.tools.store.transact((write) =>
    write
      .updateTable("imports")
      .set({ state: "running", finished_at: null, done_rows: 3, done_bytes: 180 })
      .set({ lease_owner: "another", lease_until: Number.MAX_SAFE_INTEGER })
      .where("id", "=", address.split("/").at(-1) ?? "")
      .execute(),
  );
  world.clock.forward({ seconds: 40 });
  await page.goto(address);
  await page.locator("details.stop").evaluate((each) => each.setAttribute("open", ""));
  await look("running");
  await page.goto("/admin/import");
  await look("list");
});
