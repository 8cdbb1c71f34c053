/** «Доставка» in a browser: what became of each message, and what staff do about it. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import { words } from "../../src/admin/deliveries/words.ts";
import { words as shared } from "../../src/admin/words.ts";
import { liveThrough, type Office, openOffice, staff } from "../deliveries.ts";
import { misfits } from "./fits.ts";
import { clean } from "./judges.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();

async function office(t: TestContext): Promise<Office> {
  const there = await openOffice({ settings: behindProxy });
  t.after(() => there.world.close());
  await liveThrough(there);
  return there;
}

async function comeIn({ page, say, ...visitor }: Visitor): Promise<void> {
  await page.goto("/sign-in?return_to=/admin/deliveries");
  await visitor.fill(say.identifier, staff.olga.login);
  await visitor.fill(say.password, staff.olga.password);
  await visitor.press(say.signInButton);
  await page.waitForURL(/\/admin\/deliveries$/);
}

for (const scripts of [true, false]) {
  const how = scripts ? "on" : "off";
  test(`a letter that came back is found, read aloud and mended (scripts ${how})`, async (t) => {
    const there = await office(t);
    const visitor = await stage.visit(t, there.world, { scripts });
    const { page } = visitor;
    const say = words.ru;
    await comeIn(visitor);
    assert.equal(await page.locator(".traces > li").count(), 7, "the code, four letters, the notices");
    await page.getByLabel(say.state).selectOption("bounced");
    await visitor.press(shared.ru.list.find);
    assert.equal(await page.locator(".traces > li").count(), 1);
    const letter = await page.locator(".trace-head a").first().innerText();
    await visitor.follow(letter);
    await visitor.sees(letter);
    assert.match(await visitor.text(), /Сервер домена отвечает, что такого ящика нет/);
    await visitor.follow(shared.ru.acts.revive);
    await visitor.press(shared.ru.acts.revive);
    await page.waitForURL((url) => url.pathname === `/admin/users/${there.ids.ivan}`);
    assert.match(await visitor.text(), /Письма снова отправляются/);
  });
}

test("the pages of deliveries: nothing for axe to find, 320 px, large letters, 44 px", async (t) => {
  const there = await office(t);
  const visitor = await stage.visit(t, there.world);
  const { page } = visitor;
  await comeIn(visitor);
  const letters = await page
    .locator(".trace-head > a:first-child")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const card = `/admin/users/${there.ids.ivan}/deliveries`;
  const places = ["/admin/deliveries", "/admin/deliveries?q=nobody-here", "/admin/deliveries?kind=vetoed"];
  for (const address of [...places, ...letters, card]) {
    await page.goto(address);
    assert.deepEqual(await clean(visitor), [], address);
    assert.deepEqual(await misfits(page), [], address);
    await show(page, address);
  }
});

/** For whoever wants to look: a folder for the screens. */
async function show(page: Page, address: string): Promise<void> {
  const folder = process.env.SCREENS;
  if (!folder) return;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const name = `${address} ${colorScheme} ${width}`.replace(/[^\w]+/g, "-");
      await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
    }
  }
}
