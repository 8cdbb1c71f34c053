/** Two portals of different styles on one installation: what began at one looks like it and ends there. */
import assert from "node:assert/strict";
import {
  addPortal,
  changePortal,
  type PortalWish,
  plainWish,
} from "../../src/portal-registry/portal-registry.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { choosePassword, lastLetter } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const by = { actor: "system", address: "" };
const crm: PortalWish = {
  ...plainWish,
  name: "Ромашка · CRM",
  homeUrl: "https://crm.romashka.example/",
  initiateLoginUri: "https://crm.romashka.example/login",
  redirectUris: ["https://crm.romashka.example/cb"],
  adminContact: "Олег Ким, доб. 12",
  button: "send",
  hue: 300,
};
const box: PortalWish = {
  ...plainWish,
  name: "Коробка",
  homeUrl: "https://box.romashka.example/",
  redirectUris: ["https://box.romashka.example/cb"],
  style: "control-string",
  senderName: "Робот Коробки",
  hue: 30,
};

async function portals(world: World): Promise<{ crm: string; box: string }> {
  const ids = [];
  for (const wish of [crm, box]) {
    const added = await addPortal(world.service.tools, wish, by);
    assert.equal(added.kind, "added");
    if (added.kind === "added") ids.push(added.portal.id);
  }
  const [crmId = "", boxId = ""] = ids;
  return { crm: crmId, box: boxId };
}

/** Where the last page sends the browser on to. */
function onward(person: Visitor): string | undefined {
  return person.answers.at(-1)?.headers.refresh?.toString().replace("0; url=", "");
}

