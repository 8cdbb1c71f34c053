/** «Устройства»: what is signed in where, what ends it, and which sign-in the owner hears of. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { choosePassword, copyOf, isSignedIn, letterFor, signedIn, signIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const iPhone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 " +
  "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
const yandex =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/140.0.0.0 YaBrowser/25.10.0.0 Safari/537.36";

const onPhone = { headers: { "User-Agent": iPhone }, address: "198.51.100.7" };
const onDesktop = { headers: { "User-Agent": yandex }, address: "203.0.113.4" };
const behindProxy = { settings: { TRUSTED_PROXY_HOPS: "1" } };

/** The rows of the list, each as one line. */
function listed(person: Visitor): string[] {
  return person.page.all(".list > li").map((row) => row.textContent.replace(/\s+/g, " ").trim());
}

function idOf(person: Visitor, name: string): string {
  const row = person.page.all(".list > li").find((each) => each.textContent.includes(name));
  return row?.querySelector("input[name=device]")?.getAttribute("value") ?? "";
}

async function newDeviceLetters(world: World): Promise<string[]> {
  const letters = await world.messagesTo(anna.email);
  return letters
    .filter(({ subject }) => subject.startsWith("Вход с нового устройства"))
    .map(({ text }) => text);
}

journey(
  "SE5: the list names browser, system, address and times, this device first, and ends the others",
  async (world) => {
    await world.addPerson(anna);
    const phone = await signedIn(world, anna, { ...onPhone, remember: true });
    const desktop = await signedIn(world, anna, onDesktop);
    await desktop.visit("/me/sessions");
    const [here = "", there = ""] = listed(desktop);
    assert.match(
      here,
      /^Яндекс Браузер, Windows Это устройство Вход: \d.*Последняя активность: сейчас · .*203\.0\.113\.4/,
    );
    assert.match(there, /^Safari, iPhone вход выполнен.*198\.51\.100\.7 Завершить: Safari, iPhone$/);
    assert.equal(listed(desktop).length, 2);
    const kept = copyOf(phone, world);
    await desktop.press("Завершить: Safari, iPhone");
    assert.match(desktop.page.text, /Вход завершён/);
    assert.equal(listed(desktop).length, 1);
    assert.equal(await isSignedIn(phone), false, "neither its session nor its remembering is left");
    assert.equal(await isSignedIn(kept), false, "nor do the cookies of before open anything");
    assert.equal(await isSignedIn(desktop), true);
  },
  behindProxy,
);

journey("SE5: a remembered device that sleeps is on the list and is ended from there", async (world) => {
  await world.addPerson(anna);
  const phone = await signedIn(world, anna, { headers: onPhone.headers, remember: true });
  world.clock.forward({ hours: 25 });
  const desktop = await signedIn(world, anna, { headers: onDesktop.headers });
  await desktop.visit("/me/sessions");
  assert.match(listed(desktop)[1] ?? "", /Safari, iPhone вход сохранён до \d+ \S+ 20\d\d/);
  await desktop.press("Завершить: Safari, iPhone");
  assert.equal(await isSignedIn(phone), false);
});

journey(
  "SE5: «Выйти на всех устройствах» leaves this one, or ends it as well when asked to",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const neighbour = await signedIn(world, ivan);
    const phone = await signedIn(world, anna, { remember: true });
    const desktop = await signedIn(world, anna, { remember: true });
    await desktop.visit("/me/sessions");
    await desktop.follow("Выйти на всех устройствах");
    await desktop.press("Выйти на всех устройствах");
    assert.match(desktop.page.text, /Вы вышли на всех других устройствах/);
    assert.deepEqual([await isSignedIn(phone), await isSignedIn(desktop)], [false, true]);
    world.clock.forward({ hours: 25 });
    assert.equal(await isSignedIn(desktop), true, "its own remembering stays");
    await desktop.visit("/me/sessions/all");
    desktop.tick("И на этом устройстве тоже");
    await desktop.press("Выйти на всех устройствах");
    assert.equal(desktop.page.heading, "Вход");
    assert.match(desktop.page.text, /Вы вышли/);
    assert.equal(await isSignedIn(desktop), false);
    await signIn(neighbour, ivan);
    assert.equal(neighbour.page.heading, "Моя страница");
  },
);

journey(
  "a proxy that asks who is there is told so at once, and of a remembered device as well",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna, { remember: true });
    const [asked, asProxiesDo, head] = [
      await person.raw("/me/session"),
      await person.raw("/me/session?for=wiki"),
      await person.raw("/me/session", { method: "HEAD" }),
    ];
    const { until, ...told } = JSON.parse(asked.body) as Record<string, unknown>;
    assert.deepEqual([told.signed_in, told.name, told.role], [true, anna.name, "person"]);
    assert.ok(Number(until) > world.clock.now());
    assert.equal(asProxiesDo.body, asked.body);
    assert.deepEqual([head.status, head.body], [200, ""]);
    world.clock.forward({ hours: 25 });
    const revived = await person.raw("/me/session");
    assert.deepEqual([revived.status, (JSON.parse(revived.body) as { name: string }).name], [200, anna.name]);
    const stranger = await visitor(world).raw("/me/session");
    assert.deepEqual([stranger.status, JSON.parse(stranger.body)], [401, { signed_in: false }]);
    const posted = await person.raw("/me/session", { method: "POST", headers: { Origin: world.url } });
    assert.equal(posted.status, 404);
  },
);

