/** People brought along in the console: understood, tried out, taken in; their errors come back. */
import assert from "node:assert/strict";
import { bitrixDump, brokenTable, inWindows1251, manyPeople } from "../import-files.ts";
import { journey } from "../journey.ts";
import { signedIn } from "../steps.ts";
import { type Answer, type Visitor, visitor } from "../walker.ts";
import type { PersonWish, World } from "../world.ts";

const password = "тихая лодка под звёздами";
const staff = (login: string, role: PersonWish["role"] & string): PersonWish => ({
  login,
  name: login,
  role,
  password,
});

async function upload(who: Visitor, file: Buffer, name = "люди.csv"): Promise<void> {
  await who.visit("/admin/import");
  who.attach("Файл", file, name);
  await who.press("Загрузить");
}

function post(
  who: Visitor,
  address: string,
  body: string | Buffer = "",
  type = "application/x-www-form-urlencoded",
) {
  const headers = { "Content-Type": type, "Sec-Fetch-Site": "same-origin" };
  return who.raw(address, { method: "POST", headers, body });
}

/** What the tally says of verdicts, by its labels. */
function tally(who: Visitor): Record<string, number> {
  const items = who.page.all(".tally a").filter((link) => link.querySelector("b"));
  const told = items.map((link) => [
    (link.querySelector("span")?.textContent ?? "").replaceAll("\u00a0", " "),
    Number((link.querySelector("b")?.textContent ?? "").replace(/\s/g, "")),
  ]);
  return Object.fromEntries(told.filter(([label]) => label !== "С замечаниями")) as Record<string, number>;
}

function rowsOf(who: Visitor): string[][] {
  const rows = who.page.all(".grid tbody tr");
  return rows.map((row) =>
    row.querySelectorAll("td").map((cell) => cell.textContent.replaceAll("\u00a0", " ").trim()),
  );
}

async function settled(world: World, who: Visitor): Promise<void> {
  await world.service.imports.settled();
  await who.visit(who.page.path);
}

function cells(answer: Answer): string[][] {
  const lines = answer.body.replace("\ufeff", "").trimEnd().split("\r\n");
  return lines.map((line) => line.split(";"));
}

async function emailOf(world: World, login: string) {
  const { read } = world.service.tools.store;
  return read
    .selectFrom("identifiers as one")
    .innerJoin("identifiers as email", "email.account_id", "one.account_id")
    .innerJoin("accounts", "accounts.id", "one.account_id")
    .select(["email.key", "email.confirmed_at", "accounts.position", "accounts.role"])
    .where("one.kind", "=", "login")
    .where("one.key", "=", login)
    .where("email.kind", "=", "email")
    .executeTakeFirst();
}

