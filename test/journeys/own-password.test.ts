/** «Сменить пароль» on one's own page, and «Задать пароль» for who has none. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword, otherPassword } from "../people.ts";
import { copyOf, isSignedIn, lastLetter, letterFor, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const CURRENT = "Текущий пароль";
const CHANGED = "Пароль был успешно изменен";

async function fillIn(person: Visitor, current: string, next: string, repeated = next): Promise<void> {
  await person.visit("/me/password");
  person.fill(CURRENT, current);
  person.fill("Новый пароль", next);
  person.fill("Подтверждение нового пароля", repeated);
}

async function change(person: Visitor, current: string, next: string, repeated = next): Promise<void> {
  await fillIn(person, current, next, repeated);
  await person.press("Сохранить");
}

/** As somebody who only ever came in another way. */
async function withoutPassword(world: World, accountId: string): Promise<void> {
  await world.service.tools.store.transact((write) =>
    write.deleteFrom("passwords").where("account_id", "=", accountId).execute(),
  );
}

journey("M13, M14, M15: the password is changed under the e-mail, and a letter says so", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await person.follow("Сменить пароль");
  assert.equal(person.page.heading, "Сменить пароль");
  await change(person, anna.password, newPassword);
  assert.equal(person.page.path, "/me");
  assert.match(person.page.text, new RegExp(CHANGED));
  await person.visit("/me");
  assert.doesNotMatch(person.page.text, new RegExp(CHANGED), "it is said once");
  const letter = await lastLetter(world, anna.email);
  assert.match(letter.subject, /^Пароль изменён — Ромашка, /);
  assert.match(letter.link, /\/veto\/link\?key=/);
  assert.match(letter.text, /Это не я/);
  await signedIn(world, { ...anna, password: newPassword });
  const refused = visitor(world);
  await signIn(refused, anna);
  assert.equal(refused.page.status, 422);
});

journey("RL15, M15: a proven phone is told as well, without link and code", async (world) => {
  await world.addPerson(anna);
  world.clock.moveTo(Date.UTC(2026, 10, 22, 11, 5));
  await change(await signedIn(world, anna), anna.password, newPassword);
  assert.deepEqual(await world.smsTo("+79161234567"), [
    `Пароль изменён 22.11 в 14:05. Не вы? Откройте ${new URL(world.url).host} → «Забыли пароль?»`,
  ]);
});

journey(
  "SE1, SE6, RL10: the own session goes on under a new token; all others end, on every instance",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    const person = await signedIn(world, anna, { remember: true });
    const before = copyOf(person, world, two.url);
    const other = await signedIn(world, anna, { at: two.url, remember: true });
    await change(person, anna.password, newPassword);
    assert.equal(await isSignedIn(person), true);
    assert.equal(await isSignedIn(before), false, "the token of before is dead");
    assert.equal(await isSignedIn(other), false);
    world.clock.forward({ minutes: 31 });
    assert.equal(await isSignedIn(person), true, "the own device stays remembered");
    assert.equal(await isSignedIn(other), false, "the others do not come back");
  },
);

journey("RL8: a recovery link of before is dead after the change", async (world) => {
  await world.addPerson(anna);
  const { link } = await letterFor(world, anna.email);
  await change(await signedIn(world, anna), anna.password, newPassword);
  const person = visitor(world);
  await person.visit(link);
  assert.equal(person.page.status, 410);
});

journey(
  "PW6: the present password is wanted always, and a wrong one is told beside its field",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await change(person, "", newPassword);
    assert.equal(person.page.status, 422);
    assert.equal(person.page.problem(CURRENT), "Введите текущий пароль");
    await change(person, ivan.password, newPassword);
    assert.equal(person.page.status, 422);
    assert.equal(person.page.problem(CURRENT), "Неверный пароль. Проверьте раскладку и Caps Lock.");
    await change(person, anna.password, "коротко");
    assert.equal(person.page.problem("Новый пароль"), "Слишком короткий: нужно 12 символов");
    await change(person, anna.password, newPassword, otherPassword);
    assert.equal(person.page.problem("Подтверждение нового пароля"), "Пароли не совпадают");
    await change(person, anna.password, anna.password);
    assert.match(person.page.problem("Новый пароль"), /совпадает с текущим/);
    await change(person, anna.password, newPassword);
    assert.equal(person.page.path, "/me");
  },
);

