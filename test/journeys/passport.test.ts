/** Getting back in by letter, sentence by sentence of the article, in the style `passport`. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { ask, choosePassword, isSignedIn, lastLetter, letterFor, signedIn, signIn } from "../steps.ts";
import { visitor } from "../walker.ts";

journey("M1: the sign-in page leads to recovery, and what was typed is typed once", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit("/");
  assert.equal(person.page.heading, "Вход");
  assert.equal(person.page.title, "Вход · Ромашка");
  person.fill("E-mail, телефон или логин", anna.email);
  person.fill("Пароль", "не тот пароль совсем");
  await person.press("Войти");
  assert.equal(person.page.status, 422);
  assert.equal(person.page.problem("Пароль"), "Неверный логин или пароль. Проверьте раскладку и Caps Lock.");
  assert.equal(person.page.value("E-mail, телефон или логин"), anna.email);
  await person.follow("Забыли пароль?");
  assert.equal(person.page.heading, "Восстановление пароля");
  assert.equal(person.page.value("E-mail или телефон"), anna.email);
});

journey("M1: an identifier in the address moves into the field and out of the address", async (world) => {
  const person = visitor(world);
  await person.visit("/recovery?identifier=anna%40romashka.example");
  assert.equal(person.page.path, "/recovery");
  assert.equal(person.page.value("E-mail или телефон"), anna.email);
});

journey("M2, M3, M4, M5, M9, M20: letter, button, new password twice, sign in with it", async (world) => {
  await world.addPerson(anna);
  const before = await signedIn(world, anna);
  const person = visitor(world, { headers: { "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0" } });
  await ask(person, anna.email);
  assert.equal(person.page.path, "/recovery/sent");
  assert.match(
    person.page.text,
    /Если адрес anna@romashka\.example есть в системе, мы отправили на него письмо/,
  );
  const number = /Запрос от \d\d:\d\d · № (\d{3})/.exec(person.page.text)?.[1];
  assert.ok(number, person.page.text);

  const letter = await lastLetter(world, anna.email);
  assert.match(letter.subject, new RegExp(`^Смена пароля — запрос от \\d\\d:\\d\\d \\(№ ${number}\\)$`));
  assert.match(letter.text.trim(), /\S+$/);
  assert.ok(letter.text.trim().endsWith(letter.link), "the link stands last");
  assert.match(letter.html, /Сменить пароль<\/a>/);
  assert.match(letter.code, /^\d{6}$/);
  assert.match(letter.text, /Chrome, Windows/);

  await person.visit(letter.link);
  assert.equal(person.page.path, "/recovery/password");
  assert.equal(person.page.heading, "Новый пароль");
  assert.equal(person.page.value("Аккаунт"), anna.email);
  await choosePassword(person, newPassword);
  assert.equal(person.page.path, "/recovery/done");
  assert.equal(person.page.heading, "Пароль был успешно изменен");
  assert.equal(await isSignedIn(before), false);
  assert.equal(await isSignedIn(person), false, "nobody is signed in by recovery");

  await person.follow("Войти");
  assert.equal(person.page.value("E-mail, телефон или логин"), anna.email);
  person.fill("Пароль", newPassword);
  await person.press("Войти");
  assert.equal(person.page.heading, "Моя страница");
  const old = visitor(world);
  await signIn(old, anna);
  assert.equal(old.page.status, 422);

  const notice = await lastLetter(world, anna.email);
  assert.match(notice.subject, /^Пароль изменён — Ромашка/);
  assert.match(notice.text, /Chrome, Windows/);
  assert.match(notice.text, /Не вы\?/);
});

journey(
  "M2: every usual way of writing a phone number and a login finds the person",
  async (world) => {
    await world.addPerson({ ...anna, login: "Берёзкина" });
    const spellings = [
      "+7 916 123-45-67",
      "89161234567",
      "8 (916) 123-45-67",
      "9161234567",
      "7.916.123.45.67",
      "+8 916 123 45 67",
      "７９１６１２３４５６７",
      "берёзкина",
      "БЕРЕЗКИНА",
      " Берёзкина ",
      "ANNA@Romashka.Example",
    ];
    const came = { codes: 0, letters: 0 };
    for (const [index, spelling] of spellings.entries()) {
      const person = visitor(world, { address: `203.0.113.${index + 1}` });
      await ask(person, spelling);
      const byPhone = /\d{2}/u.test(spelling.normalize("NFKC"));
      assert.equal(person.page.heading, byPhone ? "Введите код из SMS" : "Проверьте почту", spelling);
      came[byPhone ? "codes" : "letters"] += 1;
      assert.equal((await world.smsTo("+79161234567")).length, came.codes, spelling);
      assert.equal((await world.messagesTo(anna.email)).length, came.letters, spelling);
      world.clock.forward({ hours: 5 });
    }
  },
  { settings: { TRUSTED_PROXY_HOPS: "1" } },
);

journey("M2: what is no identifier is refused in words, and what was typed stays", async (world) => {
  const cases = [
    ["", "Введите e-mail, телефон или логин"],
    ["   ", "Введите e-mail, телефон или логин"],
    ["anna@", "Введите e-mail полностью, например anna@company.ru"],
    ["anna@romashka", "Введите e-mail полностью, например anna@company.ru"],
    ["8 916 123-45-6", "Похоже, не хватает одной цифры"],
    ["8 (495) 123-45-67", "Это городской номер: SMS на него не придёт. Укажите мобильный, e-mail или логин"],
    ["8 800 555-35-35", "Это служебный или платный номер. Укажите свой мобильный, e-mail или логин"],
    ["+7 916 123-45-678", "Таких номеров не бывает. Проверьте цифры"],
    ["an\u202ena", "Здесь есть символы, которых не бывает в e-mail, телефоне и логине"],
  ] as const;
  for (const [typed, problem] of cases) {
    const person = visitor(world);
    await ask(person, typed);
    assert.equal(person.page.status, 422, typed);
    assert.equal(person.page.problem("E-mail или телефон"), problem);
    assert.equal(person.page.value("E-mail или телефон"), typed);
    assert.ok(person.page.title.startsWith("Ошибка: "), person.page.title);
  }
});

journey("M4: the code from the letter goes into the page where one began", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await ask(person, "anna");
  assert.match(
    person.page.text,
    /Если логин anna есть в системе, мы отправили письмо на почту этого аккаунта/,
  );
  assert.ok(!person.page.text.includes(anna.email), "the mailbox of a login is told to nobody");
  const { code } = await lastLetter(world, anna.email);
  person.fill("Код из письма", ` ${code.slice(0, 3)}-${code.slice(3)} `);
  await person.press("Продолжить с кодом");
  assert.equal(person.page.path, "/recovery/password");
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен");
  await person.follow("Войти");
  assert.equal(person.page.value("E-mail, телефон или логин"), "anna");
  await signedIn(world, { ...anna, password: newPassword });
});

journey(
  "M10, M23, M33: the question says what does not work without the mailbox, and where help is",
  async (world) => {
    const person = visitor(world);
    await person.visit("/recovery");
    assert.match(person.page.text, /Если доступа к ней нет, этот способ не сработает/);
    await person.follow("что делать без почты");
    assert.equal(person.page.status, 200);
    await person.visit("/recovery");
    await person.follow("где его восстановить");
    assert.equal(person.page.status, 200);
  },
);

journey("M33: help is one link away from every page, in both languages", async (world) => {
  const pages = ["/sign-in", "/recovery", "/recovery/login", "/recovery/sent", "/recovery/done", "/nowhere"];
  const links = {
    ru: ["Помощь", "Нет доступа к почте и телефону?"],
    en: ["Help", "No access to e-mail and phone?"],
  };
  for (const language of ["ru", "en"] as const) {
    const person = visitor(world);
    for (const path of pages) {
      await person.visit(`${path}?lang=${language}`);
      for (const link of links[language]) {
        const answer = await person.raw(person.page.link(link));
        assert.equal(answer.status, 200, `${path}: ${link}`);
        assert.match(answer.body, new RegExp(`<html lang="${language}"`));
      }
    }
  }
});

journey(
  "M18: «Напомнить логин» lists a mailbox's logins, and nobody else learns whose it is",
  async (world) => {
    const annas = await world.addPerson(anna);
    const person = visitor(world);
    await person.visit("/recovery");
    await person.follow("Не помните логин?");
    assert.equal(person.page.heading, "Напомнить логин");
    assert.match(
      person.page.text,
      /Не помните и адрес\? Напишите в поддержку или спросите администратора: Борис, \+7 495 000-00-00/,
    );
    person.fill("E-mail", "anna");
    await person.press("Напомнить логин");
    assert.equal(person.page.status, 422);
    assert.equal(person.page.problem("E-mail"), "Введите e-mail, например anna@company.ru");
    person.fill("E-mail", "ANNA@romashka.example");
    await person.press("Напомнить логин");
    assert.match(person.page.text, /Если адрес ANNA@romashka\.example есть в системе/);

    const letter = await lastLetter(world, anna.email);
    assert.match(letter.subject, /^Ваш логин — Ромашка, запрос от \d\d:\d\d$/);
    assert.match(letter.text, /— anna\n/);
    assert.equal(letter.link, `${world.url}/sign-in`);
    assert.ok(!letter.text.includes(annas));

    const stranger = visitor(world);
    await stranger.visit("/recovery/login");
    stranger.fill("E-mail", "nobody@romashka.example");
    await stranger.press("Напомнить логин");
    assert.equal(
      stranger.page.text.replaceAll("nobody@romashka.example", "@"),
      person.page.text.replaceAll("ANNA@romashka.example", "@"),
    );
    assert.equal((await world.messagesTo("nobody@romashka.example")).length, 0);
  },
  { settings: { ADMIN_CONTACT: "Борис, +7 495 000-00-00" } },
);

journey("M22: password managers find every field, and a page never gives a password back", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  const named = (label: string) => person.page.field(label).getAttribute("autocomplete");
  await person.visit("/sign-in");
  assert.match(named("E-mail, телефон или логин") ?? "", /^username\b/);
  assert.equal(named("Пароль"), "current-password");
  await ask(person, anna.email);
  assert.equal(named("Код из письма"), "one-time-code");
  await person.visit((await lastLetter(world, anna.email)).link);
  assert.equal(named("Аккаунт"), "username");
  assert.equal(named("Новый пароль"), "new-password");
  assert.equal(named("Подтверждение нового пароля"), "new-password");
  for (const field of person.page.all("input[type=password]")) {
    assert.equal(field.getAttribute("onpaste"), undefined);
    assert.equal(field.getAttribute("value"), undefined);
    assert.ok(Number(field.getAttribute("maxlength") ?? 256) >= 256);
  }
  // The walker looks for typed passwords in every answer; these are refused and drawn again.
  await choosePassword(person, newPassword, "другой пароль подлиннее");
  assert.equal(person.page.problem("Подтверждение нового пароля"), "Пароли не совпадают");
  assert.equal(person.page.value("Новый пароль"), "");
  await choosePassword(person, "кот");
  assert.match(person.page.problem("Новый пароль"), /^Слишком короткий/);
  assert.match(person.page.text, /запишите и спрячьте: показать его потом не сможет никто/);
});

journey("M24, M25: the waiting page helps to find a letter that does not come", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await ask(person, "anna@romashka.exmaple");
  const { text } = person.page;
  assert.match(text, /Письмо не пришло/);
  assert.match(text, /Посмотрите папки «Спам» и «Рассылки»/);
  assert.match(text, /Проверьте, что написано верно: anna@romashka\.exmaple/);
  assert.equal(person.page.value("Отправитель служебных писем"), "no-reply@id.romashka.example");
  assert.equal(person.page.field("Отправитель служебных писем").hasAttribute("readonly"), true);
  await person.follow("Указать другой адрес");
  assert.equal(person.page.value("E-mail или телефон"), "anna@romashka.exmaple");
  person.fill("E-mail или телефон", anna.email);
  await person.press("Далее");
  const [letter] = await world.messagesTo(anna.email);
  assert.equal(letter?.mail.envelope.from, "no-reply@id.romashka.example");
});

journey(
  "M26: the page behind an outdated link names the valid letter and sends a new one on one press",
  async (world) => {
    await world.addPerson(anna);
    const first = await letterFor(world, anna.email);
    world.clock.forward({ minutes: 11 });
    const second = await letterFor(world, anna.email);
    assert.notEqual(second.link, first.link);
    const [, time, number] = /запрос от (\d\d:\d\d) \(№ (\d{3})\)/.exec(second.subject) ?? [];

    const person = visitor(world);
    await person.visit(first.link);
    assert.equal(person.page.status, 410);
    assert.equal(person.page.heading, "Неверное контрольное слово");
    assert.match(person.page.text, new RegExp(`Откройте последнее письмо — с номером ${number}, от ${time}`));
    world.clock.forward({ minutes: 12 });
    await person.press("Отправить новое письмо");
    assert.equal(person.page.heading, "Проверьте почту");
    assert.match(person.page.text, /Мы отправили новое письмо на anna@romashka\.example/);
    const third = await lastLetter(world, anna.email);
    assert.notEqual(third.link, second.link);
    await person.visit(third.link);
    await choosePassword(person, newPassword);
    assert.equal(person.page.heading, "Пароль был успешно изменен");
  },
);

journey(
  "decision 1, M26: a repeat within ten minutes sends the same link and kills nothing",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await ask(person, anna.email);
    const first = await lastLetter(world, anna.email);
    world.clock.forward({ minutes: 2 });
    await person.press("Отправить ещё раз");
    assert.match(person.page.text, /Отправили\. Откройте последнее письмо: оно с этим номером/);
    const second = await lastLetter(world, anna.email);
    assert.notEqual(second.subject, first.subject);
    assert.equal(second.link, first.link);
    assert.equal(second.code, first.code);
    const number = /№ (\d{3})/.exec(second.subject)?.[1];
    assert.match(person.page.text, new RegExp(`№ ${number}`));
    await person.visit(first.link);
    assert.equal(person.page.status, 200);
  },
);

journey("en: the whole way in English, chosen by the browser or by the switch", async (world) => {
  await world.addPerson(ivan);
  const person = visitor(world, { headers: { "Accept-Language": "en-GB,en;q=0.9,ru;q=0.5" } });
  await person.visit("/sign-in");
  assert.equal(person.page.language, "en");
  await person.follow("Forgot password?");
  person.fill("E-mail or phone", ivan.email);
  await person.press("Continue");
  assert.equal(person.page.heading, "Check your mail");
  const letter = await lastLetter(world, ivan.email);
  assert.match(letter.subject, /^Password change, requested \d\d:\d\d \(No\. \d{3}\)$/);
  await person.visit(letter.link);
  person.fill("New password", newPassword);
  person.fill("Confirm new password", newPassword);
  await person.press("Change password");
  assert.equal(person.page.heading, "Password changed");
  assert.match((await lastLetter(world, ivan.email)).subject, /^Password changed — Ромашка/);

  const other = visitor(world);
  await other.visit("/sign-in");
  assert.equal(other.page.language, "ru");
  await other.visit("/sign-in?lang=en");
  await other.visit("/recovery");
  assert.equal(other.page.language, "en");
});
