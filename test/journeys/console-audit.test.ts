/** The whole record, as administrators look through it, take it along and check it. */
import assert from "node:assert/strict";
import type { Role } from "../../src/accounts/accounts.ts";
import { recordEvent } from "../../src/audit/audit.ts";
import { journey } from "../journey.ts";
import { anna, ivan } from "../people.ts";
import { signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { PersonWish, World } from "../world.ts";

const password = "тихая лодка под звёздами";
const audit = "/admin/audit";
const owner: PersonWish = { login: "olga", name: "Ольга Орлова", role: "owner", password };

async function asStaff(world: World, wish: PersonWish = owner): Promise<Visitor> {
  await world.addPerson(wish);
  return signedIn(world, wish);
}

/** Each line of the record: what, who, whom. */
function lines(staff: Visitor): string[] {
  return staff.page
    .all("tbody tr")
    .map((row) => row.querySelectorAll("td").slice(1, 4))
    .map((cells) => cells.map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).join(" | "));
}

async function events(world: World, action: string): Promise<{ detail: string; actor: string }[]> {
  const { read } = world.service.tools.store;
  return read.selectFrom("audit_events").selectAll().where("action", "=", action).orderBy("seq").execute();
}

function sendForm(who: Visitor, address: string, fields: Record<string, string> = {}) {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  return who.raw(address, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
}

journey("AD6: the record tells what, who, whom, from where and why, newest first", async (world) => {
  const staff = await asStaff(world);
  const id = await world.addPerson(anna);
  await signIn(visitor(world), { ...anna, password: "не тот пароль" });
  await staff.visit(`/admin/users/${id}/do/block`);
  staff.fill("Причина", "потерян телефон");
  await staff.press("Заблокировать");
  await staff.visit("/admin/users");
  await staff.follow("Журнал");
  assert.equal(staff.page.heading, "Журнал");
  const told = lines(staff);
  assert.match(
    told[0] ?? "",
    /^Просмотр журнала .*\| Ольга Орлова \| —$/,
    "this very look is the first line",
  );
  assert.ok(
    told.some((line) => /^Аккаунт заблокирован причина: потерян телефон.*\| Ольга Орлова \| Анна/.test(line)),
  );
  assert.ok(told.some((line) => /^Неудачная попытка входа.*\| неизвестный \| Анна Петрова$/.test(line)));
  assert.ok(told.some((line) => /^Вход .*\| Ольга Орлова \| сам$/.test(line)));
  await staff.follow("Анна Петрова");
  assert.equal(staff.page.path, `/admin/users/${id}`);
});

journey(
  "AD6: every condition narrows the record, alone and together, and stands in the address",
  async (world) => {
    const staff = await asStaff(world);
    const id = await world.addPerson(anna);
    const other = await world.addPerson(ivan);
    await signedIn(world, ivan);
    await signIn(visitor(world), { ...anna, password: "не тот пароль" });
    await signedIn(world, anna);
    await staff.visit(audit);
    staff.fill("С кем", "8 916 123-45-67");
    await staff.press("Показать");
    assert.match(staff.page.path, /whom=8\+916/);
    assert.equal(staff.page.value("С кем"), "8 916 123-45-67");
    assert.deepEqual(lines(staff), [
      "Вход | Анна Петрова | сам",
      "Неудачная попытка входа | неизвестный | Анна Петрова",
      "Аккаунт создан Пользователь | система | Анна Петрова",
    ]);
    const count = async (query: string) => {
      await staff.visit(`${audit}?${query}`);
      assert.equal(staff.page.status, 200, query);
      return lines(staff).length;
    };
    assert.equal(await count(`whom=${id}&result=refused`), 1);
    assert.equal(await count(`whom=${id}&result=done`), 2);
    assert.equal(await count(`whom=${id}&group=account`), 1);
    assert.equal(await count("group=account"), 3);
    assert.equal(await count("group=sign-in"), 4);
    assert.equal(await count("group=sign-in&result=done"), 3);
    assert.equal(await count("group=password&result=refused"), 0);
    assert.equal(await count("who=anonymous&result=refused"), 1);
    assert.equal(await count("who=anna%40romashka.example"), 1);
    assert.equal(await count(`who=anna&whom=${other}`), 0);
    const today = new Date(world.clock.now()).toISOString().slice(0, 10);
    const past = new Date(world.clock.now() - 5 * 86_400_000).toISOString().slice(0, 10);
    assert.equal(await count(`whom=${id}&from=${past}&to=${past}`), 0);
    assert.ok((await count(`from=${past}`)) > 8);
    assert.ok((await count(`from=${past}&to=2099-01-01&group=sign-in`)) === 4);
    assert.equal(await count("from=2001-01-01&to=2001-01-31"), 0);
    assert.equal(await count(`from=2099-01-01&group=sign-in&whom=${id}`), 0);
    assert.ok(today > past);
  },
);

journey("AD6: what cannot be looked for is told beside its field, and typed text stays", async (world) => {
  const staff = await asStaff(world);
  await staff.visit(`${audit}?whom=nobody&who=%2B7&from=2026-13-40&to=x`);
  assert.equal(staff.page.status, 422);
  for (const field of ["С кем", "Кто сделал"])
    assert.match(staff.page.problem(field), /^Такого аккаунта нет/);
  for (const field of ["С", "По"]) assert.match(staff.page.problem(field), /^Укажите день/);
  assert.equal(staff.page.value("С кем"), "nobody");
  assert.equal(staff.page.all("[aria-invalid=true]").length, 4);
  await staff.visit(`${audit}?from=2026-05-02&to=2026-05-01`);
  assert.match(staff.page.text, /Последний день раньше первого/);
  for (const strange of ["before=x", "before=-1", "before=1e9", "group=%27--", "result=evil", "whom=%00"]) {
    await staff.visit(`${audit}?${strange}`);
    assert.ok([200, 422].includes(staff.page.status), strange);
  }
  await staff.visit(`${audit}?whom=%3Cb+onclick%3D%22x%22%3E`);
  assert.equal(staff.page.all("[onclick]").length, 0);
});

journey("IO5: pages of the record follow each other without gap or repetition", async (world) => {
  const staff = await asStaff(world);
  await fill(world, 130);
  const seen: string[] = [];
  await staff.visit(`${audit}?who=system&group=account`);
  for (;;) {
    seen.push(...staff.page.all("tbody .second").map((second) => second.textContent));
    if (staff.page.all("a[rel=next]").length === 0) break;
    await staff.follow("Дальше");
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 130 }, (_, index) => `причина: ${130 - index}`),
  );
  await staff.follow("В начало");
  assert.equal(staff.page.path, `${audit}?group=account&who=system`);
});

