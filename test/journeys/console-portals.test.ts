/** Portals in the console: who may do what, what is refused in which words, and what people get of it. */
import assert from "node:assert/strict";
import sharp from "sharp";
import type { Role } from "../../src/accounts/accounts.ts";
import { addPortal, plainWish, rotateSecret } from "../../src/portal-registry/portal-registry.ts";
import { everythingStored, journey } from "../journey.ts";
import { anna, ivan } from "../people.ts";
import { openPortal } from "../portals/portal.ts";
import { lastLetter, signedIn } from "../steps.ts";
import { type Answer, type Visitor, visitor } from "../walker.ts";
import type { PersonWish, World } from "../world.ts";

const password = "тихая лодка под звёздами";
const place = "/admin/portals";

function staffed(role: Role): PersonWish {
  return { login: `the-${role}`, name: `Имя ${role}`, role, password };
}

async function staff(world: World, role: Role): Promise<Visitor> {
  await world.addPerson(staffed(role));
  return signedIn(world, staffed(role));
}

function post(who: Visitor, address: string, fields: Record<string, string> = {}): Promise<Answer> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
  return who.raw(address, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
}

async function portalIn(world: World, name: string, more: Partial<typeof plainWish> = {}): Promise<string> {
  const wish = { ...plainWish, name, redirectUris: ["https://crm.romashka.example/cb"], ...more };
  const added = await addPortal(world.service.tools, wish, { actor: "system", address: "" });
  assert.equal(added.kind, "added");
  return added.kind === "added" ? added.portal.id : "";
}

async function recorded(world: World): Promise<string[]> {
  const events = world.service.tools.store.read.selectFrom("audit_events").select(["action", "detail"]);
  const rows = await events.where("action", "like", "portal.%").orderBy("seq").execute();
  return rows.map(
    ({ action, detail }) => `${action} ${(JSON.parse(detail) as { fields?: string }).fields ?? ""}`,
  );
}

