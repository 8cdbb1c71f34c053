/** What a session, and the sealed state on the way to one, withstand: forging, swapping, tossing. */
import assert from "node:assert/strict";
import { createSite } from "../../src/app.ts";
import { hashSecret, randomSecret } from "../../src/platform/secrets/secrets.ts";
import { everythingStored, journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { ask, choosePassword, isSignedIn, lastLetter, letterFor, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const MINUTE = 60_000;
const HTTPS = { PUBLIC_URL: "https://id.romashka.example" };

/** The password turns into one that an administrator gave out: right, and not enough to come in. */
async function atOwnPassword(world: World, accountId: string): Promise<Visitor> {
  await world.service.tools.store.transact((write) =>
    write
      .updateTable("passwords")
      .set({ once_until: world.clock.now() + 60 * MINUTE })
      .where("account_id", "=", accountId)
      .execute(),
  );
  const person = visitor(world);
  await signIn(person, anna);
  assert.equal(person.page.heading, "Придумайте свой пароль");
  return person;
}

function cookieOf(person: Visitor, name: string): { value: string; until: number } {
  const cookie = person.cookies.get(name);
  assert.ok(cookie, name);
  return cookie;
}

journey("SE1: the end of recovery gives no session, and kills the one of before", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna, { remember: true });
  const before = cookieOf(person, "sid");
  await person.visit((await letterFor(world, anna.email)).link);
  await choosePassword(person, newPassword);
  assert.equal(person.page.path, "/recovery/done");
  for (const cookie of [person.cookies.get("sid"), before]) {
    if (cookie) person.cookies.set("sid", cookie);
    assert.equal(await isSignedIn(person), false);
  }
});

journey(
  "SE2: of 10,000 identifiers none repeats, none tells its time, and the database has hashes alone",
  async (world) => {
    const made = Array.from({ length: 10_000 }, randomSecret);
    assert.equal(new Set(made).size, made.length);
    for (const value of made) assert.match(value, /^[\w-]{43}$/);
    const risen = made.filter((value, index) => index > 0 && value > (made[index - 1] ?? "")).length;
    // Half of them, give or take eight standard deviations (sqrt(n / 12)).
    assert.ok(Math.abs(risen - 5_000) < 232, `${risen} are greater than the one before`);
    await world.addPerson(anna);
    const person = await signedIn(world, anna, { remember: true });
    const stored = await everythingStored(world);
    for (const name of ["sid", "remember"]) {
      const { value } = cookieOf(person, name);
      assert.ok(!stored.includes(value), `${name} itself is not stored`);
      assert.ok(stored.includes(hashSecret(value)), `its hash is`);
    }
  },
);

journey(
  "SE4, SE8: a proof counts until a second before five minutes, and not a second after",
  async (world) => {
    await world.addPerson(anna);
    world.clock.standStill();
    const began = world.clock.now();
    const person = await signedIn(world, anna);
    for (const [after, asked] of [
      [5 * MINUTE - 1_000, false],
      [5 * MINUTE + 1_000, true],
    ] as const) {
      world.clock.moveTo(began + after);
      for (const form of ["/me/email", "/me/phone", "/me/phone/remove"]) {
        await person.visit(form);
        assert.equal(person.page.has("Текущий пароль"), asked, `${form} after ${after} ms`);
      }
    }
  },
);

journey("SE8: a young sign-in by a weaker way than the account has is no proof", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  for (const method of ["social", "mailbox", "phone", "remembered"] as const) {
    await world.service.tools.store.transact((write) =>
      write.updateTable("sessions").set({ method }).execute(),
    );
    await person.visit("/me/email");
    assert.equal(person.page.has("Текущий пароль"), true, method);
  }
});

