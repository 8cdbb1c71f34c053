/** Stretches of the way that many journeys share, walked on the pages like everything else. */
import assert from "node:assert/strict";
import { type Visitor, type VisitorOptions, visitor } from "./walker.ts";
import type { Letter, PersonWish, World } from "./world.ts";

/** The same cookies in another window or another's hands, at `at`: as the browser was at this moment. */
export function copyOf(person: Visitor, world: World, at = world.url): Visitor {
  const copy = visitor(world, { at });
  for (const [name, { value }] of person.cookies) copy.cookies.set(name, { value, until: Infinity });
  return copy;
}

/** Opens the question and asks; the visitor stands on whatever page comes. */
export async function ask(person: Visitor, identifier: string): Promise<void> {
  await person.visit("/recovery");
  person.fill("E-mail или телефон", identifier);
  await person.press("Далее");
}

/** Types the new password on the open page and sends it. */
export async function choosePassword(person: Visitor, password: string, repeated = password): Promise<void> {
  person.fill("Новый пароль", password);
  person.fill("Подтверждение нового пароля", repeated);
  await person.press("Сменить пароль");
}

export async function signIn(
  person: Visitor,
  who: { login: string; password: string },
  options: { remember?: boolean } = {},
): Promise<void> {
  await person.visit("/sign-in");
  person.fill("E-mail, телефон или логин", who.login);
  person.fill("Пароль", who.password);
  if (options.remember) person.tick("Не выходить на этом устройстве");
  await person.press("Войти");
}

/** A browser in which this person has just signed in. */
export async function signedIn(
  world: World,
  who: PersonWish,
  options: VisitorOptions & { remember?: boolean } = {},
): Promise<Visitor> {
  const person = visitor(world, options);
  await signIn(person, who, options);
  assert.equal(person.page.heading, "Моя страница");
  return person;
}

/** Whether the browser is still signed in, as its own page says. */
export async function isSignedIn(person: Visitor): Promise<boolean> {
  return (await person.raw("/me/session")).status === 200;
}

/** Asks for the person by e-mail in a browser of its own and gives the newest letter that came of it. */
export async function letterFor(world: World, email: string, options: VisitorOptions = {}): Promise<Letter> {
  const asking = visitor(world, options);
  await ask(asking, email);
  assert.equal(asking.page.heading, "Проверьте почту");
  return lastLetter(world, email);
}

export async function lastLetter(world: World, email: string): Promise<Letter> {
  const letter = (await world.messagesTo(email)).at(-1);
  assert.ok(letter, `no letter came to ${email}`);
  return letter;
}

/** The newest letter whose subject begins like this: others may be written in the same second. */
export async function letterLike(world: World, address: string, subject: string): Promise<Letter> {
  const letter = (await world.messagesTo(address)).findLast((each) => each.subject.startsWith(subject));
  assert.ok(letter, `no letter «${subject}…» came to ${address}`);
  return letter;
}
