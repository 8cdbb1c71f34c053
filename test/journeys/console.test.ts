/** «Настройки – Пользователи» as its people walk it. */
import assert from "node:assert/strict";
import { otherLayout } from "../../src/platform/language/keyboard-layout.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { isSignedIn, lastLetter, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { PersonWish, World } from "../world.ts";

const password = "тихая лодка под звёздами";
const owner: PersonWish = { login: "olga", name: "Ольга Орлова", role: "owner", password };
const users = "/admin/users";

async function asStaff(world: World, wish: PersonWish = owner): Promise<Visitor> {
  await world.addPerson(wish);
  return signedIn(world, wish);
}

/** Asks for something on the card and says yes. */
async function press(staff: Visitor, id: string, act: string): Promise<void> {
  await staff.visit(`${users}/${id}`);
  await staff.follow(act);
  await staff.press(act);
}

async function find(staff: Visitor, typed: string): Promise<string[]> {
  await staff.visit(users);
  staff.fill("Имя, логин, e-mail или телефон", typed);
  await staff.press("Показать");
  return namesOn(staff);
}

function namesOn(staff: Visitor): string[] {
  return staff.page.all("tbody td > a").map((link) => link.textContent.trim());
}

journey("M30: an administrator finds a person and sends the link; the person chooses", async (world) => {
  const staff = await asStaff(world);
  const id = await world.addPerson(anna);
  await staff.visit("/me");
  await staff.follow("Настройки – Пользователи");
  assert.match(staff.page.text, /2 пользователя/);
  assert.deepEqual(await find(staff, "8 916 123"), ["Анна Петрова"]);
  await staff.follow("Анна Петрова");
  assert.equal(staff.page.path, `${users}/${id}`);
  await press(staff, id, "Выслать ссылку смены пароля");
  assert.match(staff.page.text, /Письмо отправляется: 1 адресат/);
  const letter = await lastLetter(world, anna.email);
  assert.match(letter.text, /администратор портала/);
  const person = visitor(world);
  await person.visit(letter.link);
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  await person.press("Сменить пароль");
  await signedIn(world, { ...anna, password: newPassword });
  await staff.visit(`${users}/${id}/deliveries`);
  assert.match(staff.page.text, /Письмо · смена пароля/);
  await staff.visit(`${users}/${id}/history`);
  assert.match(staff.page.text, /Пароль изменён.*сам/);
  await staff.visit(`${users}/${id}/record`);
  assert.match(staff.page.text, /Отправлена ссылка для смены пароля.*Ольга Орлова/);
});

journey(
  "M30: staff's letters and the person's own count together; the wait is told in words",
  async (world) => {
    const staff = await asStaff(world);
    const id = await world.addPerson(anna);
    await press(staff, id, "Выслать ссылку смены пароля");
    await press(staff, id, "Выслать ссылку смены пароля");
    assert.equal(staff.page.status, 429);
    assert.ok(Number(staff.page.answer.headers["retry-after"]) > 0);
    assert.match(staff.page.text, /Писем уже достаточно. Следующее можно выслать через/);
  },
);

