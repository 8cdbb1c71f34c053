/** Who is signed in where, for how long, and what ends it. */
import assert from "node:assert/strict";
import { block, journey } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { choosePassword, copyOf, isSignedIn, letterFor, signedIn, signIn } from "../steps.ts";
import { visitor } from "../walker.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

journey("SE1: every sign-in gives a new identifier and ends the one before", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  const before = copyOf(person, world);
  assert.equal(await isSignedIn(before), true);
  // A second form that was left open in another tab.
  const tab = visitor(world);
  await tab.visit("/sign-in");
  for (const [name, cookie] of tab.cookies) if (name === "visit") person.cookies.set(name, cookie);
  tab.fill("E-mail, телефон или логин", anna.login);
  tab.fill("Пароль", anna.password);
  const form = tab.formFor("Войти");
  assert.equal((await person.raw(form.address, form)).status, 303);
  assert.equal(await isSignedIn(person), true);
  assert.equal(await isSignedIn(before), false);
});

journey("SE1: an identifier that the browser brings along is never taken over", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  person.cookies.set("sid", { value: "A".repeat(43), until: Infinity });
  person.cookies.set("remember", { value: "A".repeat(43), until: Infinity });
  await signIn(person, anna, { remember: true });
  assert.equal(await isSignedIn(person), true);
  for (const name of ["sid", "remember"]) {
    assert.match(person.cookies.get(name)?.value ?? "", /^[\w-]{43}$/);
    assert.notEqual(person.cookies.get(name)?.value, "A".repeat(43));
  }
});

journey("SE2: identifiers are 256 random bits, opaque and unlike each other", async (world) => {
  await world.addPerson(anna);
  const seen = new Set<string>();
  for (let turn = 0; turn < 5; turn += 1) {
    const value = (await signedIn(world, anna)).cookies.get("sid")?.value ?? "";
    assert.match(value, /^[\w-]{43}$/);
    seen.add(value);
    seen.add(value.slice(0, 6));
  }
  assert.equal(seen.size, 10, "no two alike, no shared beginning");
});

journey(
  "SE3: over https every cookie has the __Host- prefix, Secure, HttpOnly, SameSite=Lax and no Domain",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await person.visit("/sign-in?lang=ru&theme=dark");
    await signIn(person, anna, { remember: true });
    await person.visit("/recovery?identifier=anna");
    await person.visit("/recovery/link?key=x");
    await person.visit("/setup?key=x");
    await person.visit("/me");
    await person.press("Выйти");
    const set = person.answers.flatMap((answer) => answer.headers["set-cookie"] ?? []);
    const names = new Set(set.map((line) => line.slice(0, line.indexOf("="))));
    for (const name of ["sid", "remember", "device", "visit", "flow", "typed", "setup", "lang", "theme"]) {
      assert.ok(names.has(`__Host-${name}`), name);
    }
    for (const line of set) {
      assert.match(line, /^__Host-/);
      assert.match(line, /; Path=\/(;|$)/);
      for (const attribute of ["Secure", "HttpOnly", "SameSite=Lax"])
        assert.ok(line.includes(`; ${attribute}`), line);
      assert.ok(!/domain=/i.test(line), line);
    }
    for (const answer of person.answers) {
      assert.equal(answer.headers["strict-transport-security"], "max-age=63072000", answer.path);
    }
  },
  { settings: { PUBLIC_URL: "https://id.romashka.example" } },
);

journey("SE4: a session ends after 30 idle minutes, to the second, on every instance", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  world.clock.standStill();
  const began = world.clock.now();
  const person = await signedIn(world, anna);
  world.clock.moveTo(began + 30 * MINUTE - 1_000);
  assert.equal(await isSignedIn(person), true);
  world.clock.forward({ minutes: 30, seconds: 1 });
  person.goTo(two);
  assert.equal(await isSignedIn(person), false);
  await person.visit("/me");
  assert.equal(person.page.heading, "Вход");
});

journey("SE4: a session ends after 24 hours however busy it is", async (world) => {
  await world.addPerson(anna);
  world.clock.standStill();
  const began = world.clock.now();
  const person = copyOf(await signedIn(world, anna), world);
  for (let at = began; at < began + DAY - 1_000; at += 29 * MINUTE) {
    world.clock.moveTo(at);
    assert.equal(await isSignedIn(person), true, String((at - began) / HOUR));
  }
  world.clock.moveTo(began + DAY - 1_000);
  assert.equal(await isSignedIn(person), true);
  world.clock.moveTo(began + DAY + 1_000);
  assert.equal(await isSignedIn(person), false);
});

