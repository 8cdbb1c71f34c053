/** Coming in through an outside service, against a real OpenID provider. */
import assert from "node:assert/strict";
import { block, journey } from "../journey.ts";
import { through, wayBack } from "../outside/elsewhere.ts";
import { settingsFor } from "../outside/openid-provider.ts";
import {
  anna,
  button,
  comeIn,
  email,
  letterSubjects,
  linked,
  outside,
  providerPort,
  recoveryLetter,
  withoutPassword,
} from "../outside/steps.ts";
import { askedBy, exchange, openPortal, travel } from "../portals/portal.ts";
import { choosePassword, isSignedIn, signedIn } from "../steps.ts";
import { visitor } from "../walker.ts";

const newPassword = "семь оранжевых велосипедов";

outside(
  "M6 a proven e-mail links once; from then on the subject opens the account",
  async (world, provider) => {
    await world.addPerson(anna);
    const first = await comeIn(world);
    assert.equal(first.page.heading, "Моя страница");
    assert.deepEqual(await letterSubjects(world), [`Привязан ${button}`]);
    const [letter] = await world.messagesTo(email);
    assert.ok(letter?.text.includes("/veto/link?key="), "the letter carries «Это не я»");

    provider.people.anna = { email: "elsewhere@example.org", email_verified: false, name: "Анна" };
    assert.equal((await comeIn(world)).page.heading, "Моя страница");
  },
);

outside(
  "M1 through a service on the way to a portal one ends at the portal, with its request",
  async (world) => {
    const id = await world.addPerson(anna);
    const portal = await openPortal(world);
    try {
      const person = visitor(world);
      const asked = await askedBy(portal);
      await travel(world, person, asked.url.href);
      assert.match(person.page.text, /Портал «База знаний»/);
      const end = await travel(world, person, await wayBack(person, button, "anna"));
      assert.equal(end.kind, "away", end.kind === "page" ? end.answer.body : "");
      if (end.kind !== "away") return;
      const claims = (await exchange(portal, asked, end.url)).claims();
      assert.equal(claims?.sub, id);
      assert.deepEqual(claims?.amr, ["fed"]);
    } finally {
      await portal.close();
    }
  },
);

outside("M6 the letter of who has no password leads through the service to the portal", async (world) => {
  const id = await world.addPerson(anna);
  await comeIn(world);
  await withoutPassword(world, id);

  const letter = await recoveryLetter(world);
  assert.match(letter.subject, /^У вас вход через Ромашка ID — запрос от /);
  const [entrance = ""] = /https?:\/\/\S+\/social\/oidc$/m.exec(letter.text) ?? [];
  assert.ok(letter.html.includes(`href="${entrance}"`), "the button leads there");
  assert.equal(letter.code, "", "a code would lead to a password page");
  const person = visitor(world);
  await person.visit(entrance);
  assert.equal(person.page.heading, "Вход через Ромашка ID");
  assert.equal(await isSignedIn(person), false, "opening begins nothing");
  await through(person, "Войти через Ромашка ID", "anna");
  assert.equal(person.page.heading, "Моя страница");
  assert.ok(person.answers.every(({ path }) => !path.includes("password")));
});

outside("M6 the second link of that letter sets a password for who wants one", async (world) => {
  const id = await world.addPerson(anna);
  await comeIn(world);
  await withoutPassword(world, id);
  const { link, text } = await recoveryLetter(world);
  assert.ok(text.includes("Задать пароль портала"));
  const person = visitor(world);
  await person.visit(link);
  await choosePassword(person, newPassword);
  assert.equal(person.page.heading, "Пароль был успешно изменен");
  await signedIn(world, { ...anna, password: newPassword });
  assert.equal((await comeIn(world)).page.heading, "Моя страница", "the service still opens it");
});

outside("M6 whoever has a password as well gets the usual letter", async (world) => {
  await world.addPerson(anna);
  await comeIn(world);
  assert.match((await recoveryLetter(world)).subject, /^Смена пароля — запрос от /);
});

