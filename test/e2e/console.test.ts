/** «Настройки – Пользователи» in a browser: with scripts and without, in both languages, wide and narrow. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { words } from "../../src/admin/words.ts";
import type { Language } from "../../src/platform/language/language.ts";
import { openWorld, type World } from "../world.ts";
import { clean, fitting, judgeAll } from "./judges.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const password = "тихая лодка под звёздами";
const users = "/admin/users";

interface Office {
  world: World;
  ids: { anna: string; oleg: string };
}

async function office(t: TestContext): Promise<Office> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  await world.addPerson({ login: "olga", name: "Ольга Орлова", role: "owner", password });
  const anna = await world.addPerson({
    login: "anna",
    name: "Анна Берёзкина-Константинопольская",
    phone: "+7 916 123-45-67",
    password,
  });
  const oleg = await world.addPerson({ login: "oleg", name: "Олег Ким", contactsProven: false, password });
  return { world, ids: { anna, oleg } };
}

async function comeIn({ page, say, ...visitor }: Visitor): Promise<void> {
  await page.goto(`/sign-in?return_to=${users}`);
  await visitor.fill(say.identifier, "olga");
  await visitor.fill(say.password, password);
  await visitor.press(say.signInButton);
  await page.waitForURL(new RegExp(`${users}$`));
}

for (const language of ["ru", "en"] as const satisfies readonly Language[]) {
  for (const scripts of [true, false]) {
    const how = `${language}, scripts ${scripts ? "on" : "off"}`;
    test(`M30: found, blocked, undone, sent a link, given a one-time password (${how})`, async (t) => {
      const { world } = await office(t);
      const visitor = await stage.visit(t, world, { language, scripts });
      const { page } = visitor;
      const say = words[language];
      await comeIn(visitor);
      await visitor.sees(say.title);
      await visitor.fill(say.list.search, ",thtp");
      await visitor.press(say.list.find);
      await page.getByRole("checkbox").check();
      assert.equal(await page.getByRole("row").count(), 2, "the head and one person");
      await visitor.press(say.acts.block);
      await visitor.sees(say.acts.block);
      await visitor.fill(say.ask.reason, "проверка");
      await visitor.press(say.ask.confirmMany(say.acts.block, 1));
      await page.getByText(say.told.block(1)).waitFor();
      assert.match(page.url(), /q=/, "back at the same list");
      await visitor.press(say.undo);
      await page.getByText(say.told.undone(1)).waitFor();
      for (const act of ["link", "password"] as const) {
        await page.goto(users);
        await visitor.follow("Анна Берёзкина-Константинопольская");
        await visitor.follow(say.acts[act]);
        await visitor.press(say.acts[act]);
        // The next page must not cut this press short.
        if (act === "link") await page.waitForURL((url) => !url.pathname.includes("/do/"));
      }
      await visitor.sees(say.oneTime.title);
      assert.match(await page.locator(".one-time code").innerText(), /^([2-9a-z]{4}-){3}[2-9a-z]{4}$/);
      await visitor.follow(say.oneTime.back);
      await visitor.follow(say.tabs.deliveries);
      await page.locator(".trace-head").first().waitFor();
    });
  }
}

/** Every screen of the console, as the owner sees it. */
async function tour({ ids }: Office, visitor: Visitor, look: (name: string) => Promise<void>): Promise<void> {
  const { page } = visitor;
  await comeIn(visitor);
  const card = `${users}/${ids.anna}`;
  await page.goto(`${card}/do/link`);
  await page.locator("main .button.primary").click();
  await page.waitForURL((url) => url.pathname === card);
  const tabs = ["", "/sessions", "/history", "/deliveries", "/record"].map((tab) => `${card}${tab}`);
  const asks = ["link", "block", "password"].map((act) => `${card}/do/${act}`);
  const many = `/admin/many?do=block&person1=${ids.anna}&person2=${ids.oleg}`;
  const forms = ["/admin/new-user", `${card}/edit`, `${card}/role`, many, `${users}?q=nobody`];
  for (const address of [users, `${users}?mail=unproven&sort=last-sign-in`, ...tabs, ...asks, ...forms]) {
    await page.goto(address);
    await look(address);
  }
  await page.goto("/admin/new-filter?status=active&phone=yes");
  await look("conditions kept under a name");
  await page.locator("main .button.primary").click();
  await page.locator(".kept a.change").click();
  await page.waitForURL(/filters/);
  await look("kept conditions, to be renamed");
  await page.goto("/admin/export-people?phone=yes");
  await look("people to be exported");
  await page.goto("/admin/new-user");
  await page.locator("main .button.primary").click();
  await page.locator("[aria-invalid='true']").first().waitFor();
  await look("a person added with nothing filled in");
  await page.goto(many);
  await page.locator("main .button.primary").click();
  await page.waitForURL((url) => url.pathname !== "/admin/many");
  await look("blocked, with the way back");
  await page.goto(`${users}/${ids.oleg}`);
  await look("the card of somebody blocked");
}

test("on a phone the places of the console wait in a drawer that keys open, without scripts", async (t) => {
  const visitor = await stage.visit(t, (await office(t)).world, { scripts: false, width: 320, height: 568 });
  const { page } = visitor;
  await comeIn(visitor);
  const { places } = words.ru;
  const drawer = page.getByRole("navigation", { name: places.label });
  assert.equal(await drawer.isVisible(), false);
  const opener = page.getByRole("button", { name: `${places.label}: ${places.names.users}` });
  await opener.focus();
  await page.keyboard.press("Enter");
  await drawer.waitFor();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  const audit = drawer.getByRole("link", { name: places.names.audit });
  await drawer.getByRole("link", { name: places.names.users }).focus();
  while (!(await audit.evaluate((link) => link === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await visitor.sees(words.ru.audit.title);
  assert.equal(await drawer.isVisible(), false);
});

for (const language of ["ru", "en"] as const) {
  test(`every screen of the console (${language})`, async (t) => {
    const there = await office(t);
    const visitor = await stage.visit(t, there.world, { language });
    const narrow = "the console fits 320 px and letters of 200 %, and what stands alone is 44 px high";
    const judges = {
      [`axe finds nothing on any screen of the console (${language})`]: clean,
      ...(language === "ru" && { [narrow]: fitting() }),
    };
    await judgeAll(t, judges, (look) => tour(there, visitor, (screen) => look(screen, visitor)));
  });
}