journey(
  "SE9: no sealed cookie opens under the name of another, or with a changed character",
  async (world) => {
    const id = await world.addPerson(anna);
    const person = await atOwnPassword(world, id);
    await ask(person, anna.email);
    await person.visit((await lastLetter(world, anna.email)).link);
    assert.equal(person.page.heading, "Новый пароль");
    const sealed = ["own-password", "flow", "typed"].map((name) => ({ name, ...cookieOf(person, name) }));
    for (const { name, value, until } of sealed) {
      const middle = value.length >> 1;
      const other = value[middle] === "A" ? "B" : "A";
      const changed = `${value.slice(0, middle)}${other}${value.slice(middle + 1)}`;
      const strange = sealed.filter((each) => each.name !== name).map((each) => each.value);
      for (const forged of [changed, ...strange, value.slice(0, -4), `${value}AAAA`, "{}", "..."]) {
        const browser = visitor(world);
        browser.cookies.set(name, { value: forged, until });
        await browser.visit("/sign-in/own-password");
        assert.equal(browser.page.path, "/sign-in", `${name}: no choice of a password`);
        await browser.visit("/recovery/password");
        assert.ok(!browser.page.has("Новый пароль"), `${name}: no recovery`);
        await browser.visit("/recovery/sent");
        assert.ok(!browser.page.has("Код из письма"), `${name}: no code`);
        assert.equal(await isSignedIn(browser), false);
      }
    }
  },
);

journey(
  "SE9: what a sibling host can set, a cookie without the __Host- prefix, is not read",
  async (world) => {
    const id = await world.addPerson(anna);
    const person = await signedIn(world, anna, { remember: true });
    await ask(person, anna.email);
    assert.ok(person.page.has("Код из письма"));
    const pending = await atOwnPassword(world, id);
    for (const [owner, names] of [
      [person, ["sid", "remember", "device", "flow"]],
      [pending, ["own-password"]],
    ] as const) {
      for (const name of names) {
        const tossed = visitor(world);
        tossed.cookies.set(name, cookieOf(owner, `__Host-${name}`));
        assert.equal(await isSignedIn(tossed), false, name);
        await tossed.visit("/sign-in/own-password");
        assert.equal(tossed.page.path, "/sign-in", name);
        await tossed.visit("/recovery/sent");
        assert.ok(!tossed.page.has("Код из письма"), name);
      }
    }
  },
  { settings: HTTPS },
);

journey(
  "SE9: a ticket to a first own password is worth nothing once the account has changed",
  async (world) => {
    const id = await world.addPerson(anna);
    const person = await atOwnPassword(world, id);
    const thief = visitor(world);
    for (const [name, cookie] of person.cookies) thief.cookies.set(name, cookie);
    await thief.visit("/sign-in/own-password");
    const form = () => {
      thief.fill("Новый пароль", ivan.password);
      thief.fill("Подтверждение нового пароля", ivan.password);
      return thief.formFor("Сохранить и войти");
    };
    const sent = form();
    person.fill("Новый пароль", newPassword);
    person.fill("Подтверждение нового пароля", newPassword);
    await person.press("Сохранить и войти");
    assert.equal(await isSignedIn(person), true);
    assert.equal((await thief.raw(sent.address, sent)).headers.location, "/sign-in");
    assert.equal(await isSignedIn(thief), false);
  },
);

journey(
  "SE10: a right password that is not enough yet opens its next page and nothing else",
  async (world) => {
    const id = await world.addPerson(anna);
    const pending = await atOwnPassword(world, id);
    const nobody = visitor(world);
    await nobody.visit("/sign-in");
    const { routes } = await createSite(world.service.tools).whole();
    const paths = new Set(
      routes
        .filter(({ method, path }) => ["GET", "POST"].includes(method) && !path.includes("*"))
        .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, id)}`),
    );
    assert.ok(paths.size > 80, `${paths.size} addresses`);
    const own = ["GET /sign-in/own-password", "POST /sign-in/own-password"];
    for (const place of paths) {
      if (own.includes(place)) continue;
      const [method = "", path = ""] = place.split(" ");
      const wish = {
        method,
        headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: world.url },
      };
      const [answer, foreign] = [await pending.raw(path, wish), await nobody.raw(path, wish)];
      assert.deepEqual(
        [answer.status, answer.headers.location],
        [foreign.status, foreign.headers.location],
        `${place} answers as to anybody`,
      );
      assert.equal(await isSignedIn(pending), false, place);
    }
    await pending.visit("/sign-in/own-password");
    assert.equal(pending.page.heading, "Придумайте свой пароль", "and that page is still there");
  },
);
