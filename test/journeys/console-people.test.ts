/** People taken along as a file, and conditions of the list kept under a name. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { journey } from "../journey.ts";
import { anna, ivan } from "../people.ts";
import { signedIn } from "../steps.ts";
import { propusk, settingsOf } from "../terminal-child.ts";
import type { Visitor } from "../walker.ts";
import type { PersonWish, World } from "../world.ts";

const password = "тихая лодка под звёздами";
const owner: PersonWish = { login: "olga", name: "Ольга Орлова", role: "owner", password };
const take = "/admin/export-people";

function sendForm(who: Visitor, address: string, fields: Record<string, string> = {}) {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  return who.raw(address, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
}

async function events(world: World, action: string) {
  const { read } = world.service.tools.store;
  const found = await read.selectFrom("audit_events").selectAll().where("action", "=", action).execute();
  return found.map(({ actor, account_id, detail }) => ({
    actor,
    account_id,
    detail: JSON.parse(detail) as Record<string, unknown>,
  }));
}

/** More than two slices of a walk, with logins alone. */
async function crowd(world: World, count: number): Promise<void> {
  await world.service.tools.store.transact(async (write) => {
    for (let from = 0; from < count; from += 500) {
      const ids = Array.from(
        { length: 500 },
        (_, index) => `0190aaaa-0000-7000-8000-${String(from + index).padStart(12, "0")}`,
      );
      const blank = { role: "person", status: "active", language: null, generation: 1 } as const;
      const times = { created_at: 1, updated_at: 1 };
      const accounts = ids.map((id, index) => ({ id, ...blank, ...times, name: `Человек ${from + index}` }));
      const logins = ids.map((id, index) => ({
        id: id.replace("8000", "9000"),
        account_id: id,
        kind: "login" as const,
        value: `crowd${from + index}`,
        key: `crowd${from + index}`,
        sign_in_key: `crowd${from + index}`,
        confirmed_at: null,
        created_at: 1,
      }));
      await write
        .insertInto("accounts")
        .values(accounts as never)
        .execute();
      await write.insertInto("identifiers").values(logins).execute();
    }
  });
}

/** Everybody whom a file could bend: formulas, doubled blanks, a number alone, one mailbox of two. */
async function strangePeople(world: World): Promise<void> {
  const { tools } = world.service;
  await world.addPerson(anna);
  await world.addPerson({ ...ivan, name: `=1+2;"Иван"` });
  await world.addPerson({ login: "79031112233", email: undefined, phone: "+7 903 111-22-33", password });
  await world.addPerson({ login: "quote", name: '\'=уже с  апострофом; "и" кавычкой', password });
  await world.addPerson({
    login: "@desk".slice(1),
    name: "Дежурный",
    role: "desk",
    language: "en",
    password,
  });
  const left = await world.addPerson({ login: "left", name: "Ушедший", password });
  const held = await world.addPerson({
    login: "held",
    name: "Закрытый",
    phone: "+7 916 765-43-21",
    password,
  });
  await tools.store.transact(async (write) => {
    await write.updateTable("accounts").set({ status: "dismissed" }).where("id", "=", left).execute();
    const job = {
      status: "blocked",
      position: "- старший",
      department: "Сбыт",
      time_zone: "Asia/Omsk",
    } as const;
    await write.updateTable("accounts").set(job).where("id", "=", held).execute();
    await write.insertInto("external_ids").values({ external_id: "1017", account_id: held }).execute();
  });
}