journey(
  "M30: a one-time password opens nothing but the choice of another, once, for a day",
  async (world) => {
    const staff = await asStaff(world);
    const id = await world.addPerson(anna);
    const before = await signedIn(world, anna);
    await press(staff, id, "Одноразовый пароль");
    const [shown] = staff.page.all(".one-time code");
    const once = shown?.textContent ?? "";
    assert.match(once, /^([2-9a-z]{4}-){3}[2-9a-z]{4}$/);
    assert.equal(await isSignedIn(before), false, "the password in force until now ended with its sessions");
    await staff.visit(`${users}/${id}`);
    assert.ok(!staff.page.answer.body.includes(once), "it is shown once");

    const person = visitor(world);
    await signIn(person, { login: "anna", password: once });
    assert.equal(person.page.heading, "Придумайте свой пароль");
    assert.equal(await isSignedIn(person), false);
    assert.equal((await person.raw("/me")).status, 303);
    person.fill("Новый пароль", "коротко");
    await person.press("Сохранить и войти");
    assert.equal(person.page.status, 422);
    person.fill("Новый пароль", newPassword);
    person.fill("Подтверждение нового пароля", newPassword);
    const form = person.formFor("Сохранить и войти");
    await person.press("Сохранить и войти");
    assert.equal(person.page.heading, "Моя страница");
    assert.equal((await person.raw(form.address, form)).headers.location, "/sign-in", "the ticket is spent");
    const again = visitor(world);
    await signIn(again, { login: "anna", password: once });
    assert.equal(again.page.status, 422);

    await press(staff, id, "Одноразовый пароль");
    const late = staff.page.all(".one-time code")[0]?.textContent ?? "";
    world.clock.forward({ hours: 25 });
    await signIn(again, { login: "anna", password: late });
    assert.equal(again.page.status, 422);
  },
);

journey("M30: sessions end everywhere, and the password stays", async (world) => {
  const staff = await asStaff(world);
  const id = await world.addPerson(anna);
  const person = await signedIn(world, anna, { remember: true });
  await staff.visit(`${users}/${id}/sessions`);
  assert.match(staff.page.text, /вернётся без пароля|вход открыт/);
  await press(staff, id, "Завершить сеансы");
  assert.equal(await isSignedIn(person), false);
  await signedIn(world, anna);
});

journey("M30: one device of a person is signed out, the others stay, and it is told which", async (world) => {
  const staff = await asStaff(world);
  const id = await world.addPerson(anna);
  const agents = ["Windows NT 10.0", "X11; Linux x86_64"].map((system) => ({
    headers: { "User-Agent": `Mozilla/5.0 (${system}) Gecko/20100101 Firefox/140.0` },
  }));
  const [lost, kept] = await Promise.all(agents.map((agent) => signedIn(world, anna, agent)));
  await staff.visit(`${users}/${id}/sessions`);
  const form = staff.formFor("Завершить Firefox, Windows");
  await staff.press("Завершить Firefox, Windows");
  assert.match(staff.page.text, /Сеансы завершены: 1/);
  assert.equal(lost && (await isSignedIn(lost)), false);
  assert.equal(kept && (await isSignedIn(kept)), true);
  await staff.raw(form.address, form);
  await staff.visit(`${users}/${id}/record`);
  assert.equal(staff.page.text.match(/Завершён вход/g)?.length, 1, "sent twice, done once");
  assert.match(staff.page.text, /Завершён вход на устройстве Firefox, Windows.*Ольга Орлова/);
  await staff.visit(`${users}/${id}/sessions`);
  const other = await world.addPerson(ivan);
  const strange = { ...form, address: form.address.replace(id, other) };
  assert.equal((await staff.raw(strange.address, strange)).status, 303);
  assert.equal(kept && (await isSignedIn(kept)), true);
});

journey("IO5: history and record of a card go on beyond one page", async (world) => {
  const staff = await asStaff(world);
  const id = await world.addPerson(anna);
  for (let look = 0; look < 60; look += 1) await staff.raw(`${users}/${id}`);
  await staff.visit(`${users}/${id}/record`);
  const rows = () => staff.page.all("tbody tr").length;
  const first = rows();
  await staff.follow("Дальше");
  // 60 looks, the one at the record itself, and the account as it was added.
  assert.deepEqual([first, rows()], [50, 12]);
  await staff.follow("В начало");
  assert.equal(rows(), 50);
  await staff.visit(`${users}/${id}/history?before=x`);
  assert.equal(staff.page.status, 200);
});

