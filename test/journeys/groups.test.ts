/** Groups as staff keep them: made, changed after a look at whom it affects, and filled with people. */
import assert from "node:assert/strict";
import type { Role } from "../../src/accounts/accounts.ts";
import { EVERYONE } from "../../src/policies/policies.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { isSignedIn, signedIn, signIn } from "../steps.ts";
import { type Answer, type Visitor, visitor } from "../walker.ts";
import type { PersonWish, World } from "../world.ts";

const password = "тихая лодка под звёздами";
const groups = "/admin/groups";

function staffed(role: Role): PersonWish {
  return { login: `the-${role}`, name: role, role, password };
}

/** A form sent by the browser's own page. */
function post(who: Visitor, address: string, fields: Record<string, string> = {}): Promise<Answer> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  return who.raw(address, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
}

/** The newest event of this kind, as the record keeps it. */
async function recorded(world: World, action: string) {
  const row = await world.service.tools.store.read
    .selectFrom("audit_events")
    .select(["account_id", "detail"])
    .where("action", "=", action)
    .orderBy("seq", "desc")
    .executeTakeFirst();
  assert.ok(row, `${action} is not on record`);
  return { accountId: row.account_id, detail: JSON.parse(row.detail) as Record<string, string> };
}

async function newGroup(admin: Visitor, name: string, preset = "пустая: ничего не задаёт"): Promise<string> {
  await admin.visit("/admin/new-group");
  admin.fill("Название", name);
  admin.fill("Начать с образца", preset);
  await admin.press("Создать");
  assert.equal(admin.page.heading, name);
  return /groups\/([0-9a-f-]{36})/.exec(admin.page.path)?.[1] ?? "";
}

