/** What ends a case or decides about it from elsewhere, and what is recorded of those who look at it. */
import assert from "node:assert/strict";
import {
  ANSWER,
  act,
  approved,
  confirmedCase,
  databaseForward,
  gatherEvidence,
  post,
  staffed,
  staffHere,
  staged,
  stateOf,
  tend,
} from "../desk.ts";
import { journey } from "../journey.ts";
import { anna } from "../people.ts";
import { letterLike, signedIn, signIn } from "../steps.ts";
import { propusk, settingsOf } from "../terminal-child.ts";
import type { World } from "../world.ts";

const boss = staffed("owner", "boss", "Вера Хозяйкина");
const desk = staffed("desk", "polina", "Полина Орлова");

/** The command of the terminal about one case: how it ended, in one line. */
async function approveByTerminal(world: World, ...words: string[]) {
  const { code, out, err } = await propusk(settingsOf(world), ["case", "approve", ...words]);
  return { code, said: `${out}${err}`.trim() };
}

journey(
  "AD2, AD3: about the last owner nobody in the console decides; who runs the server does, after the wait",
  async (world) => {
    await world.addPerson(boss);
    await world.addPerson(desk);
    const polina = await staffHere(world, desk);
    const { applicant, number } = await confirmedCase(world, "boss");
    await act(polina, number, "take");
    for (const typed of ["x", "0", "-1", "1e4", "99999", "10001; drop", ` ${number}`, String(number)]) {
      const { code, said } = await approveByTerminal(world, typed);
      assert.notEqual(code, 0, typed);
      assert.ok(said.includes(typed.trim()) || said.startsWith("Usage"), said);
      assert.doesNotMatch(said, /\n\s+at /, "no stack");
    }
    assert.equal((await approveByTerminal(world)).code, 2, "a number is needed");
    assert.equal(await stateOf(world, number), "handling", "evidence first, as for everybody");
    await gatherEvidence({ applicant, number, polina, denis: polina });
    await act(polina, number, "propose");
    await polina.visit(`/admin/cases/${number}`);
    assert.ok(polina.page.text.includes(`propusk case approve ${number}`));
    assert.equal((await post(polina, `/admin/cases/${number}/approve`)).status, 404, "a lower rank");
    const done = await approveByTerminal(world, String(number));
    assert.deepEqual(done, {
      code: 0,
      said: `case ${number}: approved, every contact of the account is warned`,
    });
    const { read } = world.service.tools.store;
    const row = await read.selectFrom("cases").select(["approved_at", "release_at"]).executeTakeFirst();
    assert.equal((row?.release_at ?? 0) - (row?.approved_at ?? 0), 72 * 3_600_000, "three days for staff");
    await letterLike(world, "boss@romashka.example", "Ваш доступ хотят восстановить");
    assert.match((await approveByTerminal(world, String(number))).said, /none that waits for a decision/);
    const events = await read
      .selectFrom("audit_events")
      .select("actor")
      .where("action", "=", "case.approved")
      .execute();
    assert.deepEqual(
      events.map(({ actor }) => actor),
      ["cli"],
    );

    // An owner who comes in meanwhile ends it for the terminal as well.
    const other = await confirmedCase(world, "boss", { answer: "b2@elsewhere.example" });
    await act(polina, other.number, "take");
    await gatherEvidence({ ...other, polina, denis: polina });
    await act(polina, other.number, "propose");
    await signedIn(world, boss);
    assert.match((await approveByTerminal(world, String(other.number))).said, /the owner signed in/);
    assert.equal(await stateOf(world, other.number), "stopped signed-in");
  },
);

