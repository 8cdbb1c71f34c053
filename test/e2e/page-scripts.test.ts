/** What scripts add to pages that work without them. */
import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { openWorld, type World } from "../world.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
/** A browser that keeps left pages in memory, as people's browsers do. */
const keepingPages = openStage({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });

const opened: { world?: World } = {};
const people = { count: 0 };
const password = "вишнёвый трамвай у пруда";

before(async () => {
  opened.world = await openWorld({ settings: behindProxy });
});
after(() => opened.world?.close());

async function arrive(t: TestContext, at = stage) {
  const { world } = opened;
  assert.ok(world);
  people.count += 1;
  const login = `vera.${people.count}`;
  const email = `${login}@romashka.example`;
  await world.addPerson({ login, email, name: "Вера Соболь", password });
  const visitor = await at.visit(t, world);
  return { world, login, email, visitor, page: visitor.page };
}

async function ask({ page, say, ...visitor }: Visitor, email: string): Promise<void> {
  await page.goto("/recovery");
  await visitor.fill(say.recoveryField, email);
  await visitor.press(say.next);
  await visitor.sees(say.checkMail);
}

test("a password is shown and hidden again, and is sent as a password", async (t) => {
  const { page } = await arrive(t);
  await page.goto("/sign-in");
  const field = page.locator("#password");
  await field.fill("видно");
  await page.getByRole("button", { name: "Показать пароль" }).click();
  assert.equal(await field.getAttribute("type"), "text");
  await page.getByText("Пароль показан").waitFor();
  await page.getByRole("button", { name: "Скрыть пароль" }).click();
  assert.equal(await field.getAttribute("type"), "password");
});

test("a chip tells the layout and Caps Lock while a password is typed", async (t) => {
  const { page } = await arrive(t);
  await page.goto("/sign-in");
  const chip = page.locator(".chip");
  assert.equal(await chip.isVisible(), false);
  await page.locator("#password").focus();
  await page.keyboard.insertText("п");
  assert.equal(await chip.innerText(), "РУС");
  await page.keyboard.insertText("q");
  assert.equal(await chip.innerText(), "EN");
  await page.locator("#password").evaluate((field) => {
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Q", modifierCapsLock: true }));
  });
  assert.equal(await chip.innerText(), "EN · Caps");
  await page.getByText("Caps Lock включён").waitFor();
});

test("the rules of a new password are ticked off while it is typed", async (t) => {
  const { world, email, visitor, page } = await arrive(t);
  await ask(visitor, email);
  await page.goto((await world.messagesTo(email)).at(-1)?.link ?? "");
  const met = () => page.locator(".rules .met").allInnerTexts();
  await page.locator("#password").pressSequentially("одиннадцать");
  assert.deepEqual(await met(), []);
  await page.locator("#password").pressSequentially("!");
  assert.equal((await met()).length, 1);
  await page.locator("#confirmation").fill("одиннадцать!");
  assert.equal((await met()).length, 2);
});

test("the repeat counts down, then sends; a press before that does nothing", async (t) => {
  const { world, email, visitor, page } = await arrive(t);
  await page.clock.install();
  await ask(visitor, email);
  const again = page.locator("form[action='/recovery/again'] button:not([name])");
  assert.match(await again.innerText(), /через 1:00|через 0:5\d/);
  await again.press("Enter");
  assert.match(page.url(), /\/sent$/);
  assert.equal((await world.messagesTo(email)).length, 1);
  await page.clock.fastForward(61_000);
  world.clock.forward({ seconds: 61 });
  assert.equal(await again.innerText(), "Отправить ещё раз");
  await page.getByText("Можно отправить ещё раз").waitFor();
  await again.click();
  await page.getByText("Отправили.").waitFor();
  assert.equal((await world.messagesTo(email)).length, 2);
});

test("M4 a pasted code loses its spaces and sends itself", async (t) => {
  const { world, email, visitor, page } = await arrive(t);
  await ask(visitor, email);
  const { code = "" } = (await world.messagesTo(email)).at(-1) ?? {};
  await visitor.fill(visitor.say.code, `${code.slice(0, 3)} ${code.slice(3)}`);
  await page.locator("#code").focus();
  for (const keys of ["A", "X", "V"]) await page.keyboard.press(`ControlOrMeta+${keys}`);
  await visitor.sees(visitor.say.newPassword);
});

test("M25 the sender's address is copied with one press", async (t) => {
  const { visitor, page } = await arrive(t);
  await visitor.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/help/no-letter");
  await visitor.press("Скопировать");
  await page.getByRole("button", { name: "Скопировано" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "no-reply@id.romashka.example");
});

test("an e-mail typed in the Russian layout is offered as meant, and taken with one press", async (t) => {
  const { visitor, page } = await arrive(t);
  await page.goto("/recovery");
  await visitor.fill(visitor.say.recoveryField, 'шмфтщм"ьфшдюкг');
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "ivanov@mail.ru" }).click();
  assert.equal(await visitor.value(visitor.say.recoveryField), "ivanov@mail.ru");
});

test("a form that is pressed twice is sent once", async (t) => {
  const { world, email, visitor, page } = await arrive(t);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  await page.goto("/recovery");
  await visitor.fill(visitor.say.recoveryField, email);
  await page.getByRole("button", { name: visitor.say.next, exact: true }).dblclick();
  await visitor.sees(visitor.say.checkMail);
  assert.equal(sent.length, 1);
  assert.equal((await world.messagesTo(email)).length, 1);
});

test("after signing out, the way back in the browser's history shows nothing private", async (t) => {
  const { login, visitor, page } = await arrive(t, keepingPages);
  const { say } = visitor;
  await page.goto("/sign-in");
  await visitor.fill(say.identifier, login);
  await visitor.fill(say.password, password);
  await visitor.press(say.signInButton);
  await visitor.sees(say.myPage);
  await visitor.signOut();
  await page.getByText(say.signedOut, { exact: true }).waitFor();
  await page.goBack({ waitUntil: "commit" });
  assert.ok(!(await page.locator("body").innerText()).includes("Вера Соболь"), "not even for a moment");
  await visitor.sees(say.signIn);
  assert.ok(!(await page.content()).includes("Вера Соболь"));
});

test("the sign-in page takes at most 30 KB over the wire, in at most four requests", async (t) => {
  const { visitor, page } = await arrive(t);
  const devtools = await visitor.context.newCDPSession(page);
  await devtools.send("Network.enable");
  const sizes: number[] = [];
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => sizes.push(encodedDataLength));
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  t.diagnostic(`${total} bytes in ${sizes.length} requests`);
  assert.ok(sizes.length > 1 && sizes.length <= 4, `${sizes.length} requests`);
  assert.ok(total <= 30 * 1024, `${total} bytes`);
  assert.equal(
    await page.locator("head link[href*='services'], use").count(),
    0,
    "no marks without services",
  );
});
