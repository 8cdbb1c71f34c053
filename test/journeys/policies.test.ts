/** What groups ask of their members, met where it is asked: passwords, sign-in, sessions, recovery. */
import assert from "node:assert/strict";
import {
  addGroup,
  changeGroup,
  EVERYONE,
  type PolicyValues,
  presets,
  putMembers,
  ways,
} from "../../src/policies/policies.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword, otherPassword } from "../people.ts";
import {
  ask,
  choosePassword,
  isSignedIn,
  lastLetter,
  letterFor,
  letterLike,
  signedIn,
  signIn,
} from "../steps.ts";
import { type Visitor, type VisitorOptions, visitor } from "../walker.ts";
import type { World } from "../world.ts";

/** The newest letter with a link, whatever else was written in the same second. */
async function linkFor(world: World, email: string, options: VisitorOptions = {}): Promise<string> {
  await letterFor(world, email, options);
  return (await letterLike(world, email, "Смена пароля")).link;
}

const behindProxy = { settings: { TRUSTED_PROXY_HOPS: "1" } };
const OWN = "Придумайте свой пароль";

/** A group with these rules and members, as the console keeps it; the number tells groups apart. */
async function group(world: World, values: Partial<PolicyValues>, accountIds: string[]): Promise<string> {
  const { tools } = world.service;
  const name = `Группа ${crypto.randomUUID()}`;
  const id = await tools.store.transact(async (write) => {
    const added = await addGroup(tools, write, { name, description: "", values });
    assert.ok(added.kind === "added");
    await putMembers(tools, write, added.id, { accountIds, fromAt: 0, untilAt: 0 });
    return added.id;
  });
  await tools.policies.refresh();
  return id;
}

async function everyone(world: World, values: Partial<PolicyValues>): Promise<void> {
  const { tools } = world.service;
  const wish = { name: "Все", description: "", values: { ...presets.standard, ...values } };
  await tools.store.transact((write) => changeGroup(tools, write, EVERYONE, wish));
  await tools.policies.refresh();
}

async function change(person: Visitor, from: string, to: string): Promise<void> {
  await person.visit("/me/password");
  person.fill("Текущий пароль", from);
  person.fill("Новый пароль", to);
  person.fill("Подтверждение нового пароля", to);
  await person.press("Сохранить");
}

async function chooseOwn(person: Visitor, password: string): Promise<void> {
  person.fill("Новый пароль", password);
  person.fill("Подтверждение нового пароля", password);
  await person.press("Сохранить и войти");
}

