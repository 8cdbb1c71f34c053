/** The first start: one link, one owner, and no second one. */
import assert from "node:assert/strict";
import { currentSetupLink, makeSetupLink } from "../../src/setup/setup.ts";
import { journey } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { ask, lastLetter, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const boris = {
  name: "Борис Орлов",
  login: "boris",
  email: "boris@romashka.example",
  password: "тихий поезд через степь",
};

async function linkOf(world: World): Promise<string> {
  const link = await makeSetupLink(world.service.tools);
  assert.ok(link);
  return link;
}

function fillIn(person: Visitor, who: typeof boris, repeated = who.password): void {
  person.fill("Имя", who.name);
  person.fill("Логин", who.login);
  person.fill("E-mail", who.email);
  person.fill("Пароль", who.password);
  person.fill("Подтверждение пароля", repeated);
}

journey(
  "AD7: the set-up link makes the first administrator once, who then signs in and recovers",
  async (world) => {
    const link = await linkOf(world);
    const person = visitor(world);
    await person.visit(link);
    assert.equal(person.page.path, "/setup", "the key leaves the address");
    fillIn(person, boris);
    await person.press("Создать администратора");
    assert.equal(person.page.heading, "Администратор создан");
    await person.follow("Войти");
    assert.equal(person.page.value("E-mail, телефон или логин"), "boris");
    const own = await signedIn(world, boris);
    assert.match(own.page.text, /Роль владелец/);

    await person.visit(link);
    assert.equal(person.page.status, 410);
    assert.match(person.page.text, /Администратор уже есть: первый запуск завершён/);
    assert.equal(await makeSetupLink(world.service.tools), undefined, "nobody makes a second one");
    assert.equal(await currentSetupLink(world.service.tools), undefined, "a second start prints no link");
    await ask(person, boris.email);
    assert.match((await lastLetter(world, boris.email)).link, /\/recovery\/link/);
  },
);

journey("AD7: instances that start one after the other print one link; a new one ends it", async (world) => {
  const printed = await currentSetupLink(world.service.tools);
  const other = await world.another();
  assert.ok(printed);
  assert.equal(await currentSetupLink(other.service.tools), printed);
  const newer = await makeSetupLink(world.service.tools);
  assert.notEqual(newer, printed);
  const person = visitor(world);
  await person.visit(printed);
  assert.equal(person.page.status, 410);
  world.clock.forward({ hours: 25 });
  assert.notEqual(await currentSetupLink(world.service.tools), newer, "an outdated one is not printed");
});

journey("AD7: opening spends nothing; a refused form keeps the link and what was typed", async (world) => {
  const link = await linkOf(world);
  for (const method of ["GET", "HEAD", "OPTIONS"]) await visitor(world).raw(link, { method });
  const person = visitor(world);
  await person.visit(link);
  const refused: [Partial<typeof boris>, string, RegExp][] = [
    [{ name: "" }, "Имя", /Введите имя/],
    [{ name: "https://evil.example" }, "Имя", /без ссылок/],
    [{ login: "b o" }, "Логин", /Логин — буквы/],
    [{ email: "boris" }, "E-mail", /Введите e-mail полностью/],
    [{ password: "короткий" }, "Пароль", /Слишком короткий/],
    [{ password: "BORIS@romashka.example" }, "Пароль", /Пароль нельзя составлять/],
  ];
  for (const [change, field, problem] of refused) {
    const typed = { ...boris, ...change };
    fillIn(person, typed);
    await person.press("Создать администратора");
    assert.equal(person.page.status, 422, JSON.stringify(change));
    assert.match(person.page.problem(field), problem);
    assert.equal(person.page.value("Имя"), typed.name);
    assert.equal(person.page.value("Логин"), typed.login);
    assert.equal(person.page.value("E-mail"), typed.email);
  }
  fillIn(person, boris, newPassword);
  await person.press("Создать администратора");
  assert.equal(person.page.problem("Подтверждение пароля"), "Пароли не совпадают");
  fillIn(person, boris);
  await person.press("Создать администратора");
  assert.equal(person.page.heading, "Администратор создан");
});

journey("AD7: a newer link ends the older one, and after a day no link works", async (world) => {
  world.clock.standStill();
  const first = await linkOf(world);
  world.clock.forward({ minutes: 1 });
  const second = await linkOf(world);
  const person = visitor(world);
  await person.visit(first);
  assert.equal(person.page.status, 410);
  assert.match(person.page.text, /одноразовая и работает 24 часа/);
  await person.visit(second);
  assert.equal(person.page.status, 200);
  world.clock.forward({ hours: 24, seconds: 1 });
  await person.visit(second);
  assert.equal(person.page.status, 410);
});

journey("AD7: without the link there is no set-up, and a guessed key opens nothing", async (world) => {
  await linkOf(world);
  const person = visitor(world);
  for (const address of ["/setup", "/setup?key=", `/setup?key=${"A".repeat(43)}`, "/setup?key=%00"]) {
    await person.visit(address);
    assert.equal(person.page.status, 410, address);
    const answer = await person.raw("/setup", {
      method: "POST",
      headers: { Origin: world.url, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...boris, confirmation: boris.password }).toString(),
    });
    assert.equal(answer.status, 410);
  }
  const { read } = world.service.tools.store;
  assert.deepEqual(await read.selectFrom("accounts").select("id").execute(), []);
});

journey("AD7: of twenty parallel set-ups over two instances one makes an owner", async (world) => {
  // Every start prints a link of its own, so the one to use is made after the last.
  const two = await world.another();
  const link = await linkOf(world);
  const people = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const person = visitor(world, index % 2 === 0 ? {} : { at: two.url });
      await person.visit(link);
      fillIn(person, { ...boris, login: `boris${index}`, email: `boris${index}@romashka.example` });
      return person;
    }),
  );
  const pages = await Promise.all(people.map((person) => person.press("Создать администратора")));
  assert.equal(pages.filter((page) => page.path === "/setup/done").length, 1);
  for (const page of pages)
    assert.ok(page.path === "/setup/done" || page.status === 410, String(page.status));
  const { read } = world.service.tools.store;
  assert.equal((await read.selectFrom("accounts").select("id").execute()).length, 1);
});

journey("AD7: a set-up key is no recovery key, and the other way round", async (world) => {
  const key = new URL(await linkOf(world)).searchParams.get("key") ?? "";
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit(`/recovery/link?key=${key}`);
  assert.equal(person.page.status, 410);
  await ask(person, anna.email);
  const letter = await lastLetter(world, anna.email);
  await person.visit(`/setup?key=${new URL(letter.link).searchParams.get("key")}`);
  assert.equal(person.page.status, 410);
});