journey(
  "M30: whoever is exported comes back through an import as somebody who is there already",
  async (world) => {
    await world.addPerson(owner);
    await strangePeople(world);
    await crowd(world, 2_500);
    const staff = await signedIn(world, owner);
    await staff.visit("/admin/users?status=any");
    await staff.follow("Выгрузить");
    assert.match(staff.page.text, /больше 1.000.пользователей/);
    const everybody = 2_500 + 8;
    for (const [format, type] of [
      ["csv", "text/csv; charset=utf-8"],
      ["jsonl", "application/x-ndjson; charset=utf-8"],
    ] as const) {
      const file = await sendForm(staff, take, { status: "any", format });
      assert.equal(file.status, 200);
      assert.equal(file.headers["content-type"], type);
      assert.match(file.headers["content-disposition"] ?? "", new RegExp(`people-.*\\.${format}"$`));
      assert.equal(file.body.trim().split("\n").length, everybody + (format === "csv" ? 1 : 0));
      await holdsNoSecret(world, file.body);
      const path = join(world.service.tools.settings.dataDir, `people.${format}`);
      writeFileSync(path, file.body);
      const tried = await propusk(settingsOf(world), ["import", path, "--dry-run"]);
      assert.equal(tried.err, "");
      const counts = tried.out.split("\n").filter((line) => /: [1-9]/.test(line));
      assert.deepEqual(counts, [`unchanged: ${everybody}`], format);
    }
    const english = await sendForm(staff, `${take}?lang=en`, { status: "blocked", format: "csv" });
    const [, line = ""] = english.body.trim().split("\r\n");
    assert.match(line, /^held;Закрытый;held@romashka\.example;yes;'\+7 916 765-43-21;yes;'- старший;Сбыт;/);
    const told = await events(world, "people.exported");
    assert.deepEqual(
      told.map(({ detail }) => [detail.format, detail.count, detail.conditions]),
      [
        ["csv", everybody, "/admin/users?status=any"],
        ["jsonl", everybody, "/admin/users?status=any"],
        ["csv", 1, "/admin/users?status=blocked"],
      ],
    );
  },
);

async function holdsNoSecret(world: World, file: string): Promise<void> {
  const { read } = world.service.tools.store;
  const hashes = await read.selectFrom("passwords").select("hash").execute();
  assert.ok(hashes.length > 5);
  for (const { hash } of hashes) assert.ok(!file.includes(hash));
  assert.doesNotMatch(file, /\$argon2|\$6\$|key=[\w-]{20}/);
}

journey(
  "AD4: an export holds those of the list, asks first who is there, and is one row of the record",
  async (world) => {
    const id = await world.addPerson(owner);
    await strangePeople(world);
    const staff = await signedIn(world, owner);
    const names = async (fields: Record<string, string>) => {
      const { body } = await sendForm(staff, take, { ...fields, format: "jsonl" });
      return body
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { login: string }).login)
        .toSorted();
    };
    assert.deepEqual(await names({ q: "89161234567" }), ["anna"]);
    assert.deepEqual(await names({ q: "gtnhjdf" }), ["anna"], "as in the list, whatever the keyboard");
    assert.deepEqual(await names({ role: "staff" }), ["desk", "olga"]);
    assert.deepEqual(await names({ status: "dismissed" }), ["left"]);
    assert.deepEqual(await names({ phone: "yes", seen: "never", sort: "last-sign-in" }), [
      "79031112233",
      "anna",
      "held",
    ]);
    const told = await events(world, "people.exported");
    assert.equal(told.length, 5);
    assert.ok(told.every(({ actor }) => actor === id));
    assert.deepEqual(told[0]?.detail, {
      query: "···67",
      conditions: "/admin/users",
      format: "jsonl",
      count: 1,
    });
    const nobody = await sendForm(staff, take, { q: "такого нет", format: "csv" });
    assert.equal(nobody.status, 422);
    assert.match(nobody.body, /выгружать нечего/);
    assert.equal((await events(world, "people.exported")).length, 5, "what was refused did not leave");

    world.clock.forward({ minutes: 6 });
    for (const answer of [
      await staff.raw(`${take}?q=anna&status=any`),
      await sendForm(staff, take, { q: "anna", status: "any" }),
    ]) {
      const back = encodeURIComponent(`${take}?q=anna&status=any`);
      assert.equal(answer.headers.location, `/me/confirm?return_to=${back}`);
    }
    await staff.visit(`${take}?q=anna&status=any`);
    staff.fill("Текущий пароль", password);
    await staff.press("Продолжить");
    assert.equal(staff.page.heading, "Выгрузка пользователей");
    assert.match(staff.page.text, /Поиск\s*anna/);
  },
);

