/** Where the way back bends: another device, an outdated link, a forgotten login, help. */
import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { type DatabaseKind, databases, openWorld, type World } from "../world.ts";
import { behindProxy, openStage, type Visitor, type VisitorOptions } from "./stage.ts";

const stage = openStage();
const newPassword = "семь оранжевых велосипедов";
const administrator = "Ольга Ким, olga.kim@romashka.example, доб. 112";

const worlds = new Map<string, World>();
const people = { count: 0 };

before(async () => {
  for (const database of databases) {
    for (const style of ["passport", "control-string"] as const) {
      const settings = { ...behindProxy, RECOVERY_STYLE: style, ADMIN_CONTACT: administrator };
      worlds.set(`${style} ${database}`, await openWorld({ database, settings }));
    }
  }
});
after(async () => {
  for (const world of worlds.values()) await world.close();
});

interface Scene {
  world: World;
  login: string;
  email: string;
  visit(options?: VisitorOptions): Promise<Visitor>;
}

interface Place {
  style?: "passport" | "control-string";
  database?: DatabaseKind;
  language?: "ru" | "en";
  scripts?: boolean;
}

/** A person of the own for every test, in a world that its file shares. */
async function scene(t: TestContext, place: Place): Promise<Scene> {
  const { style = "passport", database = "SQLite", language = "ru", scripts = true } = place;
  const world = worlds.get(`${style} ${database}`);
  assert.ok(world);
  people.count += 1;
  const login = `boris.${people.count}`;
  const email = `${login}@romashka.example`;
  const phone = `+7916000${String(people.count).padStart(4, "0")}`;
  await world.addPerson({
    login,
    email,
    phone,
    name: "Борис Лосев",
    password: "синий чайник поёт",
    language,
  });
  return {
    world,
    login,
    email,
    visit: (options) => stage.visit(t, world, { language, scripts, ...options }),
  };
}

async function ask({ page, say, ...visitor }: Visitor, identifier: string, inBox = false): Promise<void> {
  await page.goto("/recovery");
  await visitor.fill(inBox ? say.recoveryFieldBox : say.recoveryField, identifier);
  await visitor.press(inBox ? say.sendString : say.next);
  await visitor.sees(say.checkMail);
}

async function choose({ say, ...visitor }: Visitor): Promise<void> {
  await visitor.fill(say.newPassword, newPassword);
  await visitor.fill(say.repeat, newPassword);
  await visitor.press(say.change);
  await visitor.sees(say.changed);
}

async function lastLetter({ world, email }: Scene) {
  const letter = (await world.messagesTo(email)).at(-1);
  assert.ok(letter);
  return letter;
}

type Walk = (t: TestContext, place: Required<Place>) => Promise<void>;

const placesOnSqlite = [
  { database: "SQLite", language: "ru", scripts: true },
  { database: "SQLite", language: "en", scripts: false },
] as const;

/** Both languages, with and without scripts: for what only reads. */
function inBothLanguages(title: string, walk: Walk): void {
  for (const place of placesOnSqlite) walkAt({ ...place, style: "passport" }, title, walk);
}

/** The same, and once more on PostgreSQL. */
function everywhere(title: string, walk: Walk, style: Required<Place>["style"] = "passport"): void {
  for (const place of placesOnSqlite) walkAt({ ...place, style }, title, walk);
  if (!databases.includes("PostgreSQL")) return;
  walkAt({ database: "PostgreSQL", language: "ru", scripts: true, style }, title, walk);
}

function walkAt(place: Required<Place>, title: string, walk: Walk): void {
  const { language, scripts, database } = place;
  test(`${title} (${language}, scripts ${scripts ? "on" : "off"}, ${database})`, (t) => walk(t, place));
}

