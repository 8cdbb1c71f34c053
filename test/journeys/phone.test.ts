/** Getting back in by phone: the code page, its detours, and the choice between SMS and letter. */
import assert from "node:assert/strict";
import { readIdentifier } from "../../src/accounts/accounts.ts";
import { askForRecovery } from "../../src/recovery/recovery.ts";
import { block, journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { ask, choosePassword, lastLetter, signIn } from "../steps.ts";
import { type Visitor, type VisitorOptions, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const FIELD = "Код из SMS";
const TITLE = "Введите код из SMS";
const NUMBER = "+79161234567";
const SHOWN = "+7 916 123-45-67";
const behindProxy = { TRUSTED_PROXY_HOPS: "1" };

async function enter(person: Visitor, code: string): Promise<void> {
  person.fill(FIELD, code);
  await person.press("Далее");
}

/** The code of the newest SMS to the number. */
async function lastCode(world: World, number = NUMBER): Promise<string> {
  const text = (await world.smsTo(number)).at(-1) ?? "";
  const code = /^Код (\d{6})\. Никому его не сообщайте\.$/.exec(text)?.[1];
  assert.ok(code, `the newest SMS to ${number}: ${JSON.stringify(text)}`);
  return code;
}

async function asked(world: World, typed: string, options: VisitorOptions = {}): Promise<Visitor> {
  const person = visitor(world, options);
  await ask(person, typed);
  assert.equal(person.page.heading, TITLE);
  assert.equal(person.page.path, "/recovery/code");
  return person;
}

/** Other six digits than these, for each step others. */
function wrong(code: string, step = 1): string {
  return String((Number(code) + step) % 1_000_000).padStart(6, "0");
}

journey("M21: by phone: the code of the SMS, the new password twice, and in", async (world) => {
  await world.addPerson(anna);
  const person = await asked(world, "8 916 123-45-67");
  assert.ok(person.page.text.includes(`Если номер ${SHOWN} есть в системе`), person.page.text);
  assert.match(person.page.text, /код придёт в течение минуты\. Он действует 10 минут\./);
  const field = person.page.field(FIELD);
  for (const [name, value] of [
    ["type", "text"],
    ["inputmode", "numeric"],
    ["autocomplete", "one-time-code"],
    ["enterkeyhint", "done"],
  ] as const) {
    assert.equal(field.getAttribute(name), value, name);
  }
  assert.equal((await world.messagesTo(anna.email)).length, 0, "no letter beside the SMS");
  await enter(person, await lastCode(world));
  assert.equal(person.page.path, "/recovery/password");
  assert.equal(person.page.value("Аккаунт").replaceAll("\u00a0", " "), SHOWN);
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен");
  await signIn(person, { ...anna, password: newPassword });
  assert.equal(person.page.heading, "Моя страница");
  const notice = await lastLetter(world, anna.email);
  assert.match(notice.subject, /^Пароль изменён/);
});

journey(
  "M21: in the style control-string a phone leads to the code as well",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await person.visit("/recovery");
    assert.match(person.page.text, /На номер телефона придёт код по SMS/);
    person.fill("Логин или e-mail", "9161234567");
    await person.press("Выслать контрольную строку");
    assert.equal(person.page.heading, TITLE);
    await enter(person, await lastCode(world));
    await choosePassword(person, newPassword);
    assert.equal(person.page.heading, "Пароль был успешно изменен");
  },
  { settings: { RECOVERY_STYLE: "control-string" } },
);

journey(
  "M2, M21: a wrong digit is seen on the page, and «Изменить номер» leads back to it",
  async (world) => {
    await world.addPerson(anna);
    const person = await asked(world, "8 916 123-45-68");
    assert.ok(person.page.text.includes("+7 916 123-45-68"));
    await person.follow("Изменить номер");
    assert.equal(person.page.value("E-mail или телефон"), "8 916 123-45-68");
    person.fill("E-mail или телефон", "8 916 123-45-67");
    await person.press("Далее");
    assert.ok(person.page.text.includes(SHOWN));
    await enter(person, await lastCode(world));
    assert.equal(person.page.path, "/recovery/password");
    assert.deepEqual(await world.smsTo("+79161234568"), [], "nobody's number is left alone");
  },
);

journey(
  "RC1: a wrong code says in words how many tries are left, then only another code helps",
  async (world) => {
    await world.addPerson(anna);
    const person = await asked(world, NUMBER);
    const code = await lastCode(world);
    const told = ["Остались 4 попытки", "Остались 3 попытки", "Остались 2 попытки", "Осталась 1 попытка"];
    for (const [index, left] of told.entries()) {
      await enter(person, wrong(code, index + 1));
      assert.equal(person.page.status, 422);
      assert.equal(person.page.problem(FIELD), `Код не подошёл. ${left}`);
    }
    await enter(person, wrong(code, 5));
    assert.equal(person.page.problem(FIELD), "Код не подошёл. Попытки закончились: отправьте новый код.");
    await enter(person, code);
    assert.equal(person.page.problem(FIELD), "Попытки для этого кода закончились. Отправьте новый код.");
    world.clock.forward({ minutes: 1 });
    await person.press("Отправить ещё раз");
    const next = await lastCode(world);
    assert.notEqual(next, code);
    await enter(person, next);
    assert.equal(person.page.path, "/recovery/password");
  },
);

journey(
  "RC1: letters and short codes are explained and cost no try; spaces, dashes and full-width digits are read",
  async (world) => {
    await world.addPerson(anna);
    const person = await asked(world, NUMBER);
    const code = await lastCode(world);
    for (const typed of ["", "12345", "1234567", "абвгде", "4829l3", "-1"]) {
      await enter(person, typed);
      assert.equal(person.page.status, 422);
      assert.equal(person.page.problem(FIELD), "Код — это шесть цифр из SMS", typed);
    }
    await enter(person, wrong(code));
    assert.equal(person.page.problem(FIELD), "Код не подошёл. Остались 4 попытки");
    const fullWidth = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
    await enter(person, ` ${fullWidth.slice(0, 3)} — ${fullWidth.slice(3)} `);
    assert.equal(person.page.path, "/recovery/password");
  },
);

journey("RC1: the code ends with its ten minutes, and the page says what to do", async (world) => {
  await world.addPerson(anna);
  world.clock.standStill();
  const person = await asked(world, NUMBER);
  const code = await lastCode(world);
  world.clock.forward({ minutes: 10, seconds: 1 });
  await enter(person, code);
  assert.equal(person.page.problem(FIELD), "Код устарел: он действовал 10 минут. Отправьте новый.");
  world.clock.forward({ minutes: -1 });
  await enter(person, code);
  assert.equal(person.page.path, "/recovery/password");
  world.clock.forward({ minutes: 16 });
  await choosePassword(person, newPassword);
  assert.equal(person.page.status, 410);
  assert.equal(person.page.heading, "Код больше не действует");
  assert.equal(person.page.link("Запросить новый код"), "/recovery");
});

journey("decision 8, RC2: sending again brings the same code, and gives no try back", async (world) => {
  await world.addPerson(anna);
  const person = await asked(world, NUMBER);
  const code = await lastCode(world);
  for (let step = 1; step <= 4; step += 1) await enter(person, wrong(code, step));
  await person.press("Отправить ещё раз");
  assert.equal(person.page.status, 429, "not within a minute");
  assert.equal(person.page.heading, TITLE);
  assert.match(person.page.text, /Следующая — через .*Если код уже пришёл, он действует/);
  world.clock.forward({ minutes: 1 });
  await person.press("Отправить ещё раз");
  assert.match(person.page.text, /Отправили\. Если SMS несколько, введите код из последнего/);
  assert.equal(await lastCode(world), code);
  assert.equal((await world.smsTo(NUMBER)).length, 2);
  await enter(person, wrong(code, 5));
  assert.match(person.page.problem(FIELD), /Попытки закончились/);
});

journey("M21, RC3: the code of one browser, account or way is none for another", async (world) => {
  await world.addPerson(anna);
  await world.addPerson({ ...ivan, phone: "+7 921 765-43-21" });
  const person = await asked(world, NUMBER);
  const code = await lastCode(world);
  const other = await asked(world, "+7 921 765-43-21");
  await enter(other, code);
  assert.equal(other.page.status, 422, "another account");
  const byLetter = visitor(world);
  await ask(byLetter, anna.email);
  byLetter.fill("Код из письма", code);
  await byLetter.press("Продолжить с кодом");
  assert.equal(byLetter.page.status, 422, "another browser, another way");
  await enter(person, (await lastLetter(world, anna.email)).code);
  assert.equal(person.page.status, 422, "the code of the letter");
  await enter(person, code);
  assert.equal(person.page.path, "/recovery/password");
});

journey(
  "M10, M24: who has lost the mailbox goes on by SMS, and who has lost the phone by letter",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await ask(person, anna.email);
    assert.match(person.page.text, /Другим способом Если к аккаунту привязан телефон, код придёт на него/);
    await person.press("Отправить код по SMS");
    assert.equal(person.page.heading, TITLE);
    assert.ok(person.page.text.includes(`Если к аккаунту ${anna.email} привязан телефон`), person.page.text);
    assert.ok(!person.page.text.includes("123-45-67"), "the number is not told");
    const code = await lastCode(world);
    await person.press("Отправить письмом");
    assert.equal(person.page.status, 429, "each way has its own minute");
    world.clock.forward({ minutes: 1 });
    await person.press("Отправить письмом");
    assert.equal(person.page.heading, "Проверьте почту");
    world.clock.forward({ minutes: 1 });
    await person.press("Отправить код по SMS");
    assert.equal(await lastCode(world), code, "the detour has not changed the code");
    await enter(person, code);
    assert.equal(person.page.path, "/recovery/password");

    const phoneless = await asked(world, NUMBER, {});
    assert.equal((await world.smsTo(NUMBER)).length, 2, "the number's minute is not over");
    await phoneless.press("Отправить письмом");
    assert.equal(phoneless.page.heading, "Проверьте почту");
  },
);