journey(
  "IO5: a search that finds more than are looked at is told so, and is no file",
  async (world) => {
    await world.addPerson(owner);
    await crowd(world, 2_500);
    const staff = await signedIn(world, owner);
    const { status, body } = await sendForm(staff, take, { q: "crowd", format: "csv" });
    assert.equal(status, 422);
    assert.match(body, /файл был бы неполным/);
    assert.equal((await events(world, "people.exported")).length, 0);
  },
  { embeddedOnly: true },
);

journey("M30: conditions of the list are kept under a name, by whoever kept them alone", async (world) => {
  const id = await world.addPerson(owner);
  await world.addPerson({ ...ivan, role: "administrator" });
  await world.addPerson(anna);
  const staff = await signedIn(world, owner);
  const kept = () => staff.page.all(".kept li").map((item) => item.textContent.trim());
  await staff.visit("/admin/users");
  assert.ok(!staff.page.text.includes("Сохранить условия"), "there is nothing to keep");
  await staff.visit("/admin/users?q=anna%40romashka.example&status=blocked&sort=last-sign-in");
  await staff.follow("Сохранить условия");
  assert.equal(staff.page.value("Название"), "Anna@romashka.example, заблокированные");
  staff.fill("Название", "http://зло");
  await staff.press("Сохранить");
  assert.equal(staff.page.status, 422);
  assert.match(staff.page.problem("Название"), /^Введите название/);
  assert.equal(staff.page.value("Название"), "http://зло");
  staff.fill("Название", "Ждут разбора <b>");
  await staff.press("Сохранить");
  const address = "/admin/users?q=anna%40romashka.example&status=blocked&sort=last-sign-in";
  assert.equal(staff.page.path, address);
  assert.match(staff.page.text, /Условия сохранены/);
  assert.deepEqual(kept(), ["Ждут разбора <b>"]);
  assert.ok(!staff.page.text.includes("Сохранить условия"), "they are kept already");
  await staff.visit("/admin/users");
  await staff.follow("Ждут разбора <b>");
  assert.equal(staff.page.path, address);
  await staff.follow("Изменить");
  const place = staff.page.path;
  staff.fill("Название", "");
  await staff.press("Сохранить");
  assert.match(staff.page.problem("Название"), /^Введите название/);
  staff.fill("Название", "Разбор");
  await staff.press("Сохранить");
  assert.deepEqual(kept(), ["Разбор"]);

  const twice = await sendForm(staff, "/admin/new-filter", { name: "РАЗБОР", status: "any" });
  assert.equal(twice.status, 422);
  assert.match(twice.body, /с.таким названием у.вас уже есть/);
  const nothing = await sendForm(staff, "/admin/new-filter", { name: "Все", status: "open", q: "" });
  assert.equal(nothing.status, 422);
  assert.match(nothing.body, /Условий нет/);
  const many = Array.from({ length: 20 }, (_, index) =>
    sendForm(staff, "/admin/new-filter", { name: `Имя ${index}`, status: "any" }),
  );
  const ends = (await Promise.all(many)).map(({ status }) => status).toSorted((one, two) => one - two);
  assert.deepEqual(ends, [...Array(19).fill(303), 422], "twenty in all, also when they come at once");

  const other = await signedIn(world, ivan);
  await other.visit("/admin/users");
  assert.equal(other.page.all(".kept").length, 0);
  for (const foreign of [place, "/admin/filters/0190aaaa-0000-7000-8000-000000000000", "/admin/filters/x"]) {
    assert.equal((await other.raw(foreign)).status, 404);
    assert.equal((await sendForm(other, foreign, { name: "Моё" })).status, 404);
    assert.equal((await sendForm(other, `${foreign}/delete`)).status, 404);
  }
  assert.equal((await (await signedIn(world, anna)).raw(place)).status, 404);

  await staff.visit(place);
  await staff.press("Удалить");
  assert.equal(staff.page.path, address);
  assert.equal(kept().length, 19);
  assert.equal((await staff.raw(place)).status, 404);
  const told = await Promise.all(
    ["filter.saved", "filter.renamed", "filter.deleted"].map((each) => events(world, each)),
  );
  assert.deepEqual(
    told.map(({ length }) => length),
    [20, 1, 1],
  );
  assert.ok(told.flat().every(({ actor }) => actor === id));
  assert.ok(!JSON.stringify(told).includes("anna@"), "what was looked for stays masked in the record");
});