journey(
  "SE4, SE6: a remembered device comes back for 30 days from the sign-in, and not a second longer",
  async (world) => {
    await world.addPerson(anna);
    world.clock.standStill();
    const began = world.clock.now();
    const person = await signedIn(world, anna, { remember: true });
    const tokens = new Set<string>();
    for (let day = 1; day < 30; day += 7) {
      world.clock.moveTo(began + day * DAY);
      assert.equal(await isSignedIn(person), true, `day ${day}`);
      tokens.add(person.cookies.get("remember")?.value ?? "");
    }
    assert.equal(tokens.size, 5, "the token is turned over each time");
    world.clock.moveTo(began + 30 * DAY - 1_000);
    assert.equal(await isSignedIn(person), true);
    const copy = copyOf(person, world);
    copy.cookies.delete("sid");
    world.clock.moveTo(began + 30 * DAY + 1_000);
    assert.equal(await isSignedIn(copy), false);
  },
);

journey(
  "SE6: a copied token that was turned over ends the device for thief and owner alike",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna, { remember: true });
    const other = await signedIn(world, anna, { remember: true });
    const thief = copyOf(person, world);
    world.clock.forward({ minutes: 31 });
    assert.equal(await isSignedIn(person), true);
    world.clock.forward({ minutes: 1 });
    assert.equal(await isSignedIn(thief), false, "the copy is refused");
    assert.equal(thief.cookies.get("remember")?.value, "", "and taken away");
    assert.equal(await isSignedIn(person), false, "the owner has to sign in again, and so learns of it");
    assert.equal(await isSignedIn(other), true, "the person's other devices stay");
  },
);

journey("SE6: tabs that wake together all stay signed in", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  const person = await signedIn(world, anna, { remember: true });
  world.clock.forward({ minutes: 31 });
  const tabs = Array.from({ length: 6 }, (_, index) =>
    copyOf(person, world, index % 2 ? two.url : world.url),
  );
  assert.deepEqual(await Promise.all(tabs.map(isSignedIn)), Array(6).fill(true));
  const rotated = tabs.filter(
    (tab) => tab.cookies.get("remember")?.value !== person.cookies.get("remember")?.value,
  );
  assert.equal(rotated.length, 1, "one of them turned the token over");
});

journey(
  "SE5: signing out ends the session on the server, for copies and on every instance",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    const person = await signedIn(world, anna, { remember: true });
    const copies = [copyOf(person, world), copyOf(person, world, two.url)];
    await person.visit("/me");
    await person.press("Выйти");
    assert.equal(person.page.heading, "Вход");
    assert.match(person.page.text, /Вы вышли/);
    assert.equal(await isSignedIn(person), false);
    for (const copy of copies) assert.equal(await isSignedIn(copy), false);
    await person.visit("/me");
    assert.equal(person.page.path, "/sign-in?return_to=%2Fme");
  },
);

journey("SE5: signing out works as well when only the remembered device was still there", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna, { remember: true });
  await person.visit("/me");
  // A day later the browser has dropped the session's cookie, and the page still stands open.
  world.clock.forward({ hours: 25 });
  await person.press("Выйти");
  assert.equal(person.page.heading, "Вход");
  assert.equal(await isSignedIn(person), false);
  const { read } = world.service.tools.store;
  assert.deepEqual(await read.selectFrom("remembered_devices").select("id").execute(), []);
  assert.deepEqual(
    await read.selectFrom("sessions").select("id").where("device_id", "is not", null).execute(),
    [],
  );
});

journey("RL10: a sign-in with the old password that the change overtakes does not come in", async (world) => {
  await world.addPerson(anna);
  const owner = visitor(world);
  await owner.visit((await letterFor(world, anna.email)).link);
  const { hashing } = world.service.tools;
  const { verify } = hashing;
  hashing.verify = async (...typed) => {
    hashing.verify = verify;
    const verdict = await verify(...typed);
    await choosePassword(owner, newPassword);
    return verdict;
  };
  const thief = visitor(world);
  await signIn(thief, anna);
  assert.equal(owner.page.path, "/recovery/done");
  assert.equal(thief.page.status, 422);
  assert.equal(await isSignedIn(thief), false);
});

journey(
  "SE7: a blocked person is out at the next request, remembered or not, on every instance",
  async (world) => {
    const id = await world.addPerson(anna);
    const two = await world.another();
    const here = await signedIn(world, anna);
    const there = await signedIn(world, anna, { at: two.url, remember: true });
    await block(world, id);
    assert.equal(await isSignedIn(here), false);
    assert.equal(await isSignedIn(there), false);
    world.clock.forward({ minutes: 31 });
    assert.equal(await isSignedIn(there), false);
  },
);

journey("SE1: who is signed out is led back to where they wanted to go", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit("/me");
  assert.equal(person.page.path, "/sign-in?return_to=%2Fme");
  person.fill("E-mail, телефон или логин", anna.email);
  person.fill("Пароль", anna.password);
  await person.press("Войти");
  assert.equal(person.page.path, "/me");
  await person.visit("/sign-in");
  assert.equal(person.page.path, "/me", "who is signed in needs no sign-in page");
});