journey("an owner adds a portal; its secret is shown once; each mistake has its sentence", async (world) => {
  const owner = await staff(world, "owner");
  await owner.visit(place);
  await owner.follow("Добавить портал");
  await owner.press("Добавить и показать секрет");
  assert.equal(owner.page.status, 422);
  assert.equal(owner.page.problem("Название"), "Введите название");
  assert.equal(owner.page.problem("Адреса возврата"), "Укажите хотя бы один адрес возврата");
  owner.fill("Название", "Ромашка · CRM");
  owner.fill("Адреса возврата", "https://crm.romashka.example/cb\nhttp://crm.romashka.example/cb");
  owner.fill("Первая страница портала", "javascript:alert(1)");
  await owner.press("Добавить и показать секрет");
  assert.match(owner.page.problem("Адреса возврата") ?? "", /^http:\/\/crm.* — нужен https:\/\//);
  assert.match(owner.page.problem("Первая страница портала") ?? "", /адрес должен начинаться с https:/);
  assert.equal(owner.page.value("Название"), "Ромашка · CRM");
  owner.fill("Адреса возврата", "https://crm.romashka.example/cb");
  owner.fill("Первая страница портала", "https://crm.romashka.example/");
  await owner.press("Добавить и показать секрет");
  assert.equal(owner.page.heading, "Секрет портала");
  const secret = owner.page.value("Секрет (client_secret)");
  assert.match(secret, /^[\w-]{43}$/);
  const id = owner.page.value("Идентификатор клиента (client_id)");
  for (const tab of ["", "/connection", "/clients", "/people"]) {
    await owner.visit(`${place}/${id}${tab}`);
    assert.equal(owner.page.status, 200);
    assert.ok(!owner.page.answer.body.includes(secret), "a secret is shown once");
  }
  await owner.visit(`${place}/${id}/clients`);
  for (const product of [
    "mod_auth_openidc",
    "Nextcloud",
    "Grafana",
    "Keycloak",
    "oauth2-proxy",
    "WordPress",
  ]) {
    assert.ok(owner.page.text.includes(product), product);
  }
  await owner.visit(`${place}/${id}/secret`);
  await owner.press("Выпустить новый секрет");
  assert.notEqual(owner.page.value("Секрет (client_secret)"), secret);
  await owner.visit(`${place}/${id}/connection`);
  await owner.press("Проверить");
  assert.match(owner.page.text, /В порядке: Описание службы открывается по адресу PUBLIC_URL/);
  assert.match(owner.page.text, /Исправьте: .*портал узнает о блокировке не сразу/);
  await owner.press("Отключить прежний секрет");
  assert.match(owner.page.text, /Прежний секрет отключён/);
  await owner.visit(`${place}/${id}/archive`);
  await owner.press("Убрать в архив");
  assert.match(owner.page.text, /Портал «Ромашка · CRM» убран в архив/);
  await owner.visit(`${place}/${id}`);
  assert.equal(owner.page.status, 404);
  assert.deepEqual(await recorded(world), [
    "portal.added ",
    "portal.secret-rotated ",
    "portal.checked ",
    "portal.secret-ended ",
    "portal.archived ",
  ]);
});

journey("the check tries a portal out and says in sentences what is to be mended", async (world) => {
  const owner = await staff(world, "owner");
  const portal = await openPortal(world, { access: "listed" });
  const say = (path: string) => ({ "/bye": 404, "/callback": 400, "/logout": 400 })[path] ?? 200;
  portal.peer.answerWith(({ path }) => ({ status: say(path) }));
  const check = async (secret = "") => {
    await owner.visit(`${place}/${portal.id}/connection`);
    owner.fill("Секрет, который стоит на портале", secret);
    await owner.press("Проверить");
    assert.equal(owner.page.status, 200);
    if (secret) assert.ok(!owner.page.answer.body.includes(secret), "the typed secret is given back");
    return owner.page.text;
  };
  try {
    const first = await check();
    assert.match(first, /Есть что исправить: 2/);
    assert.match(first, /Ключи подписи читаются/);
    assert.match(first, new RegExp(`ответ ведёт на этот адрес возврата ${portal.redirect}`));
    assert.match(first, /Неверный секрет отвергается, запрос за токеном доходит/);
    assert.match(first, /Исправьте: Портал открыт только указанным, а список пуст/);
    assert.match(first, /Вы сами войти не можете/);
    assert.match(first, new RegExp(`Отвечает \\(HTTP 400\\) ${portal.redirect}`));
    assert.match(first, new RegExp(`Исправьте: Сервер есть, а страницы нет .* ${portal.peer.url}/bye`));
    assert.match(first, /отвечает и неверное сообщение отвергает/);
    assert.match(await check(portal.secret), /Секрет подходит/);
    assert.match(await check("made up, and long enough"), /Исправьте: Секрет не подходит/);
    await rotateSecret(world.service.tools, portal.id, { actor: "cli", address: "" });
    assert.match(await check(portal.secret), /Исправьте: Секрет подходит, но это прежний/);

    portal.peer.answerWith(() => ({ status: 200 }));
    assert.match(await check(), /принято заведомо неверное сообщение \(HTTP 200\)/);
    portal.peer.answerWith(() => ({ status: 503 }));
    assert.match(await check(), /Портал отвечает ошибкой \(HTTP 503\)/);
    portal.peer.answerWith(() => ({ status: 302, headers: { Location: `${world.url}/me` } }));
    assert.match(await check(), /Отвечает \(HTTP 302\)/);
    await portal.peer.close();
    assert.match(await check(), /Соединение не устанавливается \(ECONNREFUSED\)/);
    assert.ok(portal.peer.requests.every(({ headers }) => headers.cookie === undefined));
    const stored = await everythingStored(world);
    assert.ok(!stored.includes(portal.secret) && !stored.includes("made up, and long"));
    assert.equal((await recorded(world)).filter((each) => each === "portal.checked ").length, 8);
  } finally {
    await portal.close();
  }
});

journey("M18: the default portal is set in the console, and people see it at once", async (world) => {
  await world.addPerson(anna);
  const administrator = await staff(world, "administrator");
  const { id } = world.service.tools.portals.defaultPortal();
  await administrator.visit(`${place}/${id}`);
  assert.equal(administrator.page.all(".tabs a").length, 0, "nobody connects to the installation itself");
  administrator.fill("Название", "строка\u202eобратно");
  await administrator.press("Сохранить");
  assert.match(administrator.page.problem("Название") ?? "", /Только обычный текст/);
  administrator.fill("Название", "Новая <b>Ромашка</b>");
  administrator.tick("Свой цвет");
  administrator.fill("Оттенок", "150");
  administrator.fill("Администратор портала", "Мария, доб. 12");
  administrator.fill("Имя отправителя", "Робот");
  await administrator.press("Сохранить");
  assert.match(administrator.page.text, /Сохранено/);
  const picture = sharp({ create: { width: 90, height: 60, channels: 3, background: "#ff0000" } });
  await administrator.visit(`${place}/${id}`);
  administrator.attach("Логотип", Buffer.from("просто текст"));
  await administrator.press("Загрузить");
  assert.match(administrator.page.problem("Логотип") ?? "", /Это не картинка/);
  administrator.attach("Логотип", await picture.png().toBuffer());
  await administrator.press("Загрузить");
  const person = visitor(world);
  await person.visit("/recovery");
  assert.match(person.page.title, /Новая <b>Ромашка<\/b>/);
  assert.ok(!person.page.answer.body.includes("<b>Ромашка"), "a name stays text");
  const logo = person.page.all(".brand img")[0]?.getAttribute("src") ?? "";
  const shown = await person.raw(logo);
  assert.deepEqual([shown.status, shown.headers["content-type"]], [200, "image/webp"]);
  person.fill("E-mail или телефон", anna.email);
  await person.press("Далее");
  const letter = await lastLetter(world, anna.email);
  assert.equal(letter.mail.parsed.from?.value[0]?.name, "Робот");
  await person.visit("/recovery/login");
  assert.match(person.page.text, /Мария, доб\. 12/);
  const fields = { ownHue: "on", hue: "999", name: "", style: "evil", channel_desk: "on" };
  const refused = await post(administrator, `${place}/${id}`, fields);
  assert.equal(refused.status, 422);
  assert.match(refused.body, /Оставьте письмо или SMS/);
  assert.match(refused.body, /число от 0 до 359/);
  const kept = await post(administrator, `${place}/${id}`, { channel_letter: "on" });
  assert.equal(kept.status, 303);
  assert.equal(
    world.service.tools.portals.defaultPortal().name,
    "Ромашка",
    "an empty field gives the setting back",
  );
  assert.deepEqual(await recorded(world), [
    "portal.changed name, hue, admin_contact, sender_name",
    "portal.changed logo",
    "portal.changed name, hue, channels, admin_contact, sender_name",
  ]);
});

journey("who may enter: named people and groups see the tile, everybody else does not", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const id = await portalIn(world, "Ромашка · CRM", { homeUrl: "https://crm.romashka.example/start" });
  const administrator = await staff(world, "administrator");
  const tiles = async (who: PersonWish) => {
    const person = await signedIn(world, who);
    return person.page.all(".tiles a").map((tile) => tile.getAttribute("href"));
  };
  assert.deepEqual(await tiles(anna), ["https://crm.romashka.example/start"]);
  await administrator.visit(`${place}/${id}/people`);
  administrator.fill("Кому открыт портал", "listed");
  await administrator.press("Сохранить");
  assert.deepEqual(await tiles(anna), []);
  administrator.fill("Логин, e-mail или телефон", "nobody@romashka.example");
  await administrator.press("Открыть доступ");
  assert.match(administrator.page.problem("Логин, e-mail или телефон") ?? "", /Такого аккаунта нет/);
  administrator.fill("Логин, e-mail или телефон", anna.email);
  await administrator.press("Открыть доступ");
  assert.deepEqual(await tiles(anna), ["https://crm.romashka.example/start"]);
  assert.deepEqual(await tiles(ivan), []);
  const person = await signedIn(world, anna);
  assert.match(person.page.text, /Вы вошли как .*\(anna\)/);
  await person.press("Сменить");
  assert.equal(person.page.heading, "Вход");
  await administrator.visit(`${place}/${id}/people`);
  await administrator.press("Закрыть доступ: Анна Петрова");
  assert.deepEqual(await tiles(anna), []);
});