journey(
  "M1, M6, M27, M28, M29: two portals, two styles, and each recovery ends where it began",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const id = await portals(world);

    const atCrm = visitor(world);
    await atCrm.visit(`/sign-in?portal=${id.crm}`);
    assert.equal(atCrm.page.title, "Вход · Ромашка · CRM");
    assert.match(atCrm.page.text, /Портал «Ромашка · CRM»/);
    assert.match(atCrm.answers.at(-1)?.body ?? "", /\/look\/accent\/300\.css/);
    await atCrm.follow("Забыли пароль?");
    atCrm.fill("E-mail или телефон", anna.email);
    await atCrm.press("Выслать");
    const letter = await lastLetter(world, anna.email);
    assert.equal(letter.mail.parsed.from?.value[0]?.name, "Ромашка · CRM");
    assert.equal(letter.mail.parsed.from?.value[0]?.address, "no-reply@id.romashka.example");
    assert.match(letter.text, /Ромашка · CRM/);
    assert.match(letter.html, /#60438d/, "the button has the portal's colour");
    assert.doesNotMatch(letter.html, /#0f5f6f/);

    const atBox = visitor(world);
    await atBox.visit(`/sign-in?portal=${id.box}`);
    assert.equal(atBox.page.title, "Вход · Коробка");
    await atBox.follow("Забыли свой пароль?");
    atBox.fill("Логин или e-mail", ivan.login);
    await atBox.press("Выслать контрольную строку");
    const boxLetter = await lastLetter(world, ivan.email);
    assert.equal(boxLetter.mail.parsed.from?.value[0]?.name, "Робот Коробки");
    assert.match(boxLetter.text, /Контрольная строка/);

    // Both letters are opened in browsers that have never heard of the portals, by way of another instance.
    const second = await world.another();
    const elsewhere = visitor(world, { at: second.url });
    await elsewhere.visit(letter.link.replace(world.url, second.url));
    assert.equal(elsewhere.page.title, "Новый пароль · Ромашка · CRM");
    await choosePassword(elsewhere, newPassword);
    assert.equal(elsewhere.page.path, "/recovery/done");
    assert.match(elsewhere.page.text, /вы попадёте на портал «Ромашка · CRM»/);
    const notice = await lastLetter(world, anna.email);
    assert.match(notice.subject, /^Пароль изменён — Ромашка · CRM/);
    await elsewhere.follow("Войти");
    elsewhere.fill("Пароль", newPassword);
    await elsewhere.press("Войти");
    assert.equal(elsewhere.page.path, "/portal");
    assert.equal(elsewhere.page.status, 200, "a page of ours stands between the form and the portal");
    const start = `https://crm.romashka.example/login?iss=${encodeURIComponent(world.url)}`;
    assert.equal(onward(elsewhere), start);
    assert.equal(elsewhere.page.link("Продолжить"), start);

    const phone = visitor(world);
    await phone.visit(boxLetter.link);
    assert.equal(phone.page.path, "/recovery/string");
    assert.match(phone.page.title, /Коробка$/);
    await choosePassword(phone, newPassword);
    assert.equal(phone.page.path, "/recovery/done");
    await phone.follow("Войти");
    phone.fill("Пароль", newPassword);
    await phone.press("Войти");
    assert.equal(onward(phone), "https://box.romashka.example/");

    // Straight from the portal's link into the form, with no page between.
    const direct = visitor(world);
    await direct.visit(`/sign-in?portal=${id.box}`);
    direct.fill("E-mail, телефон или логин", ivan.login);
    direct.fill("Пароль", newPassword);
    await direct.press("Войти");
    assert.equal(onward(direct), "https://box.romashka.example/");

    const stranger = visitor(world);
    await stranger.visit("/sign-in");
    assert.equal(stranger.page.title, "Вход · Ромашка");
    await stranger.visit("/portal");
    assert.match(stranger.page.path, /^\/sign-in/, "without a portal there is nowhere to go on to");
  },
);

journey("M18: what an administrator changes is seen by everybody, on every instance", async (world) => {
  await world.addPerson(anna);
  const { tools } = world.service;
  const second = await world.another();
  const { id } = tools.portals.defaultPortal();
  const wish: PortalWish = {
    ...plainWish,
    name: "Новая Ромашка",
    adminContact: "Мария, it@romashka.example",
    style: "control-string",
    remindsLogin: false,
    channels: ["letter"],
    hue: 150,
  };
  assert.deepEqual(await changePortal(tools, id, wish, by), { kind: "changed" });
  await second.service.tools.portals.refresh();
  for (const url of [world.url, second.url]) {
    const person = visitor(world, { at: url });
    await person.visit("/recovery");
    assert.equal(person.page.title, "Восстановление пароля · Новая Ромашка");
    assert.match(person.page.text, /Логин или e-mail/);
    assert.doesNotMatch(person.page.text, /SMS/);
    await person.visit("/recovery/login");
    assert.match(person.page.text, /Мария, it@romashka\.example/);
    assert.throws(() => person.page.field("E-mail"));
    await person.visit("/help/forgot-login");
    assert.match(person.page.text, /Мария/);
    // It has no desk, so the form leads to who helps instead, and takes nothing.
    for (const body of [undefined, "login=anna&answer=me%40elsewhere.example&story=help"]) {
      const headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
      };
      const sent = await person.raw("/support", body === undefined ? {} : { method: "POST", headers, body });
      assert.deepEqual([sent.status, sent.headers.location], [303, "/help/support"]);
    }
    await person.visit("/support");
    assert.match(person.page.text, /Напишите администратору портала.* Мария, it@romashka\.example/);
    await person.visit("/support/find");
    assert.ok(!person.page.text.includes("Новое обращение"));
  }
  const person = visitor(world);
  await person.visit("/recovery");
  person.fill("Логин или e-mail", anna.email);
  await person.press("Выслать контрольную строку");
  const letter = await lastLetter(world, anna.email);
  assert.equal(letter.mail.parsed.from?.value[0]?.name, "Новая Ромашка");
});

journey(
  "OP1, HT3: nothing but registered addresses and paths of ours is ever gone on to",
  async (world) => {
    await world.addPerson(anna);
    const id = await portals(world);
    const person = visitor(world);
    for (const portal of ["evil", "https://evil.example", `${id.crm}x`, ""]) {
      await person.visit(`/sign-in?portal=${encodeURIComponent(portal)}`);
      assert.equal(person.page.title, "Вход · Ромашка");
      await person.visit("/portal");
      assert.equal(onward(person), undefined);
    }
    await person.visit(`/recovery?portal=${id.box}&back=//evil.example&return_to=https://evil.example`);
    await person.visit("/portal");
    assert.equal(onward(person), "https://box.romashka.example/");
    await person.visit("/admin");
    assert.match(person.page.title, /· Ромашка$/, "the console is the installation's");
    for (const path of [
      "/look/accent/360.css",
      "/look/accent/1.css%00",
      "/look/accent/007.css",
      "/look/logo/x",
    ]) {
      assert.equal((await person.raw(path)).status, 404, path);
    }
    const style = await person.raw("/look/accent/300.css");
    assert.equal(style.status, 200);
    assert.match(style.headers["cache-control"] ?? "", /immutable/);
  },
  { embeddedOnly: true },
);
