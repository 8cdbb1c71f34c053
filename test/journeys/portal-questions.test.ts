/** What a portal may ask of a person on the way, and what the person sees of it. */
import assert from "node:assert/strict";
import { changeMember } from "../../src/portal-registry/portal-registry.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import {
  type Asked,
  askedBy,
  askToken,
  exchange,
  openPortal,
  type TestPortal,
  travel,
} from "../portals/portal.ts";
import { choosePassword, lastLetter, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const by = { actor: "cli", address: "terminal" };

/** Presses, and follows until the portal or the next question. */
async function pressOn(world: World, person: Visitor, button: string) {
  const { address, ...wish } = person.formFor(button);
  const answer = await person.raw(address, wish);
  const next = answer.headers.location ?? /url=(.*)$/.exec(String(answer.headers.refresh))?.[1];
  assert.ok(next, `«${button}» leads nowhere (${answer.status})`);
  return travel(world, person, next);
}

async function ends(portal: TestPortal, asked: Asked, end: Awaited<ReturnType<typeof travel>>) {
  assert.equal(end.kind, "away", end.kind === "page" ? end.answer.body : "");
  if (end.kind !== "away") throw new Error("unreachable");
  return exchange(portal, asked, end.url);
}

function errorOf(end: Awaited<ReturnType<typeof travel>>): string | null {
  assert.equal(end.kind, "away", end.kind === "page" ? end.answer.body : "");
  return end.kind === "away" ? end.url.searchParams.get("error") : null;
}

async function typePassword(person: Visitor, who: { login: string; password: string }): Promise<void> {
  person.fill("E-mail, телефон или логин", who.login);
  person.fill("Пароль", who.password);
}

journey("M6 a password forgotten on the way to a portal is recovered on the way to it", async (world) => {
  await world.addPerson(anna);
  const portal = await openPortal(world);
  try {
    const person = visitor(world);
    const asked = await askedBy(portal);
    await travel(world, person, asked.url.href);
    assert.match(person.page.text, /Портал «База знаний»/);
    await person.follow("Забыли пароль?");
    person.fill("E-mail или телефон", anna.email);
    await person.press("Далее");
    await person.visit((await lastLetter(world, anna.email)).link);
    await choosePassword(person, newPassword);
    assert.match(person.page.text, /База знаний/);
    await person.visit("/sign-in");
    await typePassword(person, { login: anna.email, password: newPassword });
    const tokens = await ends(portal, asked, await pressOn(world, person, "Войти"));
    assert.equal(tokens.claims()?.email, anna.email);
    await person.visit("/portal");
    assert.ok(!person.page.path.includes("interaction"), "the way that is over is gone back to");
  } finally {
    await portal.close();
  }
});

journey("OP7 prompt, max_age, acr and hints are honoured, and auth_time is true", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const portal = await openPortal(world);
  try {
    const stranger = visitor(world);
    const none = await askedBy(portal, { prompt: "none" });
    assert.equal(errorOf(await travel(world, stranger, none.url.href)), "login_required");

    const person = await signedIn(world, anna);
    const signedInAt = Math.floor(world.clock.now() / 1_000);
    world.clock.forward({ minutes: 2 });
    const silent = await askedBy(portal, { prompt: "none", max_age: "600" });
    const quiet = await ends(portal, silent, await travel(world, person, silent.url.href));
    assert.ok(Math.abs(Number(quiet.claims()?.auth_time) - signedInAt) <= 1);
    assert.equal(quiet.claims()?.acr, "1");

    const tooOld = await askedBy(portal, { prompt: "none", max_age: "60" });
    assert.equal(errorOf(await travel(world, person, tooOld.url.href)), "login_required");

    for (const more of [{ max_age: "60" }, { prompt: "login" }] as Record<string, string>[]) {
      world.clock.forward({ minutes: 2 });
      const asked = await askedBy(portal, more);
      await travel(world, person, asked.url.href);
      assert.equal(person.page.heading, "Подтвердите, что это вы", JSON.stringify(more));
      person.fill("Текущий пароль", "не тот пароль вовсе");
      await person.press("Продолжить");
      assert.match(person.page.text, /Неверный/);
      person.fill("Текущий пароль", anna.password);
      const tokens = await ends(portal, asked, await pressOn(world, person, "Продолжить"));
      const now = Math.floor(world.clock.now() / 1_000);
      assert.ok(now - Number(tokens.claims()?.auth_time) <= 5, JSON.stringify(more));
    }

    const choice = await askedBy(portal, { prompt: "select_account" });
    await travel(world, person, choice.url.href);
    assert.equal(person.page.heading, "Кто входит?");
    await ends(portal, choice, await pressOn(world, person, "Продолжить как Анна Петрова"));
    const change = await askedBy(portal, { prompt: "select_account" });
    await travel(world, person, change.url.href);
    await pressOn(world, person, "Войти под другим логином");
    assert.equal(person.page.heading, "Вход");
    await typePassword(person, ivan);
    const his = await ends(portal, change, await pressOn(world, person, "Войти"));
    assert.equal(his.claims()?.email, ivan.email);

    const expected = await askedBy(portal, { id_token_hint: quiet.id_token ?? "" });
    await travel(world, person, expected.url.href);
    assert.match(person.page.text, /ждёт другого человека/);

    const remembered = await signedIn(world, anna, { remember: true });
    world.clock.forward({ hours: 25 });
    const weak = await askedBy(portal);
    const device = await ends(portal, weak, await travel(world, remembered, weak.url.href));
    assert.equal(device.claims()?.acr, "0");
    const strong = await askedBy(portal, { acr_values: "1" });
    await travel(world, remembered, strong.url.href);
    assert.equal(remembered.page.heading, "Подтвердите, что это вы");
    remembered.fill("Текущий пароль", anna.password);
    const proven = await ends(portal, strong, await pressOn(world, remembered, "Продолжить"));
    assert.equal(proven.claims()?.acr, "1");
  } finally {
    await portal.close();
  }
});