outside("M7 the own page links and unlinks, tells the owner, and keeps the last way in", async (world) => {
  const id = await world.addPerson(anna);
  const person = await linked(world, anna, "anna");
  assert.equal(person.page.heading, "Соцсети");
  assert.ok(person.page.text.includes("Ромашка ID привязан"));
  assert.ok(person.page.text.includes(email), "the owner sees which account it is");

  await withoutPassword(world, id);
  await person.visit("/me/social");
  assert.equal(person.page.link("Задать пароль"), "/me/password");
  await person.press("Отвязать Ромашка ID");
  assert.equal(person.page.status, 422);
  assert.ok(person.page.text.includes("Это единственный способ войти"));

  await person.visit("/me/password");
  person.fill("Новый пароль", newPassword);
  person.fill("Подтверждение нового пароля", newPassword);
  await person.press("Сохранить");
  assert.equal(person.page.heading, "Моя страница");
  await person.visit("/me/social");
  await person.press("Отвязать Ромашка ID");
  assert.ok(person.page.text.includes("Ромашка ID отвязан"));
  const told = ["Привязан Ромашка ID", "Пароль изменён", "Отвязан Ромашка ID"];
  assert.deepEqual(await letterSubjects(world), told.sort());
});

outside(
  "M23 the recovery page offers the services and where their own passwords are recovered",
  async (world) => {
    const person = visitor(world);
    await person.visit("/recovery");
    assert.ok(person.page.text.includes("Вход через соцсеть?"));
    assert.equal(person.page.link("Восстановить пароль: GitHub"), "https://github.com/password_reset");
    await through(person, button, "anna");
    assert.equal(person.page.heading, "Этот аккаунт Ромашка ID ни к кому не привязан");
  },
  { settings: { SOCIAL_GITHUB_CLIENT_ID: "github", SOCIAL_GITHUB_SECRET: "github" } },
);

outside(
  "M6 a proven mailbox of an allowed domain gets an account at its first sign-in, any other gets none",
  async (world) => {
    const person = await comeIn(world, "anna");
    assert.equal(person.page.heading, "Моя страница");
    assert.ok(person.page.text.includes("Анна Петрова"));
    for (const other of ["foreign", "liar"]) {
      const turnedAway = await comeIn(world, other);
      assert.equal(turnedAway.page.heading, "Этот аккаунт Ромашка ID ни к кому не привязан", other);
    }
  },
  {
    settings: { SOCIAL_NEW_PEOPLE: "romashka.example" },
    people: {
      anna: { email, email_verified: true, name: "Анна Петрова" },
      foreign: { email: "anna@example.org", email_verified: true },
      liar: { email: "boss@romashka.example", email_verified: "yes" },
    },
  },
);

outside("M6 a blocked account is not entered through its service either", async (world) => {
  const id = await world.addPerson(anna);
  await comeIn(world);
  await block(world, id);
  const person = await comeIn(world);
  assert.equal(person.page.heading, "Вход закрыт");
  assert.ok(person.page.text.includes("Ольга, olga@romashka.example"));
  assert.equal(await isSignedIn(person), false);
});

outside(
  "M6 who changes their mind is back at the sign-in, still on the way to where they wanted",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await person.visit("/sign-in?return_to=/me/sessions");
    await through(person, button, "cancel");
    assert.equal(person.page.heading, "Вход");
    assert.ok(person.page.text.includes("Вход через Ромашка ID отменён"));
    await through(person, button, "anna");
    assert.equal(person.page.path, "/me/sessions");

    await person.visit("/me");
    await person.press("Выйти");
    assert.ok(person.page.text.includes("Вход в Ромашка ID остался"));
  },
);

outside(
  "MF5 a sign-in through a service ends like any other: known browser, notice, record",
  async (world) => {
    const id = await world.addPerson(anna);
    await linked(world, anna, "anna");
    await comeIn(world);
    assert.deepEqual(await letterSubjects(world), ["Вход с нового устройства", "Привязан Ромашка ID"]);
    const { read } = world.service.tools.store;
    const events = await read.selectFrom("audit_events").selectAll().where("account_id", "=", id).execute();
    const last = events.filter(({ action }) => action === "session.started").at(-1);
    assert.deepEqual(JSON.parse(last?.detail ?? "{}").service, "oidc");
  },
);

journey(
  "AV3 a service that is away holds up neither the sign-in page nor the sentence that says so",
  async (world) => {
    const person = visitor(world);
    await person.visit("/sign-in");
    assert.equal(person.page.status, 200);
    await person.press(button);
    assert.equal(person.page.status, 503);
    assert.equal(person.page.heading.replaceAll("\u00a0", " "), "Нет связи с Ромашка ID");
    assert.ok(person.page.buttons().includes("Попробовать ещё раз"));
    assert.equal(person.page.link("На страницу входа"), "/sign-in");
  },
  { settings: settingsFor(providerPort), embeddedOnly: true },
);