journey(
  "M30: conditions for all administrators: theirs to make, and their maker's or an owner's to delete",
  async (world) => {
    const at = (role: "desk" | "administrator", login: string) => ({
      login,
      name: `Имя ${login}`,
      role,
      password: owner.password,
    });
    const staffOf = {
      maker: at("administrator", "maker"),
      other: at("administrator", "other"),
      desk: at("desk", "desk"),
    };
    const makerId = await world.addPerson(staffOf.maker);
    for (const each of [owner, staffOf.other, staffOf.desk]) await world.addPerson(each);
    const [maker, other, desk, boss] = [
      await signedIn(world, staffOf.maker),
      await signedIn(world, staffOf.other),
      await signedIn(world, staffOf.desk),
      await signedIn(world, owner),
    ];
    const keptOf = async (who: Visitor, address = "/admin/users") => {
      await who.visit(address);
      return who.page.all(".kept li").map((item) => item.textContent.trim());
    };
    await maker.visit("/admin/new-filter?status=blocked&phone=no");
    maker.fill("Название", "Без телефона");
    maker.tick("Для всех администраторов");
    await maker.press("Сохранить");
    const address = maker.page.path;
    for (const who of [maker, other, boss]) assert.deepEqual(await keptOf(who), ["для всех: Без телефона"]);
    await maker.visit(address);
    await maker.follow("Изменить");
    const place = maker.page.path;

    // The desk sees none of them and makes none; an equal sees them and changes none.
    assert.deepEqual(await keptOf(desk), []);
    assert.ok(!(await desk.raw("/admin/new-filter?status=blocked")).body.includes("Для всех"));
    const shared = { name: "Всем", status: "blocked", shared: "on" };
    assert.equal((await sendForm(desk, "/admin/new-filter", shared)).status, 404);
    await keptOf(other, address);
    assert.ok(!other.page.text.includes("Изменить"));
    for (const who of [other, desk]) {
      assert.equal((await who.raw(place)).status, 404);
      assert.equal((await sendForm(who, `${place}/delete`)).status, 404);
      assert.equal((await sendForm(who, place, { name: "Моё" })).status, 404);
    }
    const taken = await sendForm(other, "/admin/new-filter", { ...shared, name: "без Телефона" });
    assert.equal(taken.status, 422);
    assert.match(taken.body, /Условия для всех с.таким названием уже есть/);

    // Whoever made them takes them back and gives them again; an owner may only delete them.
    await maker.visit(place);
    assert.equal((await sendForm(maker, place, { name: "Без телефона" })).status, 303);
    assert.deepEqual([await keptOf(maker), await keptOf(boss)], [["Без телефона"], []]);
    assert.equal((await boss.raw(place)).status, 404, "the own ones of somebody are nobody else's");
    assert.equal((await sendForm(maker, place, { name: "Звонить", shared: "on" })).status, 303);
    await keptOf(boss, address);
    await boss.follow("Изменить");
    assert.match(boss.page.text, /Кто сохранил Имя maker/);
    assert.equal((await sendForm(boss, place, { name: "Моё" })).status, 404);
    await boss.press("Удалить");
    for (const who of [maker, boss]) assert.deepEqual(await keptOf(who), []);

    const told = ["saved", "shared", "unshared", "renamed", "deleted"].map((verb) =>
      events(world, `filter.${verb}`),
    );
    const found = await Promise.all(told);
    assert.deepEqual(
      found.map(({ length }) => length),
      [1, 2, 1, 1, 1],
    );
    assert.deepEqual(
      found.map((rows) => rows.at(-1)?.account_id),
      [null, null, null, null, makerId],
      "of somebody else's it says whose",
    );
  },
);