journey(
  "M30: a blocked account is closed at once; undone, it is as before but for its sessions",
  async (world) => {
    const staff = await asStaff(world);
    const id = await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await staff.visit(`${users}/${id}/do/block`);
    staff.fill("Причина", "потерян ноутбук");
    await staff.press("Заблокировать");
    assert.match(staff.page.text, /Заблокировано: 1.* Отменить можно до/);
    assert.equal(await isSignedIn(person), false);
    await signIn(person, anna);
    assert.equal(person.page.status, 422);
    await staff.press("Отменить");
    assert.match(staff.page.text, /Отменено: 1/);
    await signedIn(world, anna);
    await staff.visit(`${users}/${id}/record`);
    assert.match(staff.page.text, /Аккаунт разблокирован.*Аккаунт заблокирован причина: потерян ноутбук/);

    await press(staff, id, "Заблокировать");
    world.clock.forward({ minutes: 11 });
    await staff.visit(users);
    assert.ok(!staff.page.buttons().includes("Отменить"), "ten minutes are over");
  },
);

journey("M30: unblocking forgets counted tries, so that the right password opens at once", async (world) => {
  const staff = await asStaff(world);
  const id = await world.addPerson(anna);
  const stranger = visitor(world);
  for (let tries = 0; tries < 12; tries += 1) {
    await signIn(stranger, { login: "anna", password: "это неверный пароль" });
  }
  assert.equal(stranger.page.status, 429);
  await press(staff, id, "Заблокировать");
  await press(staff, id, "Разблокировать");
  await signedIn(world, anna);
});

journey(
  "M30: many at once: asked with a count, who cannot be touched is left out, all undone by one press",
  async (world) => {
    const staff = await asStaff(world);
    const ids = [await world.addPerson(anna), await world.addPerson(ivan)];
    await staff.visit(users);
    staff.tick("Отметить: Анна Петрова");
    staff.tick("Отметить: Иван Сидоров");
    await staff.press("Заблокировать");
    assert.match(staff.page.text, /Кого это коснётся: 2/);
    await staff.press("Заблокировать: 2");
    assert.match(staff.page.text, /Заблокировано: 2/);
    assert.equal(staff.page.path, users);
    await staff.press("Отменить");
    assert.match(staff.page.text, /Отменено: 2/);
    const me = staff.page.all("tbody td > a").find((link) => link.textContent.includes("Ольга"));
    const own = me?.getAttribute("href")?.split("/").at(-1) ?? "";
    await staff.visit(
      `/admin/many?do=block&person1=${ids[0]}&person2=${own}&person3=0190aaaa-0000-7000-8000-000000000000`,
    );
    assert.match(staff.page.text, /Кого это коснётся: 1 .*Не коснётся: 2 человек/);
  },
);

journey(
  "M30: somebody who left is closed out, leaves the list, and comes back with the old password",
  async (world) => {
    const staff = await asStaff(world);
    const id = await world.addPerson(anna);
    await press(staff, id, "Уволить");
    const person = visitor(world);
    await signIn(person, anna);
    assert.equal(person.page.status, 422);
    await staff.visit(users);
    assert.deepEqual(namesOn(staff), ["Ольга Орлова"]);
    staff.fill("Статус", "уволенные");
    await staff.press("Показать");
    assert.deepEqual(namesOn(staff), ["Анна Петрова"]);
    await press(staff, id, "Вернуть");
    await signedIn(world, anna);
  },
);

