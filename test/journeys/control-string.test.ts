/** Getting back in the boxed way: login and «контрольная строка». */
import assert from "node:assert/strict";
import { journey as walk } from "../journey.ts";
import { anna, ivan, newPassword, otherPassword } from "../people.ts";
import { choosePassword, lastLetter, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { Letter, World } from "../world.ts";

function journey(title: string, body: (world: World) => Promise<void>): void {
  walk(title, body, { settings: { RECOVERY_STYLE: "control-string", TRUSTED_PROXY_HOPS: "1" } });
}

async function ask(person: Visitor, identifier: string): Promise<void> {
  await person.visit("/recovery");
  person.fill("Логин или e-mail", identifier);
  await person.press("Выслать контрольную строку");
}

async function letterFor(world: World, email: string): Promise<Letter> {
  await ask(visitor(world), email);
  return lastLetter(world, email);
}

function stringOf(letter: Letter): string {
  const string = /\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b/.exec(letter.text)?.[0];
  assert.ok(string, letter.text);
  return string;
}

async function typeByHand(person: Visitor, login: string, string: string, password: string): Promise<void> {
  await person.visit("/recovery/string");
  person.fill("Логин", login);
  person.fill("Контрольная строка", string);
  await choosePassword(person, password);
}

journey(
  "M27, M28, M29: «Забыли свой пароль?», the string fills itself in from the letter's link",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await person.visit("/sign-in");
    await person.follow("Забыли свой пароль?");
    person.fill("Логин или e-mail", "anna");
    await person.press("Выслать контрольную строку");
    assert.equal(person.page.heading, "Проверьте почту");
    assert.ok(!person.page.has("Код из письма"));
    const letter = await lastLetter(world, anna.email);
    const string = stringOf(letter);
    assert.match(letter.text, /Логин:? anna/);
    assert.equal(letter.code, "");

    const reader = visitor(world);
    await reader.visit(letter.link);
    assert.equal(reader.page.path, "/recovery/string");
    assert.equal(reader.page.value("Логин"), "anna");
    assert.equal(reader.page.value("Контрольная строка"), string);
    assert.ok(reader.page.field("Логин").hasAttribute("readonly"));
    assert.ok(reader.page.field("Контрольная строка").hasAttribute("readonly"));
    await choosePassword(reader, "короткий");
    assert.equal(reader.page.status, 422);
    assert.equal(
      reader.page.value("Контрольная строка"),
      string,
      "a refused password keeps login and string",
    );
    assert.equal(reader.page.value("Логин"), "anna");
    await choosePassword(reader, newPassword);
    assert.equal(reader.page.heading, "Пароль был успешно изменен");
    await reader.follow("Войти");
    assert.equal(reader.page.value("E-mail, телефон или логин"), "anna");
    await signedIn(world, { ...anna, password: newPassword });
  },
);

journey(
  "M29: typed by hand in any case, with look-alikes of both alphabets, spaces and dashes",
  async (world) => {
    await world.addPerson(anna);
    const spoil = [
      (text: string) => text.toLowerCase().replaceAll("-", " "),
      (text: string) => text.replaceAll("-", "").replaceAll("0", "O").replaceAll("1", "l"),
      (text: string) =>
        text.replace(/[ABEKMHPCTX]/g, (letter) => "АВЕКМНРСТХ"["ABEKMHPCTX".indexOf(letter)] ?? ""),
      (text: string) => ` ${text.replaceAll("-", " — ").replaceAll("0", "о").replaceAll("1", "i")} `,
    ];
    for (const [index, change] of spoil.entries()) {
      const letter = await letterFor(world, anna.email);
      const person = visitor(world, { address: `203.0.113.${index}` });
      const password = `${newPassword} ${index}`;
      await typeByHand(person, " ANNA ", change(stringOf(letter)), password);
      assert.equal(person.page.heading, "Пароль был успешно изменен", change(stringOf(letter)));
      world.clock.forward({ hours: 2 });
    }
  },
);

journey("RC5: a wrong pair says nothing about either half, and keeps what was typed", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const string = stringOf(await letterFor(world, anna.email));
  const foreign = stringOf(await letterFor(world, ivan.email));
  const other = `${string.slice(0, -1)}${string.endsWith("0") ? "1" : "0"}`;
  const pairs = [
    ["anna", other],
    ["anna", foreign],
    ["nobody", string],
    ["nobody", other],
    ["", string],
    ["anna", ""],
    ["anna", "'; drop table proofs; --"],
  ] as const;
  const told = new Set<string>();
  for (const [index, [login, typed]] of pairs.entries()) {
    const person = visitor(world, { address: `203.0.113.${index}` });
    await typeByHand(person, login, typed, newPassword);
    assert.equal(person.page.status, 422, `${login} ${typed}`);
    assert.equal(person.page.value("Логин"), login);
    assert.equal(person.page.value("Контрольная строка"), typed);
    told.add(person.page.problem("Контрольная строка"));
  }
  assert.deepEqual(
    [...told],
    [
      "Неверное контрольное слово. " +
        "Проверьте логин и контрольную строку: они должны быть из одного, последнего письма.",
    ],
  );
  const person = visitor(world);
  await typeByHand(person, "anna", string, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен", "wrong pairs spend nothing");
});