journey(
  "PW6, EN4: eleven wrong ones stop at the limit of the sign-in, which is spent by them",
  async (world) => {
    await world.addPerson(anna);
    world.clock.standStill();
    const person = await signedIn(world, anna);
    for (let time = 0; time < 10; time += 1) await change(person, ivan.password, newPassword);
    assert.equal(person.page.status, 422);
    await change(person, anna.password, newPassword);
    assert.equal(person.page.status, 429);
    assert.match(String(person.page.answer.headers["retry-after"]), /^\d+$/);
    assert.match(person.page.problem(CURRENT), /Слишком много попыток\. Следующая — через/);
    const known = copyOf(person, world);
    known.cookies.delete("sid");
    await signIn(known, anna);
    assert.equal(known.page.status, 429, "the same browser at the sign-in page");
    const stranger = visitor(world);
    await signIn(stranger, anna);
    assert.equal(stranger.page.status, 429, "and any other");
    world.clock.forward({ minutes: 16 });
    await change(person, anna.password, newPassword);
    assert.equal(person.page.path, "/me");
  },
);

journey("M15: the same form again ends in done: pressed twice, or after a lost answer", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await fillIn(person, anna.password, newPassword);
  const sent = person.formFor("Сохранить");
  const late = copyOf(person, world);
  await person.press("Сохранить");
  assert.equal(person.page.path, "/me");
  const again = await person.raw(sent.address, sent);
  assert.equal(again.headers.location, "/me", "in the session that goes on");
  const lost = await late.raw(sent.address, sent);
  assert.equal(lost.headers.location, "/me", "with the cookies of before, as after a lost answer");
  assert.equal(await isSignedIn(late), true);
  const letters = await world.messagesTo(anna.email);
  assert.equal(letters.filter(({ subject }) => /Пароль изменён/.test(subject)).length, 1);
});

journey("M15: the form of a session that ended otherwise opens nothing", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await fillIn(person, anna.password, newPassword);
  const sent = person.formFor("Сохранить");
  const other = await signedIn(world, anna);
  await change(other, anna.password, otherPassword);
  const late = await person.raw(sent.address, sent);
  assert.equal(late.headers.location, "/sign-in");
  assert.equal(await isSignedIn(person), false);
});

journey(
  "M15: pressed twice at the same moment on two instances, one change and one letter",
  async (world) => {
    await world.addPerson(anna);
    const two = await world.another();
    const person = await signedIn(world, anna);
    await fillIn(person, anna.password, newPassword);
    const sent = person.formFor("Сохранить");
    const tabs = [copyOf(person, world), copyOf(person, world, two.url)];
    const answers = await Promise.all(tabs.map((tab) => tab.raw(sent.address, sent)));
    assert.deepEqual(
      answers.map(({ headers }) => headers.location),
      ["/me", "/me"],
    );
    for (const tab of tabs) assert.equal(await isSignedIn(tab), true);
    const letters = await world.messagesTo(anna.email);
    assert.equal(letters.filter(({ subject }) => /Пароль изменён/.test(subject)).length, 1);
  },
);

journey("M14: «Забыли?» leads to recovery with the login filled in", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await person.visit("/me/password");
  await person.follow("Забыли?");
  assert.equal(person.page.path, "/recovery");
  assert.equal(person.page.value("E-mail или телефон"), anna.login);
});