journey(
  "M30: a table is set up by hand, tried out, taken in once, and its refused rows come back to be mended",
  async (world) => {
    await world.addPerson(staff("olga", "administrator"));
    await world.addPerson(staff("boris", "administrator"));
    const olga = await signedIn(world, staff("olga", "administrator"));
    await upload(olga, brokenTable);
    assert.equal(olga.page.heading, "люди.csv");
    assert.equal(olga.page.value("Логин"), "");
    const address = olga.page.path;

    // Told by the headings; the samples stand below.
    assert.match(olga.page.text, /Логин .*alla · wrong · boss/);
    olga.fill("Должность", "Примечание");
    olga.fill("Логин", "— нет в файле —");
    olga.fill("E-mail", "— нет в файле —");
    await olga.press("Проверить");
    assert.equal(olga.page.status, 422);
    assert.equal(olga.page.problem("Логин"), "Укажите колонку логина или e-mail: без них не понять, кто это");
    olga.fill("Логин", "Логин");
    olga.fill("E-mail", "Логин");
    await olga.press("Проверить");
    assert.equal(olga.page.problem("E-mail"), "Эта колонка уже занята выше");
    olga.fill("E-mail", "E-Mail");
    olga.tick("Почты и телефоны в файле подтверждены");
    await olga.press("Проверить");
    assert.equal(olga.page.status, 200);
    await settled(world, olga);
    assert.deepEqual(tally(olga), { "Все строки": 8, Добавить: 3, "С ошибкой": 5 });
    assert.equal(await emailOf(world, "alla"), undefined, "trying it out changes nothing");
    assert.match(olga.page.text, /6С замечаниями/);
    await olga.visit(`${address}?show=troubled`);
    assert.deepEqual(
      rowsOf(olga).map(([line, , what, why]) => [line, what, why]),
      [
        ["3", "С ошибкой", "Неверный e-mail"],
        ["4", "С ошибкой", "Вы не можете дать такую роль"],
        ["5", "С ошибкой", "Кавычка открыта и не закрыта"],
        ["6", "С ошибкой", "Логин не подходит: до 100 букв, цифр и знаков . _ @ + -"],
        ["7", "С ошибкой", "Этот человек уже был выше в файле"],
        ["9", "Добавить", "телефон не разобран и пропущен"],
      ],
    );

    // Half an hour later it asks whether it is still her.
    await olga.visit(address);
    world.clock.forward({ minutes: 6 });
    await olga.press("Добавить 3 человека");
    olga.fill("Текущий пароль", password);
    await olga.press("Продолжить");
    assert.equal(olga.page.heading, "люди.csv");
    await olga.press("Добавить 3 человека");
    await settled(world, olga);
    assert.deepEqual(tally(olga), { "Все строки": 8, Добавлены: 3, "С ошибкой": 5 });
    const alla = await emailOf(world, "alla");
    assert.equal(alla?.key, "alla@romashka.example");
    assert.notEqual(alla?.confirmed_at, null, "who vouched, vouched");

    const errors = await olga.raw(`${address}/errors`);
    assert.match(
      errors.headers["content-disposition"] ?? "",
      /^attachment; filename="import-errors-[\d-]+\.csv"$/,
    );
    const [head, ...refused] = cells(errors);
    assert.deepEqual(head, [
      "Строка",
      "Причина",
      "Логин",
      "ФИО",
      "E-Mail",
      "Телефон",
      "Роль",
      "Примечание",
      "Строка целиком",
    ]);
    assert.deepEqual(refused[3]?.slice(2, 8), ["'=cmd", "'@Формула", "'=1+2", "", "", "'+7"]);
    // Mended in a spreadsheet, without touching its guards.
    const mended = errors.body
      .replace("Алла Ещё", "Алла Ким")
      .replace("не адрес", "wrong@romashka.example")
      .replace("'=cmd", "cmd")
      .replace("'@Формула;'=1+2;;;'+7", "Ф Ормула;cmd@romashka.example;'+79162223355;;");
    await upload(olga, Buffer.from(mended));
    const position = () => olga.page.field("Должность").querySelector("[selected]")?.textContent;
    assert.equal(position(), "— нет в\u00a0файле —");
    await olga.press("Проверить");
    await settled(world, olga);
    assert.deepEqual(tally(olga), { "Все строки": 5, Добавить: 2, "Без изменений": 1, "С ошибкой": 2 });
    await olga.press("Добавить 2 человека");
    await settled(world, olga);
    const phone = await world.service.tools.store.read
      .selectFrom("identifiers")
      .select("account_id")
      .where("key", "=", "+79162223355")
      .executeTakeFirst();
    assert.ok(phone, "a guarded phone is a phone again");

    // The same file once more: its columns are remembered, and there is nothing to do.
    await upload(olga, brokenTable);
    assert.equal(position(), "Примечание");
    await olga.press("Проверить");
    await settled(world, olga);
    assert.deepEqual(tally(olga), { "Все строки": 8, "Без изменений": 3, "С ошибкой": 5 });
    assert.match(olga.page.text, /Менять нечего/);

    const newcomers = "Логин;E-mail;Язык\r\nbob;bob@romashka.example;\r\nrita;rita@romashka.example;ru\r\n";
    await upload(olga, Buffer.from(newcomers));
    assert.equal(olga.page.field("Язык приглашений").querySelector("[selected]")?.textContent, "русский");
    olga.tick("Пригласить тех, у кого нет пароля");
    olga.fill("Язык приглашений", "английский");
    await olga.press("Проверить");
    await settled(world, olga);
    assert.match(olga.page.text, /приглашения будут отправлены, язык — английский/);
    await olga.press("Добавить 2 человека");
    await settled(world, olga);
    const invitation = async (to: string) => (await world.messagesTo(to)).at(-1)?.subject ?? "";
    assert.match(await invitation("bob@romashka.example"), /^Invitation/);
    assert.match(await invitation("rita@romashka.example"), /^Приглашение/);

    const listed = await signedIn(world, staff("boris", "administrator"));
    await listed.visit("/admin/import");
    assert.match(listed.page.text, /Импортов ещё не было/, "administrators see their own");
    for (const end of ["", "/errors", "/run"]) {
      const { status } = await listed.raw(`${address}${end}`);
      assert.equal(status, end === "/run" ? 303 : 404, end);
    }
    for (const end of ["check", "run", "read", "received", "do/stop", "do/pause"]) {
      assert.equal((await post(listed, `${address}/${end}`)).status, 404, end);
    }
    const id = address.split("/").at(-1);
    assert.equal((await post(listed, `/admin/import-pieces/${id}?at=0`, "x", "text/plain")).status, 404);
    const events = await world.service.tools.store.read
      .selectFrom("audit_events")
      .select(["action", "detail"])
      .where("action", "like", "import%")
      .execute();
    const steps = events.filter(({ detail }) => detail.includes(id ?? "?")).map(({ action }) => action);
    assert.deepEqual(
      steps.filter((action) => action.startsWith("import.")),
      ["import.received", "import.tried", "import.checked", "import.started", "import.finished"],
    );
    assert.equal(steps.filter((action) => action === "imports.taken").length, 1);
    assert.ok(steps.includes("imports.viewed"), "rows that were looked at are on record");
  },
);