journey(
  "M30: a person is added and invited, chooses a password by the newest letter, and comes in",
  async (world) => {
    const staff = await asStaff(world);
    await staff.visit("/admin/new-user");
    staff.fill("Имя", "Мария Ким");
    staff.fill("Логин", "maria");
    staff.fill("E-mail", "maria@");
    await staff.press("Добавить");
    assert.equal(staff.page.status, 422);
    assert.equal(staff.page.value("Имя"), "Мария Ким");
    staff.fill("E-mail", "maria@romashka.example");
    staff.fill("Роль", "Поддержка");
    await staff.press("Добавить");
    assert.equal(staff.page.heading, "Мария Ким");
    assert.match(staff.page.text, /ждёт входа|Поддержка/);
    const first = await lastLetter(world, "maria@romashka.example");
    await staff.follow("Выслать приглашение");
    await staff.press("Выслать приглашение");
    const second = await lastLetter(world, "maria@romashka.example");
    assert.notEqual(first.link, second.link);

    const maria = visitor(world);
    await maria.visit(first.link);
    assert.equal(maria.page.status, 410);
    await maria.visit(second.link);
    assert.equal(maria.page.heading, "Добро пожаловать");
    assert.ok(!maria.page.path.includes("key="));
    await maria.visit(second.link);
    maria.fill("Новый пароль", newPassword);
    maria.fill("Подтверждение нового пароля", newPassword);
    const form = maria.formFor("Сохранить пароль");
    await maria.press("Сохранить пароль");
    assert.equal(maria.page.heading, "Пароль задан");
    assert.equal((await maria.raw(form.address, form)).headers.location, "/invitation/done", "sent twice");
    const other = visitor(world);
    await other.visit(second.link);
    assert.equal(other.page.status, 410);
    await signedIn(world, { login: "maria", password: newPassword });
  },
);

journey("M30: an invitation is over after a day, or when the account changes", async (world) => {
  const staff = await asStaff(world);
  const ids: string[] = [];
  for (const login of ["maria", "oleg"]) {
    await staff.visit("/admin/new-user");
    staff.fill("Имя", login);
    staff.fill("Логин", login);
    staff.fill("E-mail", `${login}@romashka.example`);
    await staff.press("Добавить");
    ids.push(staff.page.path.split("/").at(-1) ?? "");
  }
  const maria = await lastLetter(world, "maria@romashka.example");
  const oleg = await lastLetter(world, "oleg@romashka.example");
  await press(staff, ids[1] ?? "", "Заблокировать");
  const invited = visitor(world);
  await invited.visit(maria.link);
  assert.equal(invited.page.status, 200);
  await invited.visit(oleg.link);
  assert.equal(invited.page.status, 410);
  world.clock.forward({ hours: 25 });
  await invited.visit(maria.link);
  assert.equal(invited.page.status, 410);
});

journey(
  "M30: corrected data count at once; a new address waits for its proof, links of before are dead",
  async (world) => {
    const staff = await asStaff(world);
    const id = await world.addPerson(anna);
    await world.addPerson(ivan);
    await press(staff, id, "Выслать ссылку смены пароля");
    const letter = await lastLetter(world, anna.email);
    await staff.visit(`${users}/${id}/edit`);
    staff.fill("E-mail", ivan.email);
    await staff.press("Сохранить");
    assert.equal(staff.page.problem("E-mail"), "Это уже занято другим аккаунтом");
    staff.fill("E-mail", "anna.new@romashka.example");
    staff.fill("Имя", "Анна Кузнецова");
    await staff.press("Сохранить");
    assert.equal(staff.page.heading, "Анна Кузнецова");
    assert.match(staff.page.text, /anna.new@romashka.example · не подтверждён/);
    assert.match(staff.page.text, /\+7 916 123-45-67 · подтверждён/);
    const person = visitor(world);
    await person.visit(letter.link);
    assert.equal(person.page.status, 410);
    const told = await lastLetter(world, anna.email);
    assert.match(told.subject, /E-mail/i, "the address that went is told");
    assert.deepEqual(await find(staff, "кузнецова"), ["Анна Кузнецова"]);
    assert.deepEqual(await find(staff, "петрова"), []);
    await signedIn(world, { ...anna, login: "anna.new@romashka.example" });
  },
);

