/** What nobody gets by way of an outside service: somebody else's account. */
import assert from "node:assert/strict";
import { through, wayBack } from "../outside/elsewhere.ts";
import {
  anna,
  boris,
  button,
  comeIn,
  email,
  letterTo,
  linked,
  outside,
  recoveryLetter,
} from "../outside/steps.ts";
import { choosePassword, isSignedIn, signedIn, signIn } from "../steps.ts";
import { visitor } from "../walker.ts";

const nobodys = "Этот аккаунт Ромашка ID ни к кому не привязан";
const lost = "Начните вход ещё раз";

outside(
  "SO1 an outside account opens one account of ours, whoever wishes to link it after",
  async (world) => {
    await world.addPerson(anna);
    await world.addPerson(boris);
    await linked(world, anna, "anna");
    const person = await linked(world, boris, "anna");
    assert.ok(person.page.text.includes("Этот аккаунт Ромашка ID привязан к другому человеку"));
    assert.ok((await comeIn(world)).page.text.includes("Анна Петрова"));
  },
);

const unproven = {
  "is not proven": { email, email_verified: false },
  "is proven by a text": { email, email_verified: "true" },
  "is proven by a number": { email, email_verified: 1 },
  "comes without a word about its proof": { email },
};

for (const [why, told] of Object.entries(unproven)) {
  outside(
    `SO2 an e-mail that ${why} opens nothing, and does not tell whether it is known here`,
    async (world) => {
      const before = await comeIn(world);
      await world.addPerson(anna);
      const after = await comeIn(world);
      assert.equal(after.page.status, 403);
      assert.equal(after.page.heading, nobodys);
      assert.equal(after.page.text, before.page.text);
      assert.ok(after.page.text.includes("Ольга, olga@romashka.example"));
      assert.equal(await isSignedIn(after), false);
    },
    { people: { anna: told } },
  );
}

outside(
  "SO2 a proven e-mail opens nothing while its provider is not trusted with mailboxes",
  async (world) => {
    await world.addPerson(anna);
    assert.equal((await comeIn(world)).page.heading, nobodys);
  },
  { settings: { SOCIAL_OIDC_TRUST_EMAIL: "off" } },
);

outside("SO2 a mailbox that nobody proved here asks for the password first", async (world) => {
  await world.addPerson({ ...anna, contactsProven: false });
  const person = await comeIn(world);
  assert.equal(person.page.heading, "Такой e-mail уже есть");
  assert.ok(person.page.text.includes("Войдите паролем, чтобы привязать Ромашка ID."));
  assert.equal(person.page.link("Войти паролем"), "/sign-in?return_to=/me/social");
  assert.equal(await isSignedIn(person), false);
});

outside(
  "SO3 whoever linked before the mailbox was proven is out once its holder proves it",
  async (world) => {
    await world.addPerson({ ...anna, contactsProven: false });
    await linked(world, anna, "stranger");
    assert.equal((await comeIn(world, "stranger")).page.heading, "Моя страница");

    const { link } = await recoveryLetter(world);
    const owner = visitor(world);
    await owner.visit(link);
    await choosePassword(owner, "семь оранжевых велосипедов");
    assert.equal(owner.page.heading, "Пароль был успешно изменен");
    assert.equal((await comeIn(world, "stranger")).page.heading, nobodys);
  },
  { people: { stranger: { name: "Чужой" } } },
);

outside(
  "SO3 a first proof from elsewhere, by the letter that confirms the address, puts them out as well",
  async (world) => {
    await world.addPerson({ ...anna, contactsProven: false });
    const stranger = await linked(world, anna, "stranger");
    await stranger.visit("/me/email");
    await stranger.press("Отправить письмо");
    const owner = visitor(world);
    await owner.visit((await letterTo(world, "/me/email/link")).link);
    await owner.press("Подтвердить");
    assert.equal((await comeIn(world, "stranger")).page.heading, nobodys);
  },
  { people: { stranger: { name: "Чужой" } } },
);

outside("SO3 «Это не я» takes away what was linked or used since", async (world, provider) => {
  await world.addPerson(anna);
  await linked(world, anna, "anna");
  const letter = (await world.messagesTo(email)).find(({ subject }) => subject.startsWith("Привязан"));
  const owner = visitor(world);
  await owner.visit(/\S+\/veto\/link\?key=\S+/.exec(letter?.text ?? "")?.[0] ?? "");
  assert.ok(owner.page.text.includes("Ромашка ID"), "the page says what will go");
  await owner.press("Это не я, закрыть вход");
  // Its proven e-mail would link it anew.
  provider.people.anna = { name: "Анна" };
  assert.equal((await comeIn(world)).page.heading, nobodys);
});