journey(
  "PW1, PW4, M30: a group's rules hold and stand on the page wherever its member sets a password",
  async (world) => {
    const id = await world.addPerson(anna);
    await group(
      world,
      { passwordLength: 18, passwordUpper: 1, passwordDigits: 1, passwordMarks: 1, passwordHistory: 3 },
      [id],
    );
    const [first, second, third] = [
      "Трамвай-17 у пруда",
      "Чайник-23 поёт утром",
      "Лодка-31 под звёздами",
    ] as const;
    const person = await signedIn(world, anna);
    await person.visit("/me/password");
    for (const rule of [
      "18 символов",
      "есть заглавная буква",
      "есть цифра",
      "есть знак",
      "не из последних 3",
    ])
      assert.match(person.page.text, new RegExp(rule));
    await change(person, anna.password, "Трамвай-17 пруд");
    assert.match(person.page.problem("Новый пароль"), /нужно 18 символов/);
    await change(person, anna.password, newPassword);
    assert.equal(
      person.page.problem("Новый пароль"),
      "Добавьте заглавную букву, цифру и знак, например % или +",
    );
    await change(person, anna.password, first);
    assert.match(person.page.text, /Пароль был успешно изменен/);

    const link = await linkFor(world, anna.email);
    const back = visitor(world);
    await back.visit(link);
    assert.match(back.page.text, /18 символов.*не из последних 3/s);
    await choosePassword(back, first);
    assert.match(back.page.problem("Новый пароль"), /уже был среди последних 3/);
    await choosePassword(back, second);
    assert.equal(back.page.path, "/recovery/done");

    const again = await signedIn(world, { ...anna, password: second });
    for (const used of [first]) {
      await change(again, second, used);
      assert.match(again.page.problem("Новый пароль"), /уже был среди последних 3/);
    }
    await change(again, second, third);
    await change(again, third, "Ведро-41 полно воды!");
    await change(again, "Ведро-41 полно воды!", first);
    assert.match(again.page.text, /Пароль был успешно изменен/, "the fourth before it is free again");
    const kept = world.service.tools.store.read.selectFrom("password_history").selectAll();
    assert.equal((await kept.execute()).length, 2, "no more hashes are kept than the policy asks for");

    await world.addPerson(ivan);
    await signedIn(world, ivan);
    const outsider = await signedIn(world, ivan);
    await change(outsider, ivan.password, newPassword);
    assert.match(
      outsider.page.text,
      /Пароль был успешно изменен/,
      "who is not in the group is not held to it",
    );

    await world.addPerson({ login: "olga", name: "Ольга", role: "owner", password: otherPassword });
    const owner = await signedIn(world, { login: "olga", password: otherPassword });
    await owner.visit("/admin/new-user");
    owner.fill("Имя", "Пётр");
    owner.fill("Логин", "petr");
    owner.fill("E-mail", "petr@romashka.example");
    await owner.press("Добавить");
    const invited = /users\/([0-9a-f-]{36})/.exec(owner.page.path)?.[1] ?? "";
    await group(world, { passwordLength: 30 }, [invited]);
    const petr = visitor(world);
    await petr.visit((await lastLetter(world, "petr@romashka.example")).link);
    assert.match(petr.page.text, /30 символов/);
  },
);

journey(
  "M30, PW3: an old or too weak password is changed at the next sign-in, a young one only by recovery",
  async (world) => {
    const id = await world.addPerson(anna);
    await signedIn(world, anna);
    const rules = { passwordMaxDays: 90, passwordMinDays: 2 };
    const aged = await group(world, rules, [id]);
    world.clock.forward({ hours: 24 * 90 + 1 });
    const person = visitor(world);
    await signIn(person, anna, { remember: true });
    assert.equal(person.page.heading, OWN);
    assert.match(person.page.text, /Срок действия пароля истёк, необходимо сменить пароль/);
    assert.equal(await isSignedIn(person), false, "nothing opens before");
    await chooseOwn(person, anna.password);
    assert.match(person.page.problem("Новый пароль"), /нынешний пароль/);
    await chooseOwn(person, newPassword);
    assert.equal(person.page.heading, "Моя страница");
    world.clock.forward({ hours: 25 });
    assert.equal(await isSignedIn(person), true, "the device is remembered, as was wished at the sign-in");

    await person.visit("/me/password");
    assert.match(person.page.text, /Пароль задан недавно\. Сменить его здесь можно с/);
    assert.equal(
      (await person.raw("/me/password", { method: "POST", headers: form, body: tooYoung })).status,
      422,
    );
    const link = await linkFor(world, anna.email);
    const back = visitor(world);
    await back.visit(link);
    await choosePassword(back, otherPassword);
    assert.equal(back.page.path, "/recovery/done", "recovery is never held up by the age");

    const { tools } = world.service;
    const wish = { name: "Строже", description: "", values: { passwordLength: 40 } };
    await tools.store.transact((write) => changeGroup(tools, write, aged, wish));
    await tools.policies.refresh();
    const now = { ...anna, password: otherPassword };
    await signedIn(world, now);
    const stricter = { ...wish, values: { passwordLength: 40, passwordRecheck: 1 } };
    await tools.store.transact((write) => changeGroup(tools, write, aged, stricter));
    await tools.policies.refresh();
    const weak = visitor(world);
    await signIn(weak, now);
    assert.equal(weak.page.heading, OWN);
    assert.match(weak.page.text, /Правила для паролей стали строже/);
    await chooseOwn(weak, "семь оранжевых велосипедов едут к синему морю");
    assert.equal(weak.page.heading, "Моя страница");
  },
);