journey(
  "AD3: a sign-in on a known device ends a case too, an open page does not; the next case says so to staff",
  async (world) => {
    await world.addPerson(anna);
    const laptop = await signedIn(world, anna, { remember: true });
    world.clock.forward({ hours: 1 });
    const stage = await staged(world, { added: true });
    await approved(world, stage);
    // Somewhere a page is open still: to look at is not to sign in. Staff read of it.
    await laptop.visit("/me");
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "waiting");
    await stage.polina.visit(`/admin/cases/${stage.number}`);
    assert.ok(stage.polina.page.text.includes("В аккаунте сейчас кто-то есть"), stage.polina.page.text);
    await laptop.press("Выйти");
    await signIn(laptop, anna);
    assert.equal(laptop.page.path, "/me");
    const letters = await world.messagesTo(anna.email);
    assert.ok(!letters.at(-1)?.subject.startsWith("Вход с нового устройства"), "the device is known");
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "stopped signed-in");
    const told = await letterLike(world, ANSWER, `Обращение № ${stage.number}: остановлено`);
    assert.match(told.text, /В аккаунт вошли.*а вошли или возразили не вы\? Значит, он у кого-то другого/s);
    await laptop.visit("/me/history");
    assert.ok(laptop.page.text.includes("Обращение остановлено"), laptop.page.text);
    // Nothing comes back to life: neither the link nor the approval.
    await databaseForward(world, 100);
    await tend(world);
    assert.equal(await stateOf(world, stage.number), "stopped signed-in");
    assert.equal((await post(stage.denis, `/admin/cases/${stage.number}/approve`)).status, 409);

    const next = await confirmedCase(world, anna.login, { answer: "two@elsewhere.example" });
    await act(stage.polina, next.number, "take");
    await stage.polina.visit(`/admin/cases/${next.number}`);
    assert.match(stage.polina.page.text, /Прошлое обращение остановили из аккаунта или с его контактов/);
  },
);

journey(
  "M17: ready answers come in the applicant's language, files of staff reach them, bad input stays typed",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(desk);
    await world.addPerson(boss);
    const { applicant, number } = await confirmedCase(world, anna.login);
    await world.service.tools.store.transact((write) =>
      write.updateTable("cases").set({ language: "en" }).execute(),
    );
    const polina = await staffHere(world, desk);
    const vera = await staffHere(world, boss);
    await act(polina, number, "take");
    await vera.visit("/admin/case-templates");
    vera.fill("Название", "Кто руководитель");
    vera.fill("Текст по-русски", "Кто ваш руководитель?");
    await vera.press("Добавить шаблон");
    assert.equal(vera.page.status, 422);
    assert.equal(vera.page.problem("Текст по-английски"), "Нужны оба текста, до 4 000 знаков");
    assert.equal(vera.page.value("Название"), "Кто руководитель");
    vera.fill("Текст по-английски", "<b>Who</b> is your manager?");
    await vera.press("Добавить шаблон");
    assert.equal(vera.page.status, 200);
    const { read } = world.service.tools.store;
    const [template] = await read.selectFrom("case_templates").select("id").execute();
    assert.equal(
      (await polina.raw(`/admin/cases/${number}?template=x`)).status,
      200,
      "one that is not there",
    );
    await polina.visit(`/admin/cases/${number}?template=${template?.id}`);
    assert.equal(polina.page.value("Ответ заявителю"), "<b>Who</b> is your manager?");
    polina.attach("Файлы", Buffer.from("MZ\u0000\u0001программа"));
    await polina.press("Ответить");
    assert.equal(polina.page.status, 422);
    assert.match(polina.page.problem("Файлы"), /Файл не принят/);
    assert.equal(polina.page.value("Ответ заявителю"), "<b>Who</b> is your manager?");
    polina.attach("Файлы", Buffer.from("%PDF-1.7 памятка"));
    await polina.press("Ответить");
    assert.equal(await stateOf(world, number), "asked");
    await applicant.visit("/support/case");
    assert.equal(applicant.page.all("b").filter(({ textContent }) => textContent === "Who").length, 0);
    assert.ok(applicant.page.text.includes("<b>Who</b> is your manager?"), "text stays text");
    const file = await applicant.raw(applicant.page.link("photo.pdf"));
    assert.equal(file.body, "%PDF-1.7 памятка");
    const stranger = await signedIn(world, anna);
    assert.equal((await stranger.raw(file.path)).status, 404);
    await post(vera, "/admin/case-templates", { id: template?.id ?? "", remove: "1" });
    assert.equal((await read.selectFrom("case_templates").selectAll().execute()).length, 0);
    for (let count = 0; count < 50; count += 1)
      await post(vera, "/admin/case-templates", { name: `Ответ ${count}`, ru: "да", en: "yes" });
    const over = await post(vera, "/admin/case-templates", { name: "Лишний", ru: "да", en: "yes" });
    assert.equal(over.status, 422);
    assert.match(over.body, /Шаблонов не больше 50/);
    assert.match(over.body, /value="Лишний"/);
  },
  { embeddedOnly: true },
);
