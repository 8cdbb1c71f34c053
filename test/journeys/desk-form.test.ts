/** The public form of the desk: the same for everybody, confirmed before anybody is bothered, limited. */
import assert from "node:assert/strict";
import { ANSWER, confirmedCase, openCase, post, stateOf, tend } from "../desk.ts";
import { journey, rowCounts } from "../journey.ts";
import { anna, newPassword } from "../people.ts";
import { choosePassword, letterLike, signIn } from "../steps.ts";
import { visitor } from "../walker.ts";

/** An SMS leaves more of a trace than none; and what both walks share is counted once. */
const counted = ["message_events", "budgets"];

journey(
  "M17: a case is opened, confirmed by link or code, and spoken in on a page of its own",
  async (world) => {
    await world.addPerson(anna);
    const applicant = visitor(world);
    await applicant.visit("/sign-in");
    await applicant.follow("Нет доступа к почте и телефону?");
    assert.equal(applicant.page.path, "/support");
    await applicant.press("Отправить обращение");
    assert.equal(applicant.page.status, 422);
    assert.ok(applicant.page.text.includes("Укажите e-mail целиком, например anna@company.ru"));
    applicant.fill("Логин или прежний e-mail", anna.login);
    applicant.fill("E-mail для ответа", ANSWER);
    applicant.fill("Что случилось", "Ящик удалён.\nТелефон сменила.");
    await applicant.press("Отправить обращение");
    assert.match(applicant.page.text, new RegExp(`Обращение № 10001 принято. Ответим на ${ANSWER}`));
    const letter = await letterLike(world, ANSWER, "Обращение № 10001: подтвердите адрес");
    const before = await rowCounts(world);
    const scanner = visitor(world);
    for (const method of ["HEAD", "GET"]) await scanner.raw(letter.link, { method });
    await scanner.visit(letter.link);
    assert.equal(scanner.page.heading, "Подтвердите адрес");
    assert.deepEqual(await rowCounts(world), before, "RL6: opening changes nothing");
    assert.equal(await stateOf(world, 10_001), "unconfirmed");
    applicant.fill("Код из письма", letter.code === "111111" ? "222222" : "111111");
    await applicant.press("Подтвердить");
    assert.match(applicant.page.text, /Код не подошёл. Осталось 4 попытки/);
    applicant.fill("Код из письма", letter.code);
    await applicant.press("Подтвердить");
    assert.equal(applicant.page.heading, "Обращение № 10001");
    assert.ok(applicant.page.text.includes("Телефон сменила."));
    assert.equal(await stateOf(world, 10_001), "new");
    const accepted = await letterLike(world, ANSWER, "Обращение № 10001: принято");
    assert.equal(String(accepted.mail.parsed.inReplyTo), String(letter.mail.parsed.inReplyTo), "one thread");
    applicant.fill("Ваше сообщение", "Мой руководитель — Иван Сидоров.");
    applicant.attach("Файлы", Buffer.from("%PDF-1.7 пропуск"));
    await applicant.press("Отправить");
    assert.ok(applicant.page.text.includes("Сообщение отправлено."), applicant.page.text);
    const file = await applicant.raw(applicant.page.link("photo.pdf"));
    assert.equal(file.headers["content-type"], "application/pdf");
    assert.match(String(file.headers["content-disposition"]), /^attachment/);
    assert.match(String(file.headers["content-security-policy"]), /sandbox/);
    assert.equal(file.body, "%PDF-1.7 пропуск");
    applicant.fill("Ваше сообщение", "И ещё файл");
    applicant.attach("Файлы", Buffer.from("MZ\u0000\u0001программа"));
    await applicant.press("Отправить");
    assert.equal(applicant.page.status, 422);
    assert.ok(applicant.page.text.includes("принимаем JPEG, PNG"), applicant.page.text);
    assert.equal(applicant.page.value("Ваше сообщение"), "И ещё файл", "what was typed stays");
    await applicant.press("Помощь больше не нужна");
    assert.equal(await stateOf(world, 10_001), "closed withdrawn");
  },
);

journey(
  "AD8: a foreign browser finds neither page nor files; number and address bring a letter, never a page",
  async (world) => {
    const { number } = await confirmedCase(world, "nobody-here");
    const stranger = visitor(world);
    for (const place of ["case/reply", "case/phone", "case/withdraw", "case/link"]) {
      assert.equal((await post(stranger, `/support/${place}`, { text: "я" })).status, 404, place);
    }
    const foreign = "0190aaaa-0000-7000-8000-000000000000";
    assert.equal((await stranger.raw(`/support/case/files/${foreign}`)).status, 404);
    const before = (await world.messagesTo(ANSWER)).length;
    const pagesSeen: string[] = [];
    for (const answer of ["other@elsewhere.example", ANSWER]) {
      await stranger.visit("/support/find");
      stranger.fill("Номер обращения", `№ ${number}`);
      stranger.fill("E-mail для ответа", answer);
      await stranger.press("Прислать письмо");
      pagesSeen.push(stranger.page.text.replaceAll(answer, "…"));
    }
    assert.equal(pagesSeen[0], pagesSeen[1], "the page does not say whether they fit");
    assert.equal((await world.messagesTo("other@elsewhere.example")).length, 0);
    const letters = await world.messagesTo(ANSWER);
    assert.equal(letters.length, before + 1);
    stranger.fill("Код из письма", letters.at(-1)?.code ?? "");
    await stranger.press("Подтвердить");
    assert.equal(stranger.page.heading, `Обращение № ${number}`);
  },
);