outside("SO4 an answer is taken once, with its own state, in the browser that left", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit("/sign-in");
  const back = await wayBack(person, button, "anna");
  const other = visitor(world);
  await other.visit(back);
  assert.equal(other.page.heading, lost);
  const altered = new URL(back);
  altered.searchParams.set("state", "x".repeat(43));
  await person.visit(altered.href);
  assert.equal(person.page.heading, lost);
  await person.visit(back);
  assert.equal(person.page.heading, lost, "the altered answer has ended the flow");

  await person.visit("/sign-in");
  const good = await wayBack(person, button, "anna");
  await person.visit(good);
  assert.equal(person.page.heading, "Моя страница");
  await person.visit(good);
  assert.equal(person.page.heading, "Начните ещё раз");
  await person.follow("К привязанным сервисам");
  assert.equal(person.page.heading, "Соцсети", "who is in stays in");
});

outside("SO4 an answer that took longer than ten minutes is not taken", async (world) => {
  await world.addPerson(anna);
  const person = visitor(world);
  await person.visit("/sign-in");
  const back = await wayBack(person, button, "anna");
  world.clock.forward({ minutes: 11 });
  await person.visit(back);
  assert.equal(person.page.heading, lost);
  assert.equal(await isSignedIn(person), false);
});

outside("SO5 linking wants a press on our page, from this site alone", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  const elsewhere = { method: "POST", headers: { "Sec-Fetch-Site": "cross-site" } };
  assert.equal((await person.raw("/me/social/link/oidc", elsewhere)).status, 403);
  assert.equal((await person.raw("/me/social/link/oidc")).status, 404);
  assert.equal((await person.raw("/me/social/unlink", elsewhere)).status, 403);
  assert.equal((await person.raw("/social/oidc/start", elsewhere)).status, 403);
  assert.equal((await person.raw("/social/oidc/callback", elsewhere)).status, 403, "it posts nothing back");
});

outside("SO5 linking wants a proof of the last five minutes", async (world) => {
  await world.addPerson(anna);
  const person = await signedIn(world, anna);
  world.clock.forward({ minutes: 6 });
  await person.visit("/me/social");
  await person.press(button);
  assert.match(person.page.path, /^\/me\/confirm\?/);
  person.fill("Текущий пароль", anna.password);
  await person.press("Продолжить");
  assert.equal(person.page.heading, "Соцсети");
  await through(person, button, "anna");
  assert.ok(person.page.text.includes("Ромашка ID привязан"));
});

outside(
  "AV3 M7 a service that is away while it is to be linked leads back to linking",
  async (world, provider) => {
    await world.addPerson(anna);
    const person = await signedIn(world, anna);
    await person.visit("/me/social");
    await provider.close();
    await person.press(button);
    assert.equal(person.page.status, 503);
    assert.ok(person.page.text.includes("Ничего не привязано"));
    await person.press("Попробовать ещё раз");
    assert.equal(person.page.status, 503, "the same wish once more, not a sign-in");
    await person.follow("К привязанным сервисам");
    assert.ok(person.page.text.includes("Пока ничего не привязано"));
  },
);

outside("SO5 what one person wished to link is not linked to who is signed in by then", async (world) => {
  await world.addPerson(anna);
  await world.addPerson(boris);
  const person = await signedIn(world, anna);
  await person.visit("/me/social");
  const back = await wayBack(person, button, "anna");
  await person.visit("/me");
  await person.press("Выйти");
  await signIn(person, boris);
  await person.visit(back);
  await person.visit("/me/social");
  assert.ok(person.page.text.includes("Пока ничего не привязано"));
});

outside(
  "AV3 leaving for a service has its limit for each address, told with the time to wait",
  async (world) => {
    await world.addPerson(anna);
    await comeIn(world);
    const person = visitor(world);
    await person.visit("/sign-in");
    const { address, ...start } = person.formFor(button);
    // The one who came in has not been counted.
    for (let press = 0; press < 60; press += 1) assert.equal((await person.raw(address, start)).status, 303);
    await person.press(button);
    assert.equal(person.page.status, 429);
    assert.ok(Number(person.page.answer.headers["retry-after"]) > 0);
    assert.ok(person.page.text.includes("Слишком много попыток. Следующая — через"));
  },
);