async function fill(world: World, count: number, reason = ""): Promise<void> {
  const { tools } = world.service;
  await tools.store.transact(async (write) => {
    for (let index = 1; index <= count; index += 1) {
      await recordEvent({ clock: world.clock }, write, {
        action: "account.edited",
        actor: "system",
        accountId: null,
        address: "",
        detail: { reason: `${reason}${index}` },
      });
    }
  });
}

journey("AD4: every view and every export is one row of the record, with contacts masked", async (world) => {
  const staff = await asStaff(world);
  await world.addPerson(anna);
  await staff.visit(audit);
  await staff.visit(`${audit}?whom=anna%40romashka.example&who=89161234567`);
  const views = await events(world, "audit.viewed");
  assert.equal(views.length, 2);
  assert.ok(!JSON.stringify(views).includes("anna%40"));
  assert.ok(!JSON.stringify(views).includes("9161234567"));
  for (const format of ["csv", "jsonl"]) await sendForm(staff, `${audit}/export`, { format });
  const exported = await events(world, "audit.exported");
  assert.deepEqual(
    exported.map(({ detail }) => (JSON.parse(detail) as { format: string }).format),
    ["csv", "jsonl"],
  );
});

journey("AD8: persons, the desk and strangers find neither record, export nor check", async (world) => {
  await asStaff(world);
  const whos = [visitor(world)];
  for (const role of ["person", "desk"] as const satisfies readonly Role[]) {
    whos.push(await asStaff(world, { login: role, name: role, role, password }));
  }
  for (const who of whos) {
    await who.visit(audit);
    assert.equal(who.page.status, 404);
    assert.equal(who.page.heading, "Такой страницы нет");
    for (const place of ["export", "check"])
      assert.equal((await sendForm(who, `${audit}/${place}`)).status, 404, place);
  }
  await whos.at(-1)?.visit("/admin/users");
  assert.ok(!whos.at(-1)?.page.text.includes("Журнал"));
  assert.equal((await events(world, "audit.exported")).length, 0);
  const administrator = { login: "adm", name: "adm", role: "administrator", password } as const;
  const staff = await asStaff(world, administrator);
  await staff.visit(audit);
  assert.equal(staff.page.status, 200);
});