journey("M30: an import is watched, held up, gone on with by anybody, and ended", async (world) => {
  await world.addPerson(staff("olga", "administrator"));
  await world.addPerson(staff("otto", "owner"));
  const olga = await signedIn(world, staff("olga", "administrator"));
  const { store } = world.service.tools;
  const file = Buffer.from(manyPeople(1_200));
  // As scripts send it: piece by piece, one of them twice, one at a wrong place.
  const begun = await post(olga, "/admin/new-import", `name=many.csv&size=${file.length}`);
  assert.equal(begun.status, 201);
  const { id } = JSON.parse(begun.body) as { id: string };
  const address = `/admin/import/${id}`;
  const piece = (at: number, to: number) =>
    post(olga, `/admin/import-pieces/${id}?at=${at}`, file.subarray(at, to), "application/octet-stream");
  assert.deepEqual(JSON.parse((await piece(0, 20_000)).body), { size: 20_000 });
  const wrong = await piece(30_000, 40_000);
  assert.deepEqual([wrong.status, JSON.parse(wrong.body)], [409, { size: 20_000 }]);
  assert.deepEqual(JSON.parse((await piece(0, 20_000)).body), { size: 20_000 });
  await olga.visit(address);
  assert.match(olga.page.text, /загружен не до конца/);
  assert.deepEqual(JSON.parse((await piece(20_000, file.length)).body), { size: file.length });
  assert.equal((await post(olga, `${address}/received`)).headers.location, address);
  await olga.visit(address);
  await olga.press("Проверить");
  await settled(world, olga);
  assert.deepEqual(tally(olga), { "Все строки": 1_200, Добавить: 1_200 });
  assert.deepEqual(rowsOf(olga).length, 50);
  await olga.visit(olga.page.link("Дальше").replace(/#.*/, ""));
  assert.equal(rowsOf(olga)[0]?.[0], "52");

  // As if another instance had come half-way.
  await olga.visit(address);
  const change = (lease: { lease_owner: string | null; lease_until: number }) =>
    store.transact((write) => write.updateTable("imports").set(lease).where("id", "=", id).execute());
  await change({ lease_owner: "another", lease_until: Number.MAX_SAFE_INTEGER });
  await olga.press("Добавить 1200 человек");
  await change({ lease_owner: "another", lease_until: Number.MAX_SAFE_INTEGER });
  await store.transact((write) =>
    write
      .updateTable("imports")
      .set({ done_rows: 600, done_bytes: Math.round(file.length / 2) })
      .where("id", "=", id)
      .execute(),
  );
  world.clock.forward({ minutes: 1 });
  await olga.visit(address);
  const bar = olga.page.all("progress")[0];
  assert.deepEqual([bar?.getAttribute("value"), bar?.getAttribute("max")], ["50", "100"]);
  assert.match(olga.page.text, /50 % · строк: 600 · \d+ в секунду · осталось около: 1 минуту|2 минуты/);
  assert.ok(olga.page.link("Обновить"), "a way to look again without scripts");

  // The rows are not really there, so it begins anew for the owner to hold up.
  await store.transact((write) =>
    write.updateTable("imports").set({ done_rows: 0, done_bytes: 0 }).where("id", "=", id).execute(),
  );
  const otto = await signedIn(world, staff("otto", "owner"));
  await otto.visit("/admin/import");
  await otto.follow("many.csv");
  await otto.press("Приостановить");
  await world.service.imports.settled();
  await otto.visit(address);
  assert.match(otto.page.text, /Приостановлено/);
  assert.equal(
    (await post(otto, `${address}/run`)).status,
    404,
    "what it may do follows from who brought it",
  );
  const second = await world.another();
  olga.goTo(second);
  await olga.visit(address);
  await olga.press("Продолжить");
  await second.service.imports.settled();
  await world.service.imports.settled();
  await olga.visit(address);
  assert.deepEqual(tally(olga), { "Все строки": 1_200, Добавлены: 1_200 });
  await upload(olga, inWindows1251(bitrixDump), "users.sql");
  const left = olga.page.path;
  assert.match(olga.page.text, /С прежними паролями люди войдут как раньше/);
  assert.ok(!olga.page.has("Телефон"), "a dump knows its columns itself");
  await olga.press("Проверить");
  await settled(world, olga);
  const asked = { "Все строки": 12, Пропустить: 4, "С ошибкой": 8 };
  assert.deepEqual(tally(olga), asked, "numbers of another system name somebody else");
  assert.match(olga.page.text, /Внешний код есть у другого/);
  await olga.follow("Изменить настройки");
  olga.fill("По чему узнаём человека", "логин");
  await olga.press("Проверить заново");
  await settled(world, olga);
  assert.deepEqual(tally(olga), { "Все строки": 12, Добавить: 8, Пропустить: 4 });
  await olga.press("Удалить файл");
  assert.equal(olga.page.heading, "Импорт");
  await olga.visit(left);
  assert.match(olga.page.text, /Файл удалён, ничего не перенесено/);
  assert.deepEqual(tally(olga), {}, "what a check counted has not come to pass");
  const parts = await store.read.selectFrom("import_parts").select("number").executeTakeFirst();
  assert.equal(parts, undefined, "no file stays");
  const acts = await store.read
    .selectFrom("audit_events")
    .select(["action", "actor"])
    .where("action", "in", ["import.paused", "import.resumed", "import.cancelled"])
    .orderBy("seq")
    .execute();
  assert.deepEqual(
    acts.map(({ action }) => action),
    ["import.paused", "import.resumed", "import.cancelled"],
  );
  assert.notEqual(acts[0]?.actor, acts[1]?.actor, "each under the name of who did it");
});

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 131) % 256)),
]);