journey("M30: the search finds any part, in either layout and spelling", async (world) => {
  const staff = await asStaff(world);
  await world.addPerson({ ...anna, name: "Алёна Петрова" });
  await world.addPerson(ivan);
  for (const typed of [
    "алена",
    "АЛЁНА",
    "етров",
    "петрова алёна",
    otherLayout("алена"),
    "8916123",
    "+7 (916) 123-45-67",
    "123-45",
    "45 67",
    "anna@roma",
    otherLayout("anna@romashka"),
    "ал",
    "а",
    "anna",
  ]) {
    assert.deepEqual(await find(staff, typed), ["Алёна Петрова"], typed);
  }
  assert.deepEqual(await find(staff, "ван.sid"), []);
  assert.deepEqual(await find(staff, "ivan.sid"), ["Иван Сидоров"]);
  for (const typed of [
    '"',
    "%",
    "_",
    "* OR 1",
    "') or 1=1 --",
    "\\",
    "NEAR(a b)",
    "{}",
    "-a",
    "ё".repeat(500),
  ]) {
    await find(staff, typed);
    assert.equal(staff.page.status, 200, typed);
  }
});

journey("M30: an invitation opened on two instances at once sets one password", async (world) => {
  const staff = await asStaff(world);
  await staff.visit("/admin/new-user");
  staff.fill("Имя", "Мария Ким");
  staff.fill("Логин", "maria");
  staff.fill("E-mail", "maria@romashka.example");
  await staff.press("Добавить");
  const { link } = await lastLetter(world, "maria@romashka.example");
  const second = await world.another();
  const choices = ["жёлтый фонарь над рекой", "тёплый ветер за окном"];
  const browsers = [visitor(world), visitor(world, { at: second.url })];
  await Promise.all(
    browsers.map(async (browser, index) => {
      await browser.visit(link);
      browser.fill("Новый пароль", choices[index] ?? "");
      browser.fill("Подтверждение нового пароля", choices[index] ?? "");
    }),
  );
  const pages = await Promise.all(browsers.map((browser) => browser.press("Сохранить пароль")));
  assert.deepEqual(
    pages.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, 410],
  );
  const won = pages.findIndex(({ status }) => status === 200);
  await signedIn(world, { login: "maria", password: choices[won] ?? "" });
});

journey("M30: many presses of «block» on two instances are one block and one undo", async (world) => {
  const second = await world.another();
  const staff = await asStaff(world);
  const id = await world.addPerson(anna);
  const other = await signedIn(world, owner, { at: second.url });
  await Promise.all([staff.visit(`${users}/${id}/do/block`), other.visit(`${users}/${id}/do/block`)]);
  const pages = await Promise.all([staff.press("Заблокировать"), other.press("Заблокировать")]);
  assert.deepEqual(
    pages.map(({ status }) => status).toSorted((one, two) => one - two),
    [200, 422],
  );
  const { read } = world.service.tools.store;
  const events = await read.selectFrom("audit_events").select("action").execute();
  assert.equal(events.filter(({ action }) => action === "account.blocked").length, 1);
});

journey(
  "M30, RL15: of what staff corrected the proven contacts hear whom to tell, and no letter takes it back",
  async (world) => {
    const staff = await asStaff(world);
    const id = await world.addPerson(anna);
    await staff.visit(`${users}/${id}/edit`);
    staff.fill("E-mail", "");
    await staff.press("Сохранить");
    const told = await lastLetter(world, anna.email);
    assert.match(told.subject, /^E-mail удалён — /);
    assert.match(told.text, /Из аккаунта anna удалён e-mail a\S+@romashka\.example\./);
    assert.match(told.text, /Администратор портала/);
    assert.match(told.text, /сообщите администратору: Ольга,\s+olga@romashka\.example/);
    assert.doesNotMatch(told.text, /Это не я|\/veto\/|\/recovery/);
    const [text = ""] = await world.smsTo("+79161234567");
    assert.match(text, /^E-mail удалён .* администратором localhost:\d+\. Ошибка\? Сообщите ему\.$/);
  },
  { settings: { ADMIN_CONTACT: "Ольга, olga@romashka.example" } },
);