journey("M21: from an outdated letter, the way goes on by SMS too", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await ask(person, "anna");
  const { link } = await lastLetter(world, anna.email);
  world.clock.forward({ minutes: 61 });
  await person.visit(link);
  await person.press("Отправить новое письмо");
  await person.press("Отправить код по SMS");
  await enter(person, await lastCode(world));
  assert.equal(person.page.path, "/recovery/password");
});

journey("RC7: only a number that was proved earlier gets a code", async (world) => {
  await world.addPerson({ ...anna, contactsProven: false });
  const person = await asked(world, NUMBER);
  assert.deepEqual(await world.smsTo(NUMBER), []);
  await person.press("Отправить письмом");
  assert.equal((await world.messagesTo(anna.email)).length, 1, "the mailbox is proved by the letter itself");
});

journey("decision 4: who is blocked is told so by letter, and the SMS says nothing", async (world) => {
  await block(world, await world.addPerson(anna));
  await asked(world, NUMBER);
  assert.deepEqual(await world.smsTo(NUMBER), []);
  assert.match((await lastLetter(world, anna.email)).subject, /^Вход закрыт/);
});

journey(
  "R07: an SMS that nobody answered for is not sent again, and the person's repeat brings the same code",
  async (world) => {
    await world.addPerson(anna);
    world.sms.behave(() => ({ kind: "cut" }));
    const person = await asked(world, NUMBER);
    const code = await lastCode(world);
    world.sms.behave(() => ({ kind: "take" }));
    world.clock.forward({ minutes: 5 });
    assert.equal((await world.smsTo(NUMBER)).length, 1, "it may have arrived");
    await person.press("Отправить ещё раз");
    assert.equal(await lastCode(world), code);
    await enter(person, code);
    assert.equal(person.page.path, "/recovery/password");
  },
);

