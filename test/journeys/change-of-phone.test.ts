/** Another phone: a code to the new number, notices to the old one and to the mailboxes. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan } from "../people.ts";
import { letterLike, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const OLD = "+79161234567";
const NEW = "+79031112233";
const CODE = "Код из SMS";

async function askFor(person: Visitor, number: string): Promise<void> {
  await person.visit("/me/phone");
  person.fill(person.page.has("Новый номер") ? "Новый номер" : "Номер телефона", number);
  await person.press("Получить код");
}

async function codeOf(world: World, number: string): Promise<string> {
  const text = (await world.smsTo(number)).at(-1) ?? "";
  const [code = ""] = /\d{6}/.exec(text) ?? [];
  assert.match(text, /^Код \d{6}\. Никому его не сообщайте\./);
  return code;
}

async function enter(person: Visitor, code: string): Promise<void> {
  person.fill(CODE, code);
  await person.press("Подтвердить");
}

async function canSignIn(world: World, identifier: string): Promise<boolean> {
  const person = visitor(world);
  await signIn(person, { login: identifier, password: anna.password });
  return person.page.path === "/me";
}

function wrong(code: string, step: number): string {
  return String((Number(code) + step) % 1_000_000).padStart(6, "0");
}

journey(
  "M7, PC2: a code to the new number puts it into force; the old number and the mailbox hear of it",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.follow("Сменить телефон");
    await askFor(person, "8 (903) 111-22-33");
    assert.equal(person.page.path, "/me/phone/code");
    assert.ok(person.page.text.includes("+7 903 111-22-33"), "the number as it was understood");
    assert.equal(await canSignIn(world, OLD), true, "the old number stays in force until then");
    await enter(person, await codeOf(world, NEW));
    assert.equal(person.page.path, "/me");
    assert.match(person.page.text, /Телефон подтверждён/);
    assert.equal(await canSignIn(world, NEW), true);
    assert.equal(await canSignIn(world, OLD), false);
    assert.match((await world.smsTo(OLD)).at(-1) ?? "", /^Телефон изменён .* Не вы\? Откройте /);
    const letter = await letterLike(world, anna.email, "Телефон изменён — ");
    assert.match(letter.link, /\/veto\/link\?key=/);
    assert.doesNotMatch(letter.text, /111|1234567/, "numbers are masked");
  },
);

journey(
  "RC1, RC2, PC2: five tries, and the code sent again is the same one with the tries that are left",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await askFor(person, NEW);
    const code = await codeOf(world, NEW);
    await enter(person, "абв");
    assert.equal(person.page.problem(CODE), "Код — это шесть цифр");
    for (let step = 1; step <= 3; step += 1) await enter(person, wrong(code, step));
    assert.equal(person.page.problem(CODE), "Код не подошёл. Остались 2 попытки");
    world.clock.forward({ minutes: 2 });
    await person.visit("/me/phone/code");
    await person.press("Отправить ещё раз");
    assert.equal(await codeOf(world, NEW), code);
    await enter(person, wrong(code, 4));
    assert.equal(person.page.problem(CODE), "Код не подошёл. Осталась 1 попытка");
    await enter(person, wrong(code, 5));
    assert.match(person.page.problem(CODE), /Попытки закончились/);
    await enter(person, code);
    assert.equal(person.page.status, 422);
    assert.equal(await canSignIn(world, OLD), true);
  },
);

journey("RC3: the code is good for this account and this change alone", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const [one, other] = [await signedIn(world, anna), await signedIn(world, ivan)];
  await askFor(one, NEW);
  const code = await codeOf(world, NEW);
  await askFor(other, "+79031112244");
  await enter(other, code);
  assert.equal(other.page.status, 422);
  world.clock.forward({ minutes: 2 });
  await askFor(one, "+79031112255");
  await enter(one, code);
  assert.equal(one.page.status, 422, "another number, another code");
});

journey("PC2, RC1: ten minutes later the code is over, and the page leads to another", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  const code = await codeOf(world, NEW);
  world.clock.forward({ minutes: 10, seconds: 1 });
  await enter(person, code);
  assert.equal(person.page.path, "/me/phone");
  assert.equal(await canSignIn(world, OLD), true);
});

journey("PC2: the same form again ends in done", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  person.fill(CODE, await codeOf(world, NEW));
  const sent = person.formFor("Подтвердить");
  await person.press("Подтвердить");
  const again = await person.raw(sent.address, sent);
  assert.equal(again.headers.location, "/me");
  assert.equal((await world.smsTo(OLD)).length, 1);
});

journey(
  "EN8: a number that somebody has gets no SMS; its owner gets a letter, and the page looks the same",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson({ ...ivan, phone: NEW });
    const person = await signedIn(world, anna);
    await askFor(person, NEW);
    assert.equal(person.page.heading, CODE);
    assert.ok(person.page.text.includes("Отправили код на +7 903 111-22-33"));
    assert.deepEqual(await world.smsTo(NEW), []);
    await letterLike(world, ivan.email, "Ваш телефон пытались указать");
    await enter(person, "123456");
    assert.equal(person.page.problem(CODE), "Код не подошёл. Остались 4 попытки");
  },
);

journey(
  "PC2: numbers that take no code are explained; a second SMS within the minute has to wait",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    const told: [string, RegExp][] = [
      ["", /Введите номер телефона/],
      ["8916123456", /не хватает одной цифры/],
      ["8 495 123-45-67", /городской номер/],
      ["анна", /Такого номера нет/],
      [OLD, /нынешний номер/],
    ];
    for (const [typed, problem] of told) {
      await askFor(person, typed);
      assert.equal(person.page.status, 422, typed);
      assert.match(person.page.problem("Новый номер"), problem);
    }
    await askFor(person, NEW);
    await askFor(person, "+79031112244");
    assert.equal(person.page.status, 429);
    assert.ok(person.page.answer.headers["retry-after"]);
  },
);

journey("PC2, SE8: the phone is taken away after the password, and everybody is told", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  world.clock.forward({ minutes: 6 });
  await person.visit("/me/phone");
  await person.follow("Удалить телефон");
  await person.press("Удалить телефон");
  assert.equal(person.page.problem("Текущий пароль"), "Введите текущий пароль");
  person.fill("Текущий пароль", anna.password);
  await person.press("Удалить телефон");
  assert.match(person.page.text, /Телефон удалён/);
  assert.equal(await canSignIn(world, OLD), false);
  assert.match((await world.smsTo(OLD)).at(-1) ?? "", /^Телефон удалён /);
  const letter = await letterLike(world, anna.email, "Телефон удалён — ");
  const owner = visitor(world);
  await owner.visit(letter.link);
  assert.match(owner.page.text, /Телефон \+7 916 123-45-67 вернётся/);
});

journey(
  "PC2: where no SMS can be sent the page says so and asks for nothing",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.visit("/me/phone");
    assert.match(person.page.text, /не настроена отправка SMS/);
    assert.equal(person.page.has("Новый номер"), false);
  },
  { settings: { SMS_URL: "" } },
);

journey("PC2: two tabs that enter the right code at once end alike, and it happens once", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  const person = await signedIn(world, anna);
  await askFor(person, NEW);
  person.fill(CODE, await codeOf(world, NEW));
  const sent = person.formFor("Подтвердить");
  const tab = visitor(world, { at: two.url });
  for (const [name, cookie] of person.cookies) tab.cookies.set(name, cookie);
  const answers = await Promise.all([person.raw(sent.address, sent), tab.raw(sent.address, sent)]);
  assert.deepEqual(
    answers.map(({ headers }) => headers.location),
    ["/me", "/me"],
  );
  assert.equal((await world.smsTo(OLD)).length, 1);
});