const form = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
const tooYoung = new URLSearchParams({
  current_password: newPassword,
  password: otherPassword,
  confirmation: otherPassword,
}).toString();

journey(
  "SE4, M30: sessions and remembered devices keep to the policy: tightened at once, loosened for new ones",
  async (world) => {
    const id = await world.addPerson(anna);
    world.clock.standStill();
    const elsewhere = await world.another();
    const old = await signedIn(world, anna);
    world.clock.forward({ minutes: 20 });
    assert.equal(await isSignedIn(old), true);
    const strict = await group(world, { sessionIdleMinutes: 10 }, [id]);
    const idle = await signedIn(world, anna);
    world.clock.forward({ minutes: 10 });
    assert.equal(await isSignedIn(idle), false, "ten idle minutes are the end");
    const { tools } = world.service;
    const loosen = (values: Partial<PolicyValues>) => async () => {
      const wish = { name: "Сеансы", description: "", values };
      await tools.store.transact((write) => changeGroup(tools, write, strict, wish));
      await tools.policies.refresh();
      await elsewhere.service.tools.policies.refresh();
    };
    const begun = await signedIn(world, anna);
    await loosen({})();
    world.clock.forward({ minutes: 9 });
    assert.equal(await isSignedIn(begun), true);
    world.clock.forward({ minutes: 10 });
    assert.equal(await isSignedIn(begun), false, "loosened for new sessions, not for this one");
    const whole = await signedIn(world, anna, { at: elsewhere.url });
    world.clock.forward({ minutes: 25 });
    assert.equal(await isSignedIn(whole), true);
    await loosen({ sessionHours: 1 })();
    for (let minutes = 25; minutes < 60; minutes += 5) {
      assert.equal(await isSignedIn(whole), true, `${minutes} minutes`);
      world.clock.forward({ minutes: 5 });
    }
    assert.equal(await isSignedIn(whole), false, "an hour in all, however busy, on the other instance, too");

    await loosen({ sessionNetwork: 24, rememberedDevices: 2, rememberDays: 7, rememberNetwork: 16 })();
    const at = (address: string) => ({ address, remember: true });
    const office = await signedIn(world, anna, at("10.1.2.3"));
    const moved = visitor(world, { address: "10.1.2.77" });
    const away = visitor(world, { address: "10.9.2.3" });
    for (const other of [moved, away])
      for (const [name, cookie] of office.cookies) other.cookies.set(name, cookie);
    for (const other of [moved, away]) other.cookies.delete("remember");
    assert.equal(await isSignedIn(moved), true, "within its network");
    assert.equal(await isSignedIn(away), false, "from another network it is nobody's session");
    assert.equal(await isSignedIn(office), true);

    const second = await signedIn(world, anna, at("10.1.3.3"));
    world.clock.forward({ minutes: 1 });
    const third = await signedIn(world, anna, at("10.1.4.3"));
    world.clock.forward({ hours: 25 });
    assert.equal(
      await isSignedIn(office),
      false,
      "two devices are remembered, and this was the first of three",
    );
    assert.equal(await isSignedIn(third), true);
    const foreign = visitor(world, { address: "10.7.3.3" });
    for (const [name, cookie] of second.cookies) foreign.cookies.set(name, cookie);
    assert.equal(await isSignedIn(foreign), false, "a remembered device keeps to its network");
    assert.equal(await isSignedIn(second), true, "and the owner's goes on");
    world.clock.forward({ hours: 24 * 7 });
    assert.equal(await isSignedIn(second), false, "seven days are over");
    await loosen({ rememberedDevices: 0 })();
    const never = await signedIn(world, anna, at("10.1.2.3"));
    assert.equal(never.cookies.has("remember"), false);
  },
  behindProxy,
);