journey("EN1, EN3: whom a case is about changes neither page nor letters nor rows", async (world) => {
  await world.addPerson(anna);
  const seen: unknown[] = [];
  for (const [login, answer] of [
    ["anna", "one@elsewhere.example"],
    ["nobody", "two@elsewhere.example"],
  ] as const) {
    const before = await rowCounts(world);
    const applicant = visitor(world);
    await openCase(applicant, login, { answer });
    const plain = (text: string) =>
      text
        .replaceAll(answer, "…")
        .replaceAll(/\d{5,6}/g, "#")
        .replaceAll(login, "…");
    const shown = [applicant.page.status, plain(applicant.page.text)];
    const [letter] = await world.messagesTo(answer);
    await applicant.visit(letter?.link ?? "");
    await applicant.press("Адрес мой, отправить обращение");
    await applicant.press("Прислать код");
    shown.push(
      plain(applicant.page.text)
        .replaceAll(/\d\d:\d\d/g, "#")
        .replaceAll(/\d{3} \d{3}/g, "#"),
    );
    const code = await post(applicant, "/support/case/phone/code", { sms_code: "123456" });
    shown.push(code.status, /Осталось 4/.test(code.body) ? 1 : 0);
    await world.messagesTo(answer);
    const after = await rowCounts(world);
    const grown = Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]);
    seen.push([shown, grown.filter(([table]) => !counted.includes(String(table)))]);
  }
  assert.deepEqual(seen[0], seen[1]);
});

journey(
  "EN10: three cases about a person and five from a source a day, told with the time",
  async (world) => {
    for (let count = 0; count < 3; count += 1) {
      const applicant = visitor(world);
      await openCase(applicant, "anna", { answer: `a${count}@elsewhere.example` });
      assert.equal(applicant.page.heading, "Подтвердите e-mail");
    }
    const fourth = visitor(world);
    await openCase(fourth, "anna", { answer: "a4@elsewhere.example" });
    assert.equal(fourth.page.status, 429);
    assert.match(fourth.page.text, /уже отправили три обращения за сутки. Следующее — через 8 часов/);
    assert.ok(Number(fourth.answers.at(-1)?.headers["retry-after"]) > 7 * 3_600);
    assert.equal(fourth.page.value("E-mail для ответа"), "a4@elsewhere.example");
    await openCase(visitor(world), "other", { answer: "b0@elsewhere.example" });
    const last = visitor(world);
    await openCase(last, "other-one", { answer: "b1@elsewhere.example" });
    assert.equal(last.page.status, 429, "the one that was refused counted for the source");
    assert.match(last.page.text, /С вашего подключения уже отправили пять обращений/);
  },
  { embeddedOnly: true },
);

journey("M17: what nobody confirms within a day is gone, and its link says so", async (world) => {
  const applicant = visitor(world);
  await openCase(applicant, "anna");
  const letter = await letterLike(world, ANSWER, "Обращение № 10001");
  world.clock.forward({ hours: 25 });
  await tend(world);
  assert.equal(await stateOf(world, 10_001), "expired");
  await applicant.visit(letter.link);
  assert.equal(applicant.page.status, 410);
  assert.equal(applicant.page.heading, "Ссылка больше не действует");
});

for (const style of ["passport", "control-string"] as const) {
  journey(
    `M17, M8: every screen between sign-in and a new password leads to the form (${style})`,
    async (world) => {
      await world.addPerson(anna);
      const person = visitor(world);
      const seen: string[] = [];
      const look = () => {
        seen.push(person.page.heading);
        assert.equal(person.page.link("Нет доступа к почте и телефону?"), "/support", person.page.path);
      };
      const field = style === "passport" ? "E-mail или телефон" : "Логин или e-mail";
      const ask = async (who: string) => {
        await person.visit("/recovery");
        person.fill(field, who);
        await person.press(style === "passport" ? "Далее" : "Выслать контрольную строку");
      };
      for (const path of [
        "/sign-in",
        "/recovery",
        "/recovery/login",
        "/help",
        "/help/no-mailbox",
        "/nowhere",
      ]) {
        await person.visit(path);
        look();
      }
      await signIn(person, { login: anna.login, password: "не тот пароль" });
      look();
      await ask(anna.email);
      look();
      const first = (await world.messagesTo(anna.email)).at(-1);
      world.clock.forward({ minutes: 11 });
      await ask(anna.email);
      const second = (await world.messagesTo(anna.email)).at(-1);
      await person.visit(first?.link ?? "");
      if (style === "passport") assert.equal(person.page.heading, "Неверное контрольное слово");
      look();
      await person.visit(second?.link ?? "");
      look();
      if (style === "control-string") {
        await person.visit("/recovery/string");
        look();
        await person.visit(second?.link ?? "");
      } else {
        await ask("+7 916 123-45-67");
        look();
        await person.visit(second?.link ?? "");
      }
      await choosePassword(person, newPassword);
      look();
      assert.ok(new Set(seen).size >= 8, seen.join("; "));
      // From a broken way back no more than one press.
      await person.follow("Нет доступа к почте и телефону?");
      assert.equal(person.page.heading, "Нет доступа к почте и телефону?");
    },
    { settings: { RECOVERY_STYLE: style }, embeddedOnly: true },
  );
}