everywhere(
  "M4 the letter is read on another device, and its code goes on where one asked",
  async (t, place) => {
    const here = await scene(t, place);
    const asking = await here.visit();
    await ask(asking, here.email);
    const phone = await here.visit({ width: 390 });
    const letter = await lastLetter(here);
    await phone.read(letter);
    const { code } = letter;
    assert.ok((await phone.page.locator("body").innerText()).includes(code));
    const wrong = code === "111111" ? "222222" : "111111";
    await asking.fill(asking.say.code, wrong);
    await asking.press(asking.say.codeSubmit);
    await asking.sees(asking.say.checkMail);
    await asking.fill(asking.say.code, `${code.slice(0, 3)} ${code.slice(3)}`);
    await asking.press(asking.say.codeSubmit);
    await asking.sees(asking.say.newPassword);
    await choose(asking);
  },
);

everywhere(
  "M26 an outdated link names the valid letter by number and time, and one press sends another",
  async (t, place) => {
    const here = await scene(t, place);
    const inBox = place.style === "control-string";
    const visitor = await here.visit();
    await ask(visitor, here.email, inBox);
    const first = await lastLetter(here);
    here.world.clock.forward({ minutes: 15 });
    await ask(visitor, here.email, inBox);
    const second = await lastLetter(here);
    const [, time = "-", number = "-"] = /(\d\d:\d\d).*?(\d{3})/.exec(second.subject) ?? [];

    const elsewhere = await here.visit({ width: 390 });
    await elsewhere.page.goto(first.link);
    if (inBox) {
      await elsewhere.fill(elsewhere.say.newPassword, newPassword);
      await elsewhere.fill(elsewhere.say.repeat, newPassword);
      await elsewhere.press(elsewhere.say.change);
    }
    await elsewhere.sees(elsewhere.say.outdated);
    const told = await elsewhere.text();
    assert.ok(told.includes(time) && told.includes(number), told);
    assert.equal(await elsewhere.page.locator(".strip .broken").count(), 1);

    here.world.clock.forward({ minutes: 2 });
    await elsewhere.press(elsewhere.say.renew);
    await elsewhere.sees(elsewhere.say.checkMail);
    const third = await lastLetter(here);
    assert.notEqual(third.subject, second.subject);
    await elsewhere.page.goto(third.link);
    await choose(elsewhere);
  },
);

everywhere(
  "M29 the control string typed by hand works, in any case and without dashes",
  async (t, place) => {
    const here = await scene(t, place);
    const asking = await here.visit();
    await ask(asking, here.login, true);
    const { link } = await lastLetter(here);
    const string = new URL(link).searchParams.get("string") ?? "";
    await asking.follow(asking.say.typeString);
    await asking.fill(asking.say.login, here.login);
    await asking.fill(asking.say.string, string.toLowerCase().replaceAll("-", ""));
    await choose(asking);
  },
  "control-string",
);

test("M26 an outdated control string says so too, and one press sends another", async (t) => {
  const here = await scene(t, { style: "control-string" });
  const visitor = await here.visit();
  await ask(visitor, here.login, true);
  const { link } = await lastLetter(here);
  here.world.clock.forward({ minutes: 61 });
  await visitor.page.goto(link);
  await visitor.fill(visitor.say.newPassword, newPassword);
  await visitor.fill(visitor.say.repeat, newPassword);
  await visitor.press(visitor.say.change);
  await visitor.sees(visitor.say.outdated);
  await visitor.press(visitor.say.renew);
  await visitor.sees(visitor.say.checkMail);
  await visitor.page.goto((await lastLetter(here)).link);
  await choose(visitor);
});

test("M26 a used link says when it was used, to another browser than the one that used it", async (t) => {
  const here = await scene(t, {});
  const visitor = await here.visit();
  await ask(visitor, here.email);
  const { link } = await lastLetter(here);
  await visitor.page.goto(link);
  await choose(visitor);
  const other = await here.visit();
  await other.page.goto(link);
  await other.sees(other.say.outdated);
  assert.match(await other.text(), /уже сменили: \d\d:\d\d/);
});

