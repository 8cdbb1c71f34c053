/** Portals in a browser: added, dressed and entered, with and without scripts, in any size and theme. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Page } from "playwright-core";
import { words } from "../../src/admin/portals/words.ts";
import { addPortal, plainWish } from "../../src/portal-registry/portal-registry.ts";
import { openWorld, type World } from "../world.ts";
import { axeFinds } from "./axe.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const password = "тихая лодка под звёздами";
const place = "/admin/portals";

async function office(t: TestContext): Promise<{ world: World; id: string }> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  await world.addPerson({ login: "olga", name: "Ольга Орлова", role: "owner", password });
  const wish = {
    ...plainWish,
    name: "База знаний отдела сопровождения",
    hue: 95,
    homeUrl: "https://wiki.romashka.example/",
    redirectUris: ["https://wiki.romashka.example/apps/user_oidc/code"],
  };
  const added = await addPortal(world.service.tools, wish, { actor: "system", address: "" });
  assert.equal(added.kind, "added");
  return { world, id: added.kind === "added" ? added.portal.id : "" };
}

async function comeIn({ page, say, ...visitor }: Visitor): Promise<void> {
  await page.goto(`/sign-in?return_to=${place}`);
  await visitor.fill(say.identifier, "olga");
  await visitor.fill(say.password, password);
  await visitor.press(say.signInButton);
  await page.waitForURL(new RegExp(`${place}$`));
}

async function isClean(page: Page, address: string): Promise<void> {
  await page.goto(address);
  assert.deepEqual(await axeFinds(page), [], address);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${address} is ${over} px wider than the window`);
}

for (const scripts of [true, false]) {
  const how = `scripts ${scripts ? "on" : "off"}`;
  test(`a portal is added, its secret shown, its look chosen and met by who enters (${how})`, async (t) => {
    const { world } = await office(t);
    const language = scripts ? "ru" : "en";
    const visitor = await stage.visit(t, world, { scripts, language });
    const { page } = visitor;
    const say = words[language];
    await comeIn(visitor);
    await visitor.sees(say.title);
    await visitor.follow(say.add);
    await visitor.fill(say.look.name, "CRM");
    await visitor.fill(say.connection.redirect, "https://crm.romashka.example/cb");
    await visitor.fill(say.connection.home, `${world.url}/help`);
    await visitor.press(say.newButton);
    await visitor.sees(say.secretPage.title);
    assert.match(await visitor.value(say.secretPage.label), /^[\w-]{43}$/);
    const id = await visitor.value(say.connection.clientId);
    await page.goto(`${place}/${id}`);
    const button = page.locator(".sample.light .sample-button");
    const colour = () => button.evaluate((shown) => getComputedStyle(shown).backgroundColor);
    assert.equal(await colour(), "rgb(15, 95, 111)", "petrol until one chooses");
    if (scripts) {
      await page.getByLabel(say.look.hue).fill("300");
      await page.waitForFunction(
        () =>
          getComputedStyle(document.querySelector(".sample.light .sample-button") as Element)
            .backgroundColor === "rgb(96, 67, 141)",
      );
      assert.ok(await page.getByLabel(say.look.ownHue).isChecked(), "choosing a hue is wanting it");
    } else {
      await page.getByLabel(say.look.ownHue).check();
      await page.getByLabel(say.look.hue).fill("300");
    }
    await visitor.press(say.save);
    await page.getByText(say.saved).waitFor();
    assert.equal(await colour(), "rgb(96, 67, 141)");
    const person = await stage.visit(t, world, { scripts, language });
    await person.page.goto(`/sign-in?portal=${id}`);
    const press = person.page.getByRole("button", { name: person.say.signInButton, exact: true });
    assert.equal(
      await press.evaluate((shown) => getComputedStyle(shown).backgroundColor),
      "rgb(96, 67, 141)",
    );
    await person.fill(person.say.identifier, "olga");
    await person.fill(person.say.password, password);
    await person.press(person.say.signInButton);
    // HT8: the strict policy of our own forms does not stop the way on to the portal.
    await person.page.waitForURL(`${world.url}/help`);
  });
}

test("WCAG 2.2 AA: every page of portals, 320 to 1440 px, in both themes", async (t) => {
  const { world, id } = await office(t);
  const own = world.service.tools.portals.defaultPortal().id;
  for (const [width, theme] of [
    [320, "dark"],
    [1440, "light"],
  ] as const) {
    const visitor = await stage.visit(t, world, { width, theme });
    await comeIn(visitor);
    const tabs = ["", "/people", "/connection", "/clients", "/secret", "/archive"];
    for (const tab of tabs) await isClean(visitor.page, `${place}/${id}${tab}`);
    for (const address of [place, `${place}/${own}`, "/admin/new-portal", "/me"]) {
      await isClean(visitor.page, address);
    }
    const stranger = await stage.visit(t, world, { width, theme });
    for (const address of ["/sign-in", "/recovery"]) await isClean(stranger.page, `${address}?portal=${id}`);
  }
});
