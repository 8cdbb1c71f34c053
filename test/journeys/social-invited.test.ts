/** An invitation that is taken through an outside service instead of a first password. */
import assert from "node:assert/strict";
import { through, wayBack } from "../outside/elsewhere.ts";
import { button, outside } from "../outside/steps.ts";
import { isSignedIn, lastLetter, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const olga = {
  login: "olga",
  name: "Ольга Орлова",
  role: "owner",
  password: "тихая лодка под звёздами",
} as const;
const mailbox = (login: string) => `${login}@romashka.example`;
/** What the provider says of an e-mail is not ours, so that nothing but the invitation can be the reason. */
const people = { maria: { name: "Мария там" }, oleg: { name: "Олег там" } };

async function invite(staff: Visitor, login: string): Promise<void> {
  await staff.visit("/admin/new-user");
  staff.fill("Имя", login);
  staff.fill("Логин", login);
  staff.fill("E-mail", mailbox(login));
  await staff.press("Добавить");
}

/** A fresh browser on the page behind the newest invitation. */
async function opened(world: World, login: string): Promise<Visitor> {
  const person = visitor(world);
  await person.visit((await lastLetter(world, mailbox(login))).link);
  assert.equal(person.page.heading, "Добро пожаловать");
  return person;
}

outside(
  "M30 M7 an invited person comes in through a service instead of choosing a password, once and for good",
  async (world) => {
    await world.addPerson(olga);
    const staff = await signedIn(world, olga);
    await invite(staff, "maria");
    const { link } = await lastLetter(world, mailbox("maria"));
    const maria = await opened(world, "maria");
    // Changing one's mind there leads back, and spends nothing.
    await through(maria, button, "cancel");
    assert.equal(maria.page.path, "/invitation");
    await through(maria, button, "maria");
    assert.equal(maria.page.heading, "Моя страница");

    const other = visitor(world);
    await other.visit(link);
    assert.equal(other.page.status, 410, "the link has done its work");
    await other.visit("/sign-in");
    await through(other, button, "maria");
    assert.equal(other.page.heading, "Моя страница");
    await other.visit("/me/social");
    assert.match(other.page.text, /Пароля портала у вас нет/);
    const letters = (await world.messagesTo(mailbox("maria"))).map(({ subject }) => subject);
    assert.ok(
      letters.some((subject) => subject.startsWith(`Привязан ${button}`)),
      String(letters),
    );
  },
  { people },
);

outside(
  "M30 AV3 a service that is away leads an invited person back to the invitation, which still works",
  async (world, provider) => {
    await world.addPerson(olga);
    await invite(await signedIn(world, olga), "maria");
    const maria = await opened(world, "maria");
    await provider.close();
    await maria.press(button);
    assert.equal(maria.page.status, 503);
    await maria.follow("Вернуться к приглашению");
    assert.equal(maria.page.heading, "Добро пожаловать");
    maria.fill("Новый пароль", "семь оранжевых велосипедов");
    maria.fill("Подтверждение нового пароля", "семь оранжевых велосипедов");
    await maria.press("Сохранить пароль");
    assert.equal(maria.page.heading, "Пароль задан");
  },
  { people },
);

outside(
  "SO1 SO4 SO5 an invitation is taken by the browser that opened it alone, for the account that it names",
  async (world) => {
    await world.addPerson(olga);
    const staff = await signedIn(world, olga);
    await invite(staff, "maria");
    await through(await opened(world, "maria"), button, "maria");
    await invite(staff, "oleg");

    const taken = await opened(world, "oleg");
    await through(taken, button, "maria");
    assert.equal(taken.page.status, 403);
    assert.match(taken.page.text, /привязан к.другому человеку/);
    assert.equal(await isSignedIn(taken), false);
    await taken.follow("Вернуться к приглашению");
    assert.equal(taken.page.heading, "Добро пожаловать", "nothing was spent");

    const stranger = visitor(world);
    await stranger.visit("/sign-in");
    const form = stranger.formFor(button);
    const tried = { ...form, body: `${String(form.body)}&invitation=1` };
    assert.equal((await stranger.raw(form.address, tried)).headers.location, "/invitation");

    // A newer invitation ends the older one also while its person is away at the service.
    const away = await opened(world, "oleg");
    const back = await wayBack(away, button, "oleg");
    await staff.visit("/admin/users");
    await staff.follow("oleg");
    await staff.follow("Выслать приглашение");
    await staff.press("Выслать приглашение");
    await lastLetter(world, mailbox("oleg"));
    await away.visit(back);
    assert.equal(away.page.status, 410);
    assert.equal(await isSignedIn(away), false);

    // Another's invitation, opened meanwhile, is not what was pressed for.
    const swapped = await opened(world, "oleg");
    const answer = await wayBack(swapped, button, "oleg");
    await invite(staff, "nina");
    await swapped.visit((await lastLetter(world, mailbox("nina"))).link);
    await swapped.visit(answer);
    assert.equal(swapped.page.path, "/invitation");
    assert.equal(await isSignedIn(swapped), false);
    assert.match(swapped.page.text, /nina/);
  },
  { people },
);