const unusable: [what: string, file: Buffer, sentence: RegExp][] = [
  ["an empty file", Buffer.alloc(0), /^Файл пуст\.$/],
  ["nothing but blanks", Buffer.from(" \r\n\r\n"), /^Файл пуст\.$/],
  ["a workbook", Buffer.from("PK\x03\x04\x14", "latin1"), /книга Excel.*CSV UTF-8/],
  ["an archive", Buffer.from("\x1f\x8b\x08\x00", "latin1"), /архив/],
  ["a picture", png, /не таблица и не текст/],
  [
    "UTF-16 without its mark",
    Buffer.from("Логин;Имя\r\nanna;Анна\r\n", "utf16le"),
    /UTF-16 без метки.*CSV UTF-8/,
  ],
  ["a web page", Buffer.from("<html><table><tr><td>Логин</td></tr></table>"), /веб-страницы/],
  ["no objects", Buffer.from("{\n{\n"), /ни одной записи/],
  ["60 MB", Buffer.alloc(60 * 1024 * 1024, "a"), /больше 50 МБ.*propusk import/],
];

journey(
  "R2: what is no file of people is told so in one sentence, and what can be read otherwise is read anew",
  async (world) => {
    await world.addPerson(staff("olga", "administrator"));
    const olga = await signedIn(world, staff("olga", "administrator"));
    await olga.visit("/admin/import");
    await olga.press("Загрузить");
    assert.deepEqual([olga.page.status, olga.page.problem("Файл")], [422, "Выберите файл"]);
    for (const [what, file, sentence] of unusable) {
      await upload(olga, file, "x.csv");
      assert.equal(olga.page.status, 422, what);
      assert.match(olga.page.problem("Файл"), sentence, what);
    }
    assert.equal((await post(olga, "/admin/import", "x", "multipart/form-data; boundary=b")).status, 400);
    assert.equal(
      (await post(olga, "/admin/import", "--b\r\n\r\n", "multipart/form-data; boundary=b")).status,
      400,
    );
    const pieces = await post(olga, "/admin/new-import", `name=x&size=${2 * 1024 ** 3}`);
    assert.deepEqual(
      [pieces.status, JSON.parse(pieces.body).problem],
      [422, "Файл больше 1\u00a0ГБ. Разделите его на части."],
    );

    // Headings that come twice, one that says nothing, a NUL, and half of a sign.
    const odd =
      "Логин;Имя;Имя;;E-mail\r\nan\0na;А;Б;В;a@romashka.example\r\nyan;Ян;Ли;;yan@romashka.example\r\n";
    await upload(olga, Buffer.from(odd), '../../<b>"x".csv');
    assert.equal(olga.page.heading, '<b>"x".csv');
    assert.match(olga.page.text, /Не переносится: Имя \(3\), 4/);
    await olga.press("Проверить");
    await settled(world, olga);
    assert.deepEqual(tally(olga), { "Все строки": 2, Добавить: 1, "С ошибкой": 1 });
    assert.match(olga.page.text, /В строке есть знак, который нельзя сохранить/);

    // As Excel saves «Unicode text».
    const unicode = `\ufeff${manyPeople(3_000, "примечание".repeat(20)).replaceAll(";", "\t")}`;
    await upload(olga, Buffer.from(unicode, "utf16le"));
    assert.match(olga.page.text, /CSV · UTF-16 · Табуляция/);
    assert.match(olga.page.text, /user0 · user1 · user2/);
    await olga.press("Проверить");
    await settled(world, olga);
    assert.deepEqual(tally(olga), { "Все строки": 3_000, Добавить: 3_000 });
    await olga.press("Удалить файл");

    const cyrillic = inWindows1251("Логин;Фамилия\r\nanna;Ёжикова\r\n");
    await upload(olga, cyrillic);
    olga.fill("Кодировка", "UTF-8");
    await olga.press("Прочитать заново");
    assert.equal(olga.page.status, 422);
    assert.match(olga.page.problem("Кодировка"), /не читается/);
    olga.fill("Формат", "JSON Lines");
    olga.fill("Кодировка", "Windows-1251");
    await olga.press("Прочитать заново");
    assert.match(olga.page.problem("Формат"), /ни одной записи/);
    olga.fill("Формат", "CSV");
    olga.fill("Разделитель", "Запятая");
    await olga.press("Прочитать заново");
    assert.match(olga.page.text, /Не переносится: Логин;Фамилия/);
    olga.fill("Разделитель", "Точка с запятой");
    await olga.press("Прочитать заново");
    assert.match(olga.page.text, /Ёжикова/);
    await olga.press("Удалить файл");

    await upload(olga, Buffer.from("Логин;Имя\r\nanna;Анна\r\n"));
    await world.service.tools.store.transact((write) =>
      write
        .updateTable("import_parts")
        .set({ bytes: Buffer.alloc(100) })
        .execute(),
    );
    await olga.press("Прочитать заново");
    assert.match(olga.page.problem("Формат"), /запечатан ключом, которого здесь больше нет/);
    await olga.press("Проверить");
    await settled(world, olga);
    assert.match(olga.page.text, /Импорт прерван\. Файл запечатан ключом/);

    await upload(olga, Buffer.from("Логин;Пароль;Хеш\r\n"));
    await olga.press("Проверить");
    await settled(world, olga);
    assert.match(olga.page.text, /Импорт прерван\. В файле не нашлось пользователей/);

    // Nothing that opens an account is ever shown.
    const secrets = [
      "Логин;Пароль;Старый пароль",
      "anna;lodka-pod-oblakami;5d7845ac6ee7cfffafc5fe5f35cf666d",
      "=x;drugaya-lodka-1;y",
    ].join("\r\n");
    await upload(olga, Buffer.from(secrets));
    const shown = olga.page.path;
    await olga.press("Проверить");
    await settled(world, olga);
    await olga.raw(`${shown}/errors`);
    for (const { body, path } of olga.answers) assert.doesNotMatch(body, /lodka|5d7845ac/, path);

    for (let open = 0; open < 12; open += 1) await upload(olga, Buffer.from("Логин\r\nanna\r\n"));
    assert.match(olga.page.problem("Файл"), /уже 10 неоконченных импортов/);
    const stranger = visitor(world);
    await stranger.visit("/admin/import");
    assert.equal(stranger.page.status, 404);
  },
  { embeddedOnly: true },
);
