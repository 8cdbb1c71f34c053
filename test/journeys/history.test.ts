/** «История входов»: what the person can read of the record of the own account. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { actionNames as told } from "../../src/audit/words.ts";
import { languages } from "../../src/platform/language/language.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { choosePassword, letterFor, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";

function events(person: Visitor): string[] {
  const parts = person.page.all(".events > li").map((row) => row.querySelectorAll(".digits, p"));
  return parts.map((row) => row.map((part) => part.textContent).join(" "));
}

journey("SE5: the history tells what was done, when, by whom and from where, newest first", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  await signedIn(world, ivan);
  const agent = { headers: { "User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0" } };
  const stranger = visitor(world, agent);
  await signIn(stranger, { ...anna, password: "не тот пароль" });
  const { link } = await letterFor(world, anna.email, agent);
  const person = visitor(world, agent);
  await person.visit(link);
  await choosePassword(person, newPassword);
  await signIn(person, { ...anna, password: newPassword });
  await person.visit("/me/history");
  const told = events(person).map((row) => row.replace(/^\d\d:\d\d ?/, ""));
  const from = "Firefox, Windows · адрес 127.0.0.1";
  assert.deepEqual(
    told.map((row) => row.replace("::1", "127.0.0.1")),
    [
      `Вход вы · ${from}`,
      `Пароль изменён вы · ${from}`,
      `Запрошено восстановление пароля без входа · ${from}`,
      `Неудачная попытка входа без входа · ${from}`,
      "Аккаунт создан администратор",
    ],
  );
  assert.match(events(person)[0] ?? "", /^\d\d:\d\d/);
  await person.visit("/me/history?lang=en");
  assert.match(events(person)[1] ?? "", /Password changed you/);
});

journey(
  "IO5: pages follow each other without gap or repetition, and a strange number shows nothing else",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const person = await signedIn(world, anna);
    for (let round = 0; round < 60; round += 1) {
      await person.visit("/me/edit");
      person.fill("Отдел", `Отдел ${round}`);
      await person.press("Сохранить");
    }
    await person.visit("/me/history");
    const seen: number[] = [];
    for (;;) {
      seen.push(events(person).length);
      if (!person.page.text.includes("Показать более ранние")) break;
      await person.follow("Показать более ранние");
    }
    assert.deepEqual(seen, [25, 25, 12]);
    const other = await signedIn(world, ivan);
    for (const before of ["99999", "1", "-1", "0", "1e9", "x", "9".repeat(40), "1;drop table audit_events"]) {
      await other.visit(`/me/history?before=${encodeURIComponent(before)}`);
      assert.equal(other.page.status, 200, before);
      assert.ok(events(other).length <= 2, before);
      assert.doesNotMatch(other.page.text, /личные данные/, before);
    }
  },
);

journey("AD4, SE5: what staff changed is told to its person; that staff looked is not", async (world) => {
  const olga = { login: "olga", name: "Ольга", role: "administrator", password: newPassword } as const;
  await world.addPerson(olga);
  const id = await world.addPerson(anna);
  const staff = await signedIn(world, olga);
  for (const tab of ["", "/history", "/deliveries", "/edit"]) await staff.visit(`/admin/users/${id}${tab}`);
  staff.fill("Имя", "Анна Новая");
  await staff.press("Сохранить");
  const person = await signedIn(world, anna);
  await person.visit("/me/history");
  const told = events(person).map((row) => row.slice(6).replace(/ · .*/, ""));
  assert.deepEqual(told, [
    "Вход вы",
    "Изменены данные аккаунта администратор",
    "Аккаунт создан администратор",
  ]);
  const looks = await world.service.tools.store.read
    .selectFrom("audit_events")
    .select("seq")
    .where("action", "=", "person.viewed")
    .where("account_id", "=", id)
    .execute();
  assert.ok(looks.length >= 4, "each look is on record all the same");
});

journey("SE5: what is older than 180 days is not shown", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  world.clock.forward({ hours: 24 * 181 });
  await signIn(person, anna);
  await person.visit("/me/history");
  assert.deepEqual(
    events(person).map((row) => row.slice(6).replace(/ вы.*/, "").trim()),
    ["Вход"],
  );
});

test("SE5: every event that the sources record has its words, in both languages", () => {
  const folder = join(import.meta.dirname, "../../src");
  const sources = globSync("**/*.ts", { cwd: folder }).filter((path) => !/(\.test|words)\.ts$/.test(path));
  const verbs = /\.([a-z]+ed|[a-z]+-changed|sent|kept|given|proven|undone|used-once)$/;
  const actions = sources
    .flatMap((path) => [...readFileSync(join(folder, path), "utf8").matchAll(/"([a-z]+\.[a-z-]+)"/g)])
    .map(([, action = ""]) => action)
    // «excluded» is the row that SQL did not insert, and no event of ours.
    .filter((action) => verbs.test(action) && !action.startsWith("excluded."));
  assert.ok(actions.length >= 12, "the look is at the right place");
  for (const language of languages) {
    const known = Object.keys(told[language]);
    for (const action of actions) {
      assert.ok(
        known.some((key) => key.split(" ")[0] === action),
        `${action} (${language})`,
      );
    }
    assert.deepEqual(known, Object.keys(told.ru));
  }
});