journey("CH7: a code that died while the gateway was away is never sent", async (world) => {
  await world.addPerson(anna);
  world.sms.behave(() => ({ kind: "break" }));
  const person = await asked(world, NUMBER);
  await world.smsTo(NUMBER);
  const byLetter = visitor(world);
  await ask(byLetter, anna.email);
  await byLetter.visit((await lastLetter(world, anna.email)).link);
  await choosePassword(byLetter, newPassword);
  world.sms.behave(() => ({ kind: "take" }));
  world.clock.forward({ minutes: 2 });
  const texts = await world.smsTo(NUMBER);
  assert.ok(!texts.some((text) => text.startsWith("Код ")), texts.join(" | "));
  const { read } = world.service.tools.store;
  const row = await read
    .selectFrom("messages")
    .selectAll()
    .where("kind", "=", "recovery-code")
    .executeTakeFirstOrThrow();
  assert.equal(row.state, "dropped");
  await enter(person, "000000");
  assert.equal(person.page.status, 422);
});

journey(
  "M21: where no SMS can be sent, a phone leads to the letter and no page speaks of codes by SMS",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await ask(person, NUMBER);
    assert.equal(person.page.heading, "Проверьте почту");
    assert.ok(!person.page.text.includes("SMS"), person.page.text);
    assert.equal((await world.messagesTo(anna.email)).length, 1);
    await person.visit("/recovery");
    assert.ok(!person.page.text.includes("SMS"), person.page.text);
  },
  { settings: { SMS_URL: "" } },
);