journey("RC5: 120 bits in an alphabet without look-alikes", async (world) => {
  await world.addPerson(anna);
  const string = stringOf(await letterFor(world, anna.email)).replaceAll("-", "");
  assert.match(string, /^[0-9A-HJKMNP-TV-Z]{24}$/);
});

journey("M26, M29: an outdated string names the newer letter, by link and typed by hand", async (world) => {
  await world.addPerson(anna);
  const first = await letterFor(world, anna.email);
  world.clock.forward({ minutes: 11 });
  const second = await letterFor(world, anna.email);
  const number = /№ (\d{3})/.exec(second.subject)?.[1];
  const byLink = visitor(world);
  await byLink.visit(first.link);
  await choosePassword(byLink, newPassword);
  const byHand = visitor(world);
  await typeByHand(byHand, "anna", stringOf(first), newPassword);
  for (const person of [byLink, byHand]) {
    assert.equal(person.page.status, 410);
    assert.equal(person.page.heading, "Неверное контрольное слово");
    assert.match(person.page.text, new RegExp(`с номером ${number}, от \\d\\d:\\d\\d`));
  }
  world.clock.forward({ minutes: 11 });
  await byHand.press("Отправить новое письмо");
  const third = await lastLetter(world, anna.email);
  await byHand.visit(third.link);
  await choosePassword(byHand, newPassword);
  assert.equal(byHand.page.heading, "Пароль был успешно изменен");
});

journey("R19: a string sent twice by the same browser ends in done, elsewhere it was used", async (world) => {
  await world.addPerson(anna);
  const letter = await letterFor(world, anna.email);
  const person = visitor(world);
  await person.visit(letter.link);
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  const form = person.formFor("Сменить пароль");
  assert.equal((await person.raw(form.address, form)).headers.location, "/recovery/done");
  assert.equal((await person.raw(form.address, form)).headers.location, "/recovery/done");
  const other = visitor(world);
  await typeByHand(other, "anna", stringOf(letter), otherPassword);
  assert.equal(other.page.status, 410);
  assert.match(other.page.text, /По этой ссылке пароль уже сменили/);
});

journey(
  "RC5, EN6: guessing strings for a login is braked at its source, and its owner is not",
  async (world) => {
    await world.addPerson(anna);
    const letter = await letterFor(world, anna.email);
    const guesser = visitor(world, { address: "203.0.113.7" });
    let status = 0;
    let tries = 0;
    while (status !== 429 && tries < 12) {
      await typeByHand(guesser, "anna", String(tries).padStart(24, "0"), newPassword);
      status = guesser.page.status;
      tries += 1;
    }
    assert.equal(tries, 11);
    assert.ok(Number(guesser.page.answer.headers["retry-after"]) > 0);
    const owner = visitor(world, { address: "198.51.100.7" });
    await owner.visit(letter.link);
    await choosePassword(owner, newPassword);
    assert.equal(owner.page.heading, "Пароль был успешно изменен");
  },
);

journey("en: the boxed way in English", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world, { headers: { "Accept-Language": "en" } });
  await person.visit("/sign-in");
  await person.follow("Forgot your password?");
  person.fill("Login or e-mail", "anna");
  await person.press("Send control string");
  assert.equal(person.page.heading, "Check your mail");
  const letter = await lastLetter(world, anna.email);
  assert.match(letter.text, /Control string/);
  await person.visit(letter.link);
  assert.equal(person.page.value("Control string"), stringOf(letter));
  person.fill("New password", newPassword);
  person.fill("Confirm new password", newPassword);
  await person.press("Change password");
  assert.equal(person.page.heading, "Password changed");
  const other = visitor(world, { headers: { "Accept-Language": "en" } });
  await other.visit("/recovery/string");
  other.fill("Login", "anna");
  other.fill("Control string", "0".repeat(24));
  other.fill("New password", otherPassword);
  other.fill("Confirm new password", otherPassword);
  await other.press("Change password");
  assert.match(other.page.problem("Control string"), /^Wrong control string/);
});