journey(
  "M30: a group is made, its rules are looked at before they are saved, and people join it",
  async (world) => {
    await world.addPerson(staffed("administrator"));
    const id = await world.addPerson(anna);
    await world.addPerson(ivan);
    const admin = await signedIn(world, staffed("administrator"));
    const group = await newGroup(admin, "Бухгалтерия", "Строгий, от 15");
    assert.match(admin.page.text, /Группа создана/);
    assert.match((await recorded(world, "group.added")).detail.group ?? "", /Бухгалтерия/);

    await admin.visit(`${groups}/${group}/members?q=петрова`);
    admin.tick("Отметить: Анна Петрова");
    admin.fill("До", "2099-01-31");
    await admin.press("Добавить отмеченных");
    assert.match(admin.page.text, /Добавлено: 1/);
    assert.match(admin.page.text, /до 31 января 2099/);
    assert.equal((await recorded(world, "group.joined")).accountId, id);

    await admin.follow("Правила");
    admin.fill("Требовать смены пароля через", "90");
    admin.fill("Длина пароля, не меньше", "пять");
    await admin.press("Кого это коснётся");
    assert.equal(admin.page.status, 422);
    assert.equal(admin.page.problem("Длина пароля, не меньше"), "Целое число от 6 до 64");
    assert.equal(admin.page.value("Требовать смены пароля через"), "90");
    admin.fill("Длина пароля, не меньше", "14");
    const person = await signedIn(world, anna);
    world.clock.forward({ hours: 24 * 91 });
    const again = await signedIn(world, staffed("administrator"));
    await again.visit(`${groups}/${group}`);
    again.fill("Требовать смены пароля через", "90");
    again.fill("Длина пароля, не меньше", "14");
    await again.press("Кого это коснётся");
    assert.match(again.page.text, /Правила изменятся для 1 человека/);
    assert.match(again.page.text, /1 человек должен будет сменить пароль при следующем входе/);
    assert.match(again.page.text, /Мягче для/);
    assert.equal(await isSignedIn(person), false, "91 days have ended that session anyway");
    await again.press("Вернуться к правилам");
    assert.equal(again.page.value("Требовать смены пароля через"), "90");
    await again.press("Кого это коснётся");
    await again.press("Сохранить правила");
    assert.match(again.page.text, /Правила сохранены/);
    const { detail } = await recorded(world, "group.changed");
    assert.equal(detail.changes, "passwordLength 15→14, passwordMaxDays 0→90");

    await again.visit(`/admin/users/${id}/rules`);
    assert.match(again.page.text, /Бухгалтерия \(до 31 января 2099/);
    assert.match(again.page.text, /Требовать смены пароля через 90 дней Бухгалтерия/);
    assert.match(again.page.text, /Контрольная|контрольная строка/);

    await again.visit(`${groups}/${group}/members`);
    again.tick("Отметить: Анна Петрова");
    await again.press("Убрать отмеченных");
    assert.match(again.page.text, /Убрано: 1/);
    assert.equal((await recorded(world, "group.left")).accountId, id);

    await again.visit("/admin/users");
    again.tick("Отметить: Иван Сидоров");
    await again.visit(`/admin/into-group?person1=${id}`);
    again.fill("Группа", "Бухгалтерия");
    await again.press("Добавить");
    assert.match(again.page.text, /Добавлено: 1/);

    await again.visit(`${groups}/${group}/delete`);
    await again.press("Удалить группу");
    assert.match(again.page.text, /Группа удалена/);
    assert.doesNotMatch(again.page.text, /Бухгалтерия/);
  },
);

journey(
  "AD2: nobody loosens a rule for somebody of higher rank, and nobody below sees groups",
  async (world) => {
    const people = new Map<Role, string>();
    for (const role of ["person", "desk", "administrator", "owner"] as const)
      people.set(role, await world.addPerson(staffed(role)));
    const owner = await signedIn(world, staffed("owner"));
    const admin = await signedIn(world, staffed("administrator"));
    const group = await newGroup(owner, "Важные", "Строгий, от 15");
    const put = (who: Visitor, role: Role) =>
      post(who, `${groups}/${group}/members`, { do: "add", person1: people.get(role) ?? "" });
    await put(owner, "owner");
    const members = async () => {
      const kept = world.service.tools.store.read.selectFrom("policy_members").select("account_id");
      return (await kept.execute()).map((row) => row.account_id);
    };
    assert.deepEqual(await members(), [people.get("owner")]);

    await admin.visit(`${groups}/${EVERYONE}`);
    admin.fill("Длина пароля, не меньше", "8");
    await admin.press("Кого это коснётся");
    assert.match(admin.page.text, /кроме него вход ничего не защищает/);
    assert.doesNotMatch(admin.page.text, /ослабило бы/, "the owner is held to 15 by another group");
    await admin.visit(`${groups}/${group}`);
    admin.fill("Длина пароля, не меньше", "10");
    await admin.press("Кого это коснётся");
    assert.match(admin.page.text, /ослабило бы правила для владельцев: длина пароля/);
    assert.ok(!admin.page.buttons().includes("Сохранить правила"));
    await admin.press("Вернуться к правилам");
    await admin.press("Сохранить правила");
    assert.equal(admin.page.status, 422);
    const deleted = await post(admin, `${groups}/${group}/delete`);
    assert.equal(deleted.status, 422);
    await post(admin, `${groups}/${group}/members`, { do: "remove", person1: people.get("owner") ?? "" });
    await put(admin, "administrator");
    assert.equal((await members()).length, 1, "nor are they taken out, nor does anybody put in themselves");
    await put(admin, "person");
    assert.equal((await members()).length, 2);
    await admin.visit(`${groups}/${group}`);
    admin.fill("Длина пароля, не меньше", "20");
    await admin.press("Сохранить правила");
    assert.match(admin.page.text, /Правила сохранены/, "stricter is allowed");

    const places = ["", `/${group}`, `/${group}/members`, `/${group}/delete`];
    for (const role of ["desk", "person"] as const) {
      const who = await signedIn(world, { ...staffed(role), password });
      for (const place of places) assert.equal((await who.raw(`${groups}${place}`)).status, 404, place);
      for (const place of [`/${group}`, `/${group}/members`, `/${group}/delete`])
        assert.equal((await post(who, `${groups}${place}`, { do: "save" })).status, 404, place);
      for (const place of ["/admin/new-group", "/admin/into-group"])
        assert.equal((await post(who, place, { name: "x", group })).status, 404, place);
    }
    assert.equal((await admin.raw(`${groups}/${crypto.randomUUID()}`)).status, 404);
    const stranger = visitor(world);
    await signIn(stranger, { login: anna.login, password: newPassword });
    assert.equal((await stranger.raw(groups)).status, 404);
  },
);
