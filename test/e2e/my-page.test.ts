/** «Моя страница» in a browser: both styles and languages, with scripts and without. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import sharp from "sharp";
import { databases, openWorld, type World } from "../world.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const password = "вишнёвый трамвай у пруда";
const worlds: { passport?: World; "control-string"?: World } = {};

before(async () => {
  const [first = "SQLite", second = first] = databases;
  worlds.passport = await openWorld({ database: first, settings: behindProxy });
  const settings = { ...behindProxy, RECOVERY_STYLE: "control-string" };
  worlds["control-string"] = await openWorld({ database: second, settings });
});
after(async () => {
  for (const world of Object.values(worlds)) await world?.close();
});

async function signIn(visitor: Visitor, login: string): Promise<void> {
  await visitor.page.goto("/sign-in");
  await visitor.fill(visitor.say.identifier, login);
  await visitor.fill(visitor.say.password, password);
  await visitor.press(visitor.say.signInButton);
  await visitor.sees(visitor.say.myPage);
}

/** A world, a person who lives in it, and their browser, signed in. */
async function arrive(
  t: Parameters<typeof stage.visit>[0],
  style: "passport" | "control-string",
  wish: Parameters<typeof stage.visit>[2],
): Promise<{ world: World; login: string; visitor: Visitor }> {
  const world = worlds[style];
  assert.ok(world);
  const login = `person-${Math.random().toString(36).slice(2, 10)}`;
  await world.addPerson({ login, name: "Вера Соболь", password });
  const visitor = await stage.visit(t, world, wish);
  await signIn(visitor, login);
  return { world, login, visitor };
}

for (const style of ["passport", "control-string"] as const) {
  for (const language of ["ru", "en"] as const) {
    for (const scripts of [true, false]) {
      const way = `${style}, ${language}, ${scripts ? "scripts" : "no scripts"}`;
      test(`M11 M12 M31 M32: from the menu to the own data, saved and shown (${way})`, async (t) => {
        const { visitor } = await arrive(t, style, { language, scripts });
        const { page, say } = visitor;
        await page.goto("/help");
        await page.locator("[data-menu] summary").click();
        await page.getByRole("navigation").getByRole("link", { name: say.myPage, exact: true }).click();
        await visitor.sees(say.myPage);
        await visitor.follow(style === "passport" ? say.edit : say.editBox);
        await visitor.sees(style === "passport" ? say.edit : say.editBox);
        await page.getByRole("link", { name: say.change, exact: true }).waitFor();
        await visitor.fill(say.name, "Вера Ким");
        await visitor.fill(say.position, "Бухгалтер");
        await page.getByLabel(say.timeZone).selectOption("Asia/Omsk");
        await visitor.press(say.save);
        await visitor.sees(say.myPage);
        const text = await visitor.text();
        for (const told of [say.saved, "Вера Ким", "Бухгалтер"]) assert.ok(text.includes(told), told);
        for (const place of say.places) {
          await page.getByRole("navigation").getByRole("link", { name: place, exact: true }).click();
          await page.locator(`.side [aria-current="page"]`).getByText(place, { exact: true }).waitFor();
        }
        await visitor.signOut();
        await page.getByText(say.signedOut, { exact: true }).waitFor();
      });
    }
  }
}

for (const scripts of [true, false]) {
  const way = scripts ? "scripts" : "no scripts";
  test(`M11: a photo is sent and seen in the header, and what is no photo is told of (${way})`, async (t) => {
    const { visitor } = await arrive(t, "passport", { scripts });
    const { page, say } = visitor;
    // Megabytes on their way, and a process of its own that has to start.
    page.setDefaultTimeout(20_000);
    await page.goto("/me/edit");
    const background = { r: 190, g: 70, b: 30 };
    const photo = sharp({ create: { width: 400, height: 300, channels: 3, background } });
    const upload = async (buffer: Buffer) => {
      await page.getByLabel(say.photo).setInputFiles({ name: "я.jpg", mimeType: "image/jpeg", buffer });
      await visitor.press(say.uploadPhoto);
    };
    await upload(Buffer.from("не фото"));
    await page.getByText("Это не фото", { exact: false }).first().waitFor();
    await upload(Buffer.alloc(5 * 1024 * 1024 + 1, "x"));
    await page.getByText("больше 5", { exact: false }).first().waitFor();
    await upload(await photo.jpeg().toBuffer());
    const shown = page.locator(".account img");
    await shown.waitFor();
    const [width] = await page.locator(".account img").evaluateAll((images) => {
      return images.map((image) => (image as HTMLImageElement).naturalWidth);
    });
    assert.equal(width, 256);
  });

  test(`SE5: signing out everywhere leaves this browser in, and the other one out (${way})`, async (t) => {
    const { world, login, visitor } = await arrive(t, "passport", { scripts });
    const other = await stage.visit(t, world, { scripts });
    await signIn(other, login);
    await visitor.page.goto("/me/sessions");
    await visitor.follow(visitor.say.endAll);
    await visitor.sees(visitor.say.endAll);
    await visitor.press(visitor.say.endAll);
    await visitor.page.getByText(visitor.say.endedAll).waitFor();
    await other.page.goto("/me");
    await other.sees(other.say.signIn);
    assert.equal(
      (await world.messagesTo(`${login}@romashka.example`)).length,
      1,
      "the new device was told of",
    );
  });
}

test("M14: a window opens above the page, takes the focus, and gives it back to its link", async (t) => {
  const { visitor } = await arrive(t, "passport", {});
  const { page, say } = visitor;
  await page.goto("/me/sessions");
  const link = page.getByRole("link", { name: say.endAll, exact: true });
  const dialog = page.getByRole("dialog", { name: say.endAll });
  for (const close of [
    () => page.keyboard.press("Escape"),
    () => dialog.getByRole("link", { name: say.cancel }).click(),
  ]) {
    await link.focus();
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    assert.equal(new URL(page.url()).pathname, "/me/sessions");
    assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)));
    await close();
    await dialog.waitFor({ state: "detached" });
    assert.ok(await link.evaluate((element) => element === document.activeElement));
  }
});

test("M14: when the window cannot be had, the link is a link", async (t) => {
  const { visitor } = await arrive(t, "passport", {});
  const { page, say } = visitor;
  await page.goto("/me/sessions");
  await visitor.context.clearCookies();
  await visitor.follow(say.endAll);
  await visitor.sees(say.signIn);
});

test("M11: the menu is a matter of keys as well: Enter opens, Escape and going on close", async (t) => {
  const { visitor } = await arrive(t, "passport", {});
  const { page } = visitor;
  const summary = page.locator("[data-menu] summary");
  const menu = page.locator("[data-menu]");
  const isOpen = () => menu.evaluate((element) => (element as HTMLDetailsElement).open);
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.ok(await isOpen());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(), false);
  assert.ok(await summary.evaluate((element) => element === document.activeElement));
  await page.keyboard.press("Enter");
  await page.getByRole("main").click();
  assert.equal(await isOpen(), false);
});