journey(
  "AD2, AD8: administrators dress portals, owners connect them, nobody else finds the pages",
  async (world) => {
    const id = await portalIn(world, "CRM");
    const own = world.service.tools.portals.defaultPortal().id;
    const looks = [place, `${place}/${id}`, `${place}/${id}/people`];
    const connections = ["connection", "clients", "secret", "archive"].map((end) => `${place}/${id}/${end}`);
    const presses = [`${place}/${id}`, `${place}/${id}/logo/remove`, `${place}/${id}/people`];
    const strong = ["connection", "secret", "secret/end", "archive"].map((end) => `${place}/${id}/${end}`);
    await world.addPerson(anna);
    for (const role of ["person", "desk", "administrator", "owner"] as const) {
      const who = await staff(world, role);
      const may = { look: role === "administrator" || role === "owner", connect: role === "owner" };
      for (const address of looks)
        assert.equal((await who.raw(address)).status, may.look ? 200 : 404, address);
      for (const address of [...connections, "/admin/new-portal"]) {
        assert.equal((await who.raw(address)).status, may.connect ? 200 : 404, `${role} ${address}`);
      }
      for (const address of presses) {
        const { status } = await post(who, address, { name: "CRM", channel_letter: "on", access: "all" });
        assert.equal(status, may.look ? 303 : 404, `${role} presses ${address}`);
      }
      if (role === "owner") continue;
      for (const address of [...strong, "/admin/new-portal", `${place}/${id}/connection/check`]) {
        assert.equal((await post(who, address)).status, 404, `${role} presses ${address}`);
      }
    }
    const owner = await signedIn(world, staffed("owner"));
    for (const foreign of ["0190aaaa-0000-7000-8000-000000000000", "x", "%00", own]) {
      for (const end of ["people", "connection", "secret", "archive", "clients"]) {
        assert.equal((await owner.raw(`${place}/${foreign}/${end}`)).status, 404, foreign);
      }
    }
    world.clock.forward({ minutes: 6 });
    for (const address of [`${place}/${id}/secret`, `${place}/${id}/archive`, "/admin/new-portal"]) {
      const asked = await owner.raw(address);
      assert.match(asked.headers.location ?? "", /^\/me\/confirm/, address);
      assert.match((await post(owner, address)).headers.location ?? "", /^\/me\/confirm/, address);
    }
    assert.equal(world.service.tools.portals.portal(id)?.name, "CRM");
  },
);