journey("HT9: password managers find the page of the change, by way of the sign-in", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  const found = await person.raw("/.well-known/change-password");
  assert.deepEqual([found.status, found.headers.location], [302, "/me/password"]);
  await person.visit("/me/password");
  assert.equal(person.page.path, "/sign-in?return_to=%2Fme%2Fpassword");
});

journey("M7, SE8: who has no password sets the first one after a code from the mailbox", async (world) => {
  const id = await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await withoutPassword(world, id);
  world.clock.forward({ minutes: 6 });
  await person.visit("/me");
  await person.follow("Задать пароль");
  assert.equal(person.page.heading, "Подтвердите, что это вы");
  const before = copyOf(person, world);
  await person.press("Отправить код");
  const letter = await lastLetter(world, anna.email);
  assert.match(letter.subject, /^Код для изменения данных/);
  person.fill("Код из письма", letter.code);
  await person.press("Продолжить");
  assert.equal(person.page.heading, "Задать пароль");
  assert.equal(await isSignedIn(before), false, "the proof gave the session a new token");
  assert.equal(person.page.has(CURRENT), false);
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  await person.press("Сохранить");
  assert.match(person.page.text, /Пароль задан/);
  await signedIn(world, { ...anna, password: newPassword });
});

journey("SE8: without a recent proof no form of the own page sets a first password", async (world) => {
  const id = await world.addPerson(anna);
  const person = await signedIn(world, anna);
  await withoutPassword(world, id);
  await person.visit("/me/password");
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  world.clock.forward({ minutes: 6 });
  await person.press("Сохранить");
  assert.equal(person.page.path, "/me/confirm?return_to=%2Fme%2Fpassword");
  const refused = visitor(world);
  await signIn(refused, { ...anna, password: newPassword });
  assert.equal(refused.page.status, 422);
});

journey("RC3: the code of a proof is good in its own session alone, for five tries", async (world) => {
  const id = await world.addPerson(anna);
  const [one, two] = [await signedIn(world, anna), await signedIn(world, anna)];
  await withoutPassword(world, id);
  world.clock.forward({ minutes: 6 });
  for (const person of [one, two]) await person.visit("/me/password");
  await one.press("Отправить код");
  const { code } = await lastLetter(world, anna.email);
  await two.visit("/me/confirm?sent&return_to=%2Fme%2Fpassword");
  two.fill("Код из письма", code);
  await two.press("Продолжить");
  assert.equal(two.page.status, 422);
  for (let step = 1; step <= 5; step += 1) {
    one.fill("Код из письма", String((Number(code) + step) % 1_000_000).padStart(6, "0"));
    await one.press("Продолжить");
  }
  assert.match(one.page.problem("Код из письма"), /Попытки закончились/);
  one.fill("Код из письма", code);
  await one.press("Продолжить");
  assert.equal(one.page.status, 422);
});

journey("HT3: the proof leads back to paths of this site only", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  for (const wished of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    await person.visit(`/me/confirm?return_to=${encodeURIComponent(wished)}`);
    assert.equal(person.page.path, "/me");
  }
});

journey(
  "M32: the boxed style leads from «Изменить личные данные» to «Сменить пароль»",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.follow("Изменить личные данные");
    await person.follow("Сменить пароль");
    await change(person, anna.password, newPassword);
    assert.match(person.page.text, new RegExp(CHANGED));
  },
  { settings: { RECOVERY_STYLE: "control-string" } },
);

journey(
  "RL15, CH5: notices by SMS go to proven phones in the countries that SMS go to, and to no others",
  async (world) => {
    const abroad = "+375291234567";
    await world.addPerson({ ...anna, phone: abroad });
    await world.addPerson({ ...ivan, phone: "+79031112233", contactsProven: false });
    await change(await signedIn(world, anna), anna.password, newPassword);
    await change(await signedIn(world, ivan), ivan.password, otherPassword);
    for (const number of [abroad, "+79031112233"]) assert.deepEqual(await world.smsTo(number), []);
  },
);