journey(
  "EN6, M30: pauses begin after as many wrong passwords as the group allows; other doors stay open",
  async (world) => {
    const id = await world.addPerson(anna);
    await world.addPerson(ivan);
    await group(world, { attemptsFree: 3, attemptsLock: 5, lockMinutes: 30 }, [id]);
    const known = await signedIn(world, anna, { address: "10.1.1.1" });
    world.clock.standStill();
    const stranger = visitor(world, { address: "10.2.2.2" });
    const wrong = async (login: string) => {
      await signIn(stranger, { login, password: "совсем не тот пароль" });
      return stranger.page.status;
    };
    for (let turn = 0; turn < 3; turn += 1) assert.equal(await wrong(anna.login), 422);
    assert.equal(await wrong(anna.login), 429);
    assert.equal(stranger.answers.at(-1)?.headers["retry-after"], "1");
    world.clock.forward({ seconds: 1 });
    assert.equal(await wrong(anna.login), 422);
    world.clock.forward({ seconds: 2 });
    assert.equal(await wrong(anna.login), 422);
    assert.equal(await wrong(anna.login), 429);
    assert.equal(
      stranger.answers.at(-1)?.headers["retry-after"],
      "1800",
      "five in a row: it rests for 30 minutes",
    );
    for (let turn = 0; turn < 10; turn += 1)
      assert.equal(await wrong(ivan.login), 422, "ten for who is not in it");
    await known.visit("/sign-in");
    const own = visitor(world, { address: "10.1.1.1" });
    for (const [name, cookie] of known.cookies) own.cookies.set(name, cookie);
    own.cookies.delete("sid");
    await signIn(own, anna);
    assert.equal(own.page.heading, "Моя страница", "the known device is not held up");
    const link = await linkFor(world, anna.email, { address: "10.3.3.3" });
    const back = visitor(world, { address: "10.3.3.3" });
    await back.visit(link);
    await choosePassword(back, newPassword);
    await signIn(back, { ...anna, password: newPassword });
    assert.equal(back.page.heading, "Моя страница", "nor is recovery, and it clears the count");
  },
  behindProxy,
);

journey(
  "RC9, M30: a way of recovery that a group closes is told in a letter alone, and its links end sooner",
  async (world) => {
    const id = await world.addPerson(anna);
    await world.addPerson(ivan);
    const closed = await group(world, { recoveryWays: ways.sms | ways.desk, linkMinutes: 10 }, [id]);
    const pages: string[] = [];
    for (const email of [anna.email, "nobody@romashka.example"]) {
      const asking = visitor(world);
      await ask(asking, email);
      pages.push(asking.page.text.replaceAll(email, "").replace(/№ \d+/, ""));
    }
    assert.equal(pages[0], pages[1], "the page says the same as for who is not there");
    assert.match(pages[0] ?? "", /самое позднее до/);
    const letter = await lastLetter(world, anna.email);
    assert.match(letter.subject, /^Так восстановить нельзя/);
    assert.match(letter.text, /Открыты другие: код по SMS на подтверждённый телефон, поддержка/);
    assert.doesNotMatch(letter.text, /recovery\/link|\d{6}(?!\d)/);

    const { tools } = world.service;
    const open = { name: "Письма", description: "", values: { recoveryWays: ways.letter, linkMinutes: 10 } };
    await tools.store.transact((write) => changeGroup(tools, write, closed, open));
    await tools.policies.refresh();
    world.clock.forward({ minutes: 2 });
    const asking = visitor(world);
    await ask(asking, anna.phone ?? "");
    assert.deepEqual(await world.smsTo("+79161234567"), [], "no SMS either, where only letters are open");
    assert.match((await lastLetter(world, anna.email)).text, /Открыты другие: письмо со ссылкой/);
    world.clock.forward({ minutes: 2 });
    const link = await linkFor(world, anna.email);
    world.clock.forward({ minutes: 11 });
    const late = visitor(world);
    await late.visit(link);
    assert.match(late.page.text, /10 минут/);
    await everyone(world, { linkMinutes: 5 });
    const ivansLink = await linkFor(world, ivan.email);
    world.clock.forward({ minutes: 4 });
    const inTime = visitor(world);
    await inTime.visit(ivansLink);
    assert.equal(inTime.page.status, 200);
    world.clock.forward({ minutes: 2 });
    await inTime.visit(ivansLink);
    assert.match(inTime.page.text, /5 минут/);
  },
);