journey("a portal of somebody else asks first, and a closed one says whom to ask", async (world) => {
  const id = await world.addPerson(anna);
  const foreign = await openPortal(world, { name: "Партнёр", isForeign: true });
  const closed = await openPortal(world, {
    name: "Бухгалтерия",
    access: "listed",
    adminContact: "Олег Ким, доб. 12",
  });
  try {
    const person = await signedIn(world, anna);
    const first = await askedBy(foreign);
    await travel(world, person, first.url.href);
    assert.equal(person.page.heading, "Разрешить вход в «Партнёр»?");
    assert.match(person.page.text, /anna@romashka\.example/);
    assert.equal(errorOf(await pressOn(world, person, "Не разрешать")), "access_denied");
    const second = await askedBy(foreign, { scope: "openid profile" });
    await travel(world, person, second.url.href);
    assert.doesNotMatch(
      person.page
        .all("main ul")
        .map((each) => each.text)
        .join(""),
      /romashka/,
    );
    const tokens = await ends(foreign, second, await pressOn(world, person, "Разрешить и войти"));
    assert.equal(tokens.claims()?.name, anna.name);
    assert.equal(tokens.claims()?.email, undefined);
    const third = await askedBy(foreign, { scope: "openid profile" });
    await ends(foreign, third, await travel(world, person, third.url.href));
    const more = await askedBy(foreign, { scope: "openid email" });
    await travel(world, person, more.url.href);
    assert.equal(person.page.heading, "Разрешить вход в «Партнёр»?");

    const asked = await askedBy(closed);
    await travel(world, person, asked.url.href);
    assert.equal(person.page.heading, "Портал «Бухгалтерия» для вас закрыт");
    assert.match(person.page.text, /Олег Ким, доб\. 12/);
    const silent = await askedBy(closed, { prompt: "none" });
    assert.equal(errorOf(await travel(world, person, silent.url.href)), "access_denied");
    const { tools } = world.service;
    const member = { kind: "account", id } as const;
    await changeMember(tools, closed.id, { member, may: true }, by);
    const open = await askedBy(closed);
    const allowed = await ends(closed, open, await travel(world, person, open.url.href));
    assert.equal(allowed.claims()?.sub, id);
    await changeMember(tools, closed.id, { member, may: false }, by);
    const fields = { grant_type: "refresh_token", refresh_token: allowed.refresh_token ?? "" };
    assert.equal((await askToken(world, closed, fields)).status, 400, "a closed portal goes on in the back");
  } finally {
    await foreign.close();
    await closed.close();
  }
});