journey("AD8: somebody else's device is answered like one that nobody has, and stays", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const ivans = await signedIn(world, ivan, { headers: onPhone.headers });
  const watching = await signedIn(world, ivan, { headers: onDesktop.headers });
  await watching.visit("/me/sessions");
  const foreign = idOf(watching, "Safari, iPhone");
  assert.match(foreign, /^[0-9a-f-]{36}$/);
  const person = await signedIn(world, anna);
  await person.visit("/me/sessions/all");
  const { headers, ...wish } = person.formFor("Выйти на всех устройствах");
  const token = new URLSearchParams(String(wish.body)).get("form_token") ?? "";
  const ask = async (device: string) => {
    const body = new URLSearchParams({ form_token: token, device }).toString();
    const answer = await person.raw("/me/sessions/end", { method: "POST", headers: headers ?? {}, body });
    return [answer.status, answer.headers.location, answer.body];
  };
  assert.deepEqual(await ask(foreign), await ask("01900000-0000-7000-8000-000000000000"));
  assert.deepEqual(await ask(foreign), await ask("' or 1=1 --"));
  assert.equal(await isSignedIn(ivans), true);
  assert.equal(await isSignedIn(person), true);
});

journey("SE5: a device ended on one instance is ended on the other", async (world) => {
  await world.addPerson(anna);
  const two = await world.another();
  const phone = await signedIn(world, anna, { headers: onPhone.headers, remember: true, at: two.url });
  const desktop = await signedIn(world, anna);
  await desktop.visit("/me/sessions");
  await Promise.all([desktop.press("Завершить: Safari, iPhone"), isSignedIn(phone)]);
  assert.equal(await isSignedIn(phone), false);
});

journey(
  "RL15: a sign-in from a browser that is not known is told to the owner, by every letter but the first",
  async (world) => {
    await world.addPerson(anna);
    const own = await signedIn(world, anna, onDesktop);
    assert.deepEqual(await newDeviceLetters(world), [], "the first sign-in of all is no news");
    await own.press("Выйти");
    await signIn(own, anna);
    assert.deepEqual(await newDeviceLetters(world), [], "nor is one from a known browser");
    await signedIn(world, anna, onPhone);
    const [letter = ""] = await newDeviceLetters(world);
    assert.match(letter, /Safari, iPhone/);
    assert.match(letter, /198\.51\.100\.7/);
    await signedIn(world, anna, { ...onPhone, address: "198.51.100.8" });
    assert.equal(
      (await newDeviceLetters(world)).length,
      2,
      "another browser of the same kind is another one",
    );
  },
  behindProxy,
);

journey(
  "RL15: a browser is known for 30 days, and no longer once it was forgotten from the list",
  async (world) => {
    await world.addPerson(anna);
    const own = await signedIn(world, anna, { headers: onDesktop.headers });
    const phone = await signedIn(world, anna, { headers: onPhone.headers });
    await phone.press("Выйти");
    await own.visit("/me/sessions");
    assert.match(listed(own)[1] ?? "", /Safari, iPhone вы вышли.*Забыть/);
    await own.press("Забыть: Safari, iPhone");
    assert.equal(listed(own).length, 1);
    await signIn(phone, anna);
    assert.equal((await newDeviceLetters(world)).length, 2);
    world.clock.forward({ hours: 24 * 31 });
    await signIn(phone, anna);
    assert.equal((await newDeviceLetters(world)).length, 3);
  },
);

journey(
  "RL15: after a recovery the new password's letter is told once, not followed by a second one",
  async (world) => {
    await world.addPerson(anna);
    await signedIn(world, anna);
    const { link } = await letterFor(world, anna.email);
    const browser = visitor(world, { headers: onPhone.headers });
    await browser.visit(link);
    await choosePassword(browser, newPassword);
    await signIn(browser, { ...anna, password: newPassword });
    assert.equal(browser.page.heading, "Моя страница");
    assert.deepEqual(await newDeviceLetters(world), []);
    await signedIn(world, { ...anna, password: newPassword }, { headers: onDesktop.headers });
    assert.equal((await newDeviceLetters(world)).length, 1, "from elsewhere it is news even now");
  },
);

journey("RL3: a forgotten browser has no budget of its own any more", async (world) => {
  await world.addPerson(anna);
  const own = await signedIn(world, anna, { headers: onDesktop.headers });
  const phone = await signedIn(world, anna, { headers: onPhone.headers });
  await own.visit("/me/sessions/all");
  await own.press("Выйти на всех устройствах");
  for (let round = 0; round < 11; round += 1)
    await signIn(phone, { ...anna, password: `не тот пароль ${round}` });
  assert.equal(phone.page.status, 429);
  const known = await world.service.tools.store.read.selectFrom("budgets").select("key").execute();
  assert.ok(
    known.every(({ key }) => !key.startsWith("sign-in known device")),
    "charged like a stranger",
  );
});

journey(
  "SE6: a copied token is told to the owner, written down, and the browser is forgotten",
  async (world) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna, { headers: onDesktop.headers, remember: true });
    const thief = copyOf(person, world);
    thief.cookies.delete("sid");
    world.clock.forward({ hours: 25 });
    assert.equal(await isSignedIn(person), true);
    world.clock.forward({ minutes: 2 });
    assert.equal(await isSignedIn(thief), false);
    assert.equal(await isSignedIn(person), false);
    const { read } = world.service.tools.store;
    const events = await read.selectFrom("audit_events").select("action").execute();
    assert.equal(events.filter(({ action }) => action === "device.copied").length, 1);
    assert.deepEqual(await read.selectFrom("browsers").select("id").execute(), []);
    const subjects = (await world.messagesTo(anna.email)).map(({ subject }) => subject);
    assert.equal(subjects.length, 1, subjects.join(" | "));
  },
);