journey("IO6: the export is whole, defused, and as narrow as the conditions", async (world) => {
  const staff = await asStaff(world);
  await world.addPerson({ ...anna, name: '=HYPERLINK("x")' });
  await fill(world, 1_200, "=cmd;");
  await staff.visit(`${audit}?who=system&group=account`);
  const { address, ...form } = staff.formFor("CSV для таблиц");
  const csv = await staff.raw(address, form);
  assert.equal(csv.status, 200);
  assert.match(csv.headers["content-type"] ?? "", /^text\/csv; charset=utf-8/);
  assert.match(csv.headers["content-disposition"] ?? "", /^attachment; filename="audit-[\d-]+\.csv"$/);
  assert.ok(csv.body.startsWith("№;Когда (UTC);Действие;Что;"));
  const rows = csv.body.trimEnd().split("\r\n").slice(1);
  assert.equal(rows.length, 1_200);
  assert.match(
    rows[0] ?? "",
    /^\d+;20\d\d-\d\d-\d\dT[\d:.]+Z;account\.edited;Изменены данные аккаунта;system;/,
  );
  assert.match(rows[0] ?? "", /"'=cmd;1200"/);
  const raw = await fetch(`${world.url}${address}`, {
    method: "POST",
    headers: {
      ...form.headers,
      "Sec-Fetch-Site": "same-origin",
      Cookie: [...staff.cookies].map(([name, { value }]) => `${name}=${value}`).join("; "),
    },
    body: String(form.body),
  });
  const bytes = Buffer.from(await raw.arrayBuffer());
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], "Excel knows UTF-8 by its mark alone");
  const json = await sendForm(staff, `${audit}/export`, { format: "jsonl", whom: "anna" });
  const parsed = json.body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    parsed.map(({ action, accountName }) => [action, accountName]),
    [["account.added", '=HYPERLINK("x")']],
  );
  const named = await sendForm(staff, `${audit}/export`, { format: "csv", whom: "anna" });
  assert.match(named.body, /;"'=HYPERLINK\(""x""\)";/);
  const long = await sendForm(staff, `${audit}/export`, { from: "2020-01-01", to: "2026-01-01" });
  assert.equal(long.status, 422);
  assert.match(long.body, /не больше года/);
  const whole = await sendForm(staff, `${audit}/export`, { format: "jsonl" });
  const sequence = whole.body
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { seq: number }).seq);
  assert.equal(new Set(sequence).size, sequence.length);
  assert.ok(sequence.length > 1_200);
  assert.equal(sequence.at(-1), 1, "down to the first event");
  for (const text of [csv.body, json.body, whole.body]) assert.doesNotMatch(text, /\$argon2|key=/);
});

journey(
  "AD6: the check of the chain says whole, with the fingerprint, and is on record itself",
  async (world) => {
    const staff = await asStaff(world);
    await staff.visit(audit);
    await staff.press("Проверить цепочку");
    assert.match(staff.page.text, /Цепочка цела, событий: \d+\. Проверено .*, Ольга Орлова\./);
    assert.match(staff.page.all("#check .mono")[0]?.textContent ?? "", /^[\w-]{40,}$/);
    assert.equal((await events(world, "audit.verified")).length, 1);
    await Promise.all([sendForm(staff, `${audit}/check`), sendForm(staff, `${audit}/check`)]);
    assert.ok((await events(world, "audit.verified")).length <= 3);
  },
);

journey("AD6: a row that was edited by hand is named by the check", async (world) => {
  const staff = await asStaff(world);
  const { store } = world.service.tools;
  const kept = await store.read
    .selectFrom("audit_events")
    .select("address")
    .where("seq", "=", 2)
    .executeTakeFirstOrThrow();
  const write = (address: string) =>
    store.transact((writer) =>
      writer.updateTable("audit_events").set({ address }).where("seq", "=", 2).execute(),
    );
  await write("203.0.113.9");
  await staff.visit(audit);
  await staff.press("Проверить цепочку");
  assert.match(staff.page.text, /Цепочка нарушена на событии 2: его изменили\./);
  await write(kept.address);
  await staff.press("Проверить цепочку");
  assert.match(staff.page.text, /Цепочка цела/);
});