test("M2 a Russian number may be written in any way, and the page shows how it was understood", async (t) => {
  const here = await scene(t, {});
  const national = `916000${String(people.count).padStart(4, "0")}`;
  const [, code, rest] = /(\d{3})(\d+)/.exec(national) ?? [];
  const local = rest?.replace(/(\d{3})(\d\d)(\d\d)/, "$1-$2-$3");
  const shown = `+7 ${code} ${local}`;
  const spellings = [`8${national}`, `8 (${code}) ${local}`, `+7${national}`, national];
  for (const [index, spelling] of spellings.entries()) {
    const visitor = await here.visit();
    await visitor.page.goto("/recovery");
    await visitor.fill(visitor.say.recoveryField, spelling);
    await visitor.press(visitor.say.next);
    await visitor.sees(visitor.say.enterCode);
    assert.ok((await visitor.text()).includes(shown), spelling);
    // Each code is away before the clock moves: it would be too old to send.
    assert.equal((await here.world.smsTo(`+7${national}`)).length, index + 1);
    here.world.clock.forward({ minutes: 25 });
  }
});

everywhere("M18 whoever forgot the login is told it by letter, or whom to ask", async (t, place) => {
  const here = await scene(t, place);
  const visitor = await here.visit();
  await visitor.page.goto("/recovery");
  await visitor.follow(visitor.say.forgotLogin);
  await visitor.page.waitForURL("**/recovery/login");
  assert.ok((await visitor.text()).includes(administrator));
  await visitor.fill("E-mail", here.email);
  await visitor.press(visitor.say.remind);
  await visitor.sees(visitor.say.checkMail);
  const letter = await lastLetter(here);
  assert.ok(letter.text.includes(here.login));
  assert.ok(letter.text.includes("Ромашка"), "the letter names the portal");
  await visitor.read(letter);
  await visitor.follow(visitor.say.signInButton);
  await visitor.sees(visitor.say.signIn);
});

test("M18 the help page names the administrator, whose address can be pressed", async (t) => {
  const visitor = await (await scene(t, {})).visit();
  await visitor.page.goto("/help/invited");
  const address = visitor.page.getByRole("link", { name: "olga.kim@romashka.example" });
  assert.equal(await address.getAttribute("href"), "mailto:olga.kim@romashka.example");
});

inBothLanguages(
  "M23 who forgot the password of a social network finds its own recovery",
  async (t, place) => {
    const visitor = await (await scene(t, place)).visit();
    await visitor.page.goto("/recovery");
    await visitor.follow(visitor.say.socialLink);
    await visitor.page.waitForURL("**/help/social");
    for (const host of ["passport.yandex.ru", "vk.com", "accounts.google.com"]) {
      const link = visitor.page.locator(`main a[href*="${host}"]`);
      assert.equal(await link.count(), 1, host);
      assert.ok((await visitor.text()).includes(host), host);
    }
  },
);

inBothLanguages(
  "M25 the help page shows the sender of all letters, whole and ready to copy",
  async (t, place) => {
    const visitor = await (await scene(t, place)).visit({ width: 360 });
    await visitor.page.goto("/help/no-letter");
    const field = visitor.page.getByLabel(visitor.say.sender, { exact: true });
    assert.equal(await field.inputValue(), "no-reply@id.romashka.example");
    const hidden = await field.evaluate((input) => input.scrollWidth - input.clientWidth);
    assert.ok(hidden <= 0, `${hidden} px of the address are cut off`);
  },
);

inBothLanguages("M33 every screen leads to help, which explains the three ways", async (t, place) => {
  const here = await scene(t, place);
  const visitor = await here.visit();
  const { page, say } = visitor;
  for (const path of ["/sign-in", "/recovery", "/recovery/login", "/setup", "/nowhere"]) {
    await page.goto(path);
    const last = page.locator("footer a").last();
    assert.equal((await last.innerText()).replaceAll("\u00a0", " "), say.noAccess, path);
    await visitor.follow(say.help);
    await visitor.sees(say.helpTitle);
  }
  const told = await visitor.text();
  for (const way of say.ways) assert.ok(told.includes(way), way);
  for (const href of await page
    .locator("main ul a")
    .evaluateAll((links) => links.map((a) => a.getAttribute("href")))) {
    assert.equal((await page.goto(href ?? ""))?.status(), 200, href ?? "");
  }
});