journey(
  "M21: a trial without mail and gateway shows the code in its inbox",
  async (world) => {
    await world.addPerson(anna);
    const person = await asked(world, NUMBER);
    await world.service.delivery.drained();
    const inbox = visitor(world);
    await inbox.visit("/inbox");
    const [link] = inbox.page.all(".inbox a");
    await inbox.visit(link?.getAttribute("href") ?? "");
    await enter(person, /Код (\d{6})\. Никому/.exec(inbox.page.text)?.[1] ?? "");
    assert.equal(person.page.path, "/recovery/password");
  },
  { settings: { SMTP_URL: "", SMS_URL: "" }, embeddedOnly: true },
);

journey(
  "CH5: a number of a country that SMS do not go to gets the letter",
  async (world) => {
    await world.addPerson({ ...anna, phone: "+375 29 123-45-67" });
    const person = visitor(world);
    await ask(person, "810 375 29 123-45-67");
    assert.equal(person.page.heading, "Проверьте почту");
    assert.equal((await world.messagesTo(anna.email)).length, 1);
    await person.press("Отправить код по SMS");
    assert.equal(person.page.heading, TITLE, "asked for by name, the page is the same for every account");
    assert.deepEqual(await world.smsTo("+375291234567"), []);
  },
  { settings: behindProxy },
);

journey(
  "M21: English people read it in English, on the page and in the SMS",
  async (world) => {
    await world.addPerson({ ...anna, language: "en" });
    const person = visitor(world, { headers: { "Accept-Language": "en" } });
    await person.visit("/recovery");
    person.fill("E-mail or phone", NUMBER);
    await person.press("Continue");
    assert.equal(person.page.heading, "Enter the code from SMS");
    const [text = ""] = await world.smsTo(NUMBER);
    assert.match(text, /^Code \d{6}\. Do not share it\.$/);
    person.fill("Code from SMS", wrong(text.slice(5, 11)));
    await person.press("Continue");
    assert.equal(person.page.problem("Code from SMS"), "That code did not match. 4 tries left");
    person.fill("Code from SMS", text.slice(5, 11));
    await person.press("Continue");
    assert.equal(person.page.heading, "New password");
  },
  { embeddedOnly: true },
);

/** The SMS of an installation with this address, asked for past its pages: those are on localhost. */
async function textFrom(world: World): Promise<string> {
  await world.addPerson(anna);
  const understood = await readIdentifier(NUMBER);
  assert.ok(understood.kind === "understood");
  const asking = { source: "test", address: "test", device: "test", language: "ru" } as const;
  const wish = { ...asking, channel: "sms", knownAccounts: [], earlier: null } as const;
  const portal = world.service.tools.portals.defaultPortal();
  const wished = { ...wish, portal };
  assert.equal((await askForRecovery(world.service.tools, understood.identifier, wished)).kind, "asked");
  return (await world.smsTo(NUMBER))[0] ?? "";
}

journey(
  "CH4: the SMS ends with the site and the code, and fits one part with a host of 24 characters",
  async (world) => {
    const text = await textFrom(world);
    const [, code = "-"] = /^Код (\d{6})\./.exec(text) ?? [];
    assert.equal(text, `Код ${code}. Никому его не сообщайте.\n@id.portal.romashka-it.ru #${code}`);
    assert.equal(text.length, 70, "one part of UCS-2");
    assert.doesNotMatch(text, /https?:|\//);
  },
  { settings: { PUBLIC_URL: "https://id.portal.romashka-it.ru" }, embeddedOnly: true },
);

journey(
  "CH4: SMS_BOUND_LINE=off leaves the last line out",
  async (world) => {
    assert.match(await textFrom(world), /^Код \d{6}\. Никому его не сообщайте\.$/);
  },
  { settings: { PUBLIC_URL: "https://id.romashka.ru", SMS_BOUND_LINE: "off" }, embeddedOnly: true },
);
