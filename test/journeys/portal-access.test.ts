/** What portals may do in a person's name: seen and taken back on «Моя страница», and who that person is. */
import assert from "node:assert/strict";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword } from "../people.ts";
import {
  type Asked,
  askedBy,
  askToken,
  enterPortal,
  exchange,
  openPortal,
  type TestPortal,
  travel,
} from "../portals/portal.ts";
import { choosePassword, isSignedIn, letterFor, letterLike, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

/** Presses, and follows until the portal or the next question. */
async function pressOn(world: World, person: Visitor, button: string) {
  const { address, ...wish } = person.formFor(button);
  const { headers } = await person.raw(address, wish);
  const next = headers.location ?? /url=(.*)$/.exec(String(headers.refresh))?.[1];
  assert.ok(next, `«${button}» leads nowhere`);
  return travel(world, person, next);
}

async function ends(portal: TestPortal, asked: Asked, end: Awaited<ReturnType<typeof travel>>) {
  assert.equal(end.kind, "away", end.kind === "page" ? end.answer.body : "");
  if (end.kind !== "away") throw new Error("unreachable");
  return exchange(portal, asked, end.url);
}

/** Enters a foreign portal, which asks first. */
async function allow(world: World, person: Visitor, portal: TestPortal) {
  const asked = await askedBy(portal);
  await travel(world, person, asked.url.href);
  assert.match(person.page.heading, /^Разрешить вход в «/);
  return ends(portal, asked, await pressOn(world, person, "Разрешить и войти"));
}

async function isRefused(world: { url: string }, portal: TestPortal, token = ""): Promise<boolean> {
  const fields = { grant_type: "refresh_token", refresh_token: token };
  return (await askToken(world, portal, fields)).status === 400;
}

function rowsOf(person: Visitor): string[] {
  return person.page.all(".list > li").map((row) => row.structuredText.replace(/\s+/g, " ").trim());
}

journey("M1 OP4 what a portal may do is seen on one's own page and taken back there", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(ivan);
  const foreign = await openPortal(world, { name: "Партнёр", isForeign: true });
  const own = await openPortal(world);
  const second = await world.another();
  try {
    const person = await signedIn(world, anna);
    await person.visit("/me/portals");
    assert.match(person.page.text, /ни у одного портала нет доступа/);
    const theirs = await allow(world, person, foreign);
    const ours = await enterPortal(world, person, own);
    const other = await signedIn(world, ivan);
    const his = await allow(world, other, foreign);
    assert.match((await letterLike(world, anna.email, "Разрешён доступ порталу «Партнёр»")).text, /anna/);

    person.goTo(second);
    await person.visit("/me/protection");
    assert.match(person.page.text, /Доступ порталов у 2 порталов/);
    await person.follow("Показать и отозвать");
    const [first = "", last = ""] = rowsOf(person);
    assert.match(first, /Партнёр внешний .*Узнаёт: имя и логин, e-mail, телефон Разрешено \d.* · Вход \d/);
    assert.match(last, /База знаний 127\.0\.0\.1:\d+ Вход \d/);
    const twice = person.formFor("Отозвать доступ: Партнёр");
    await person.press("Отозвать доступ: Партнёр");
    assert.match(person.page.text, /Доступ портала «Партнёр» отозван/);
    assert.equal(rowsOf(person).length, 1);
    assert.equal((await person.raw(twice.address, twice)).headers.location, "/me/portals");

    assert.ok(await isRefused(world, foreign, theirs.refresh_token));
    assert.ok(!(await isRefused(world, own, ours.refresh_token)), "another portal was ended, too");
    assert.ok(!(await isRefused(world, foreign, his.refresh_token)), "somebody else's access was ended");
    const letter = await letterLike(world, anna.email, "Доступ портала «Партнёр» отозван");
    assert.match(letter.text, /больше не получает данных аккаунта anna/);
    const told = foreign.peer.requests.filter(({ path }) => path === "/logout");
    assert.equal(told.length, 1, "the portal has not heard of it");
    await person.visit("/me/history");
    assert.match(person.page.text, /Доступ внешнего портала отозван вы/);
    assert.ok(await isSignedIn(person));

    await person.visit("/me/portals");
    await person.press("Завершить вход: База знаний");
    assert.match(person.page.text, /Вход на портале «База знаний» завершён/);
    await person.visit("/me/protection");
    assert.match(person.page.text, /Доступ порталов ни у одного портала/);
    await allow(world, person, foreign);
  } finally {
    await foreign.close();
    await own.close();
  }
});

journey("PC1 «Это не я» takes back what a stranger allowed a portal", async (world) => {
  await world.addPerson(anna);
  const foreign = await openPortal(world, { name: "Партнёр", isForeign: true });
  try {
    const stranger = await signedIn(world, anna);
    const tokens = await allow(world, stranger, foreign);
    const owner = visitor(world);
    await owner.visit((await letterLike(world, anna.email, "Разрешён доступ порталу")).link);
    assert.match(owner.page.text, /Портал «Партнёр» больше не узнает о вас/);
    await owner.press("Это не я, закрыть вход");
    assert.ok(await isRefused(world, foreign, tokens.refresh_token));
    await owner.visit((await letterFor(world, anna.email)).link);
    await choosePassword(owner, newPassword);
    await allow(world, await signedIn(world, { ...anna, password: newPassword }), foreign);
  } finally {
    await foreign.close();
  }
});

journey(
  "M6 whoever is somebody else on the way to a portal comes in there as who they are",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(ivan);
    const foreign = await openPortal(world, { name: "Партнёр", isForeign: true });
    const portal = await openPortal(world);
    const comesIn = async (person: Visitor) => {
      assert.equal(person.page.heading, "Вход");
      assert.match(person.page.text, /Портал «/, "the sign-in does not know where it leads");
      assert.equal(person.page.value("E-mail, телефон или логин"), "", "the login of the other is filled in");
      person.fill("E-mail, телефон или логин", ivan.login);
      person.fill("Пароль", ivan.password);
      return pressOn(world, person, "Войти");
    };
    try {
      // From the question of a foreign portal: Ivan is asked anew, as himself.
      const first = await signedIn(world, anna);
      const consent = await askedBy(foreign, { login_hint: anna.login });
      await travel(world, first, consent.url.href);
      await pressOn(world, first, "Войти под другим логином");
      await comesIn(first);
      assert.match(first.page.text, /Иван Сидоров \(ivan\.sidorov\)/);
      const asIvan = await ends(foreign, consent, await pressOn(world, first, "Разрешить и войти"));
      assert.equal(asIvan.claims()?.email, ivan.email);

      // From the question for the password.
      const second = await signedIn(world, anna);
      world.clock.forward({ minutes: 2 });
      const proof = await askedBy(portal, { prompt: "login" });
      await travel(world, second, proof.url.href);
      assert.equal(second.page.heading, "Подтвердите, что это вы");
      await pressOn(world, second, "Войти под другим логином");
      const proven = await ends(portal, proof, await comesIn(second));
      assert.equal(proven.claims()?.email, ivan.email);

      // From «Моя страница», which one may look at on the way.
      const third = await signedIn(world, anna);
      const choice = await askedBy(portal, { prompt: "select_account" });
      await travel(world, third, choice.url.href);
      await third.visit("/me");
      await pressOn(world, third, "Сменить");
      const chosen = await ends(portal, choice, await comesIn(third));
      assert.equal(chosen.claims()?.email, ivan.email);
    } finally {
      await foreign.close();
      await portal.close();
    }
  },
);
