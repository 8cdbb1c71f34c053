/**
 * The screens of the changes of password, e-mail and phone and of the veto, for the tours past all of them.
 */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { letterLike } from "../steps.ts";
import { openWorld, type World } from "../world.ts";
import { behindProxy, type Stage, type Visitor } from "./stage.ts";

export type Look = (screen: string, visitor: Visitor) => Promise<void>;

const person = {
  login: "anna",
  email: "anna@romashka.example",
  name: "Анна Петрова",
  phone: "+79161234567",
  password: "вишнёвый трамвай у пруда",
};
const newPassword = "семь оранжевых велосипедов";
const newEmail = "anna.petrova@romashka.example";
const subjects = {
  ru: { confirm: "Подтвердите e-mail", changed: "E-mail изменён" },
  en: { confirm: "Confirm your e-mail", changed: "E-mail changed" },
};

interface Here {
  world: World;
  visitor: Visitor;
  look(screen: string): Promise<void>;
}

/** Walks one person, freshly signed in, past every form of a change to the veto of it. */
export async function tourOfChanges(
  t: TestContext,
  stage: Stage,
  options: { language: "ru" | "en"; width?: number; theme?: "light" | "dark" },
  look: Look,
): Promise<void> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  await world.addPerson({ ...person, language: options.language });
  const visitor = await stage.visit(t, world, options);
  const { page, say } = visitor;
  await page.goto("/sign-in");
  await visitor.fill(say.identifier, person.login);
  await visitor.fill(say.password, person.password);
  await visitor.press(say.signInButton);
  await visitor.sees(say.myPage);
  const here: Here = { world, visitor, look: (screen) => look(screen, visitor) };
  await password(here);
  await email(here);
  await phone(here);
  await veto(here);
}

async function password({ visitor: { page, say, ...visitor }, look }: Here): Promise<void> {
  await page.getByRole("link", { name: say.change, exact: true }).click();
  await page.getByRole("dialog").waitFor();
  await look("change of password, above the page");
  await page.goto("/me/password");
  await look("change of password");
  await visitor.press(say.save);
  await look("change of password, nothing filled in");
  await visitor.fill(say.current, person.password);
  await visitor.fill(say.newPassword, newPassword);
  await visitor.fill(say.repeat, newPassword);
  await visitor.press(say.save);
  await page.getByText(say.changedNotice).waitFor();
  await look("own page, password changed");
}

async function email({ world, visitor: { page, say, language, ...visitor }, look }: Here): Promise<void> {
  world.clock.forward({ minutes: 6 });
  await page.goto("/me/confirm?return_to=/me/phone");
  await look("proving it once more");
  await page.goto("/me/email");
  await look("change of e-mail");
  await visitor.fill(say.newEmail, "anna@romashka");
  await visitor.fill(say.current, newPassword);
  await visitor.press(say.sendLetter);
  await look("change of e-mail, incomplete");
  await visitor.fill(say.newEmail, newEmail);
  await visitor.fill(say.current, newPassword);
  await visitor.press(say.sendLetter);
  await page.getByText(say.pendingEmail).waitFor();
  await look("own page, a change of e-mail waits");
  const { link } = await letterLike(world, newEmail, subjects[language].confirm);
  await page.goto(link);
  await look("confirming the address");
  await visitor.press(say.confirm);
  await visitor.sees(say.confirmed);
  await look("address confirmed");
  await page.goto("/me/email/link?key=foreign");
  await look("confirming, no longer");
}

async function phone({ world, visitor: { page, say, ...visitor }, look }: Here): Promise<void> {
  await page.goto("/me/phone");
  await look("change of phone");
  await visitor.fill(say.newPhone, "8 903 111-22-33");
  await visitor.press(say.getCode);
  await visitor.sees(say.phoneCode);
  await look("code for the phone");
  await visitor.fill(say.phoneCode, "000000");
  await visitor.press(say.confirm);
  await page.locator(".notice.danger").waitFor();
  await look("code for the phone, wrong");
  await page.goto("/me");
  await look("own page, a change of phone waits");
  await page.goto("/me/phone/remove");
  await look("removal of the phone");
  assert.equal((await world.smsTo("+79031112233")).length, 1);
}

async function veto({ world, visitor: { page, say, language, ...visitor }, look }: Here): Promise<void> {
  const { link } = await letterLike(world, person.email, subjects[language].changed);
  await page.goto(link);
  await look("veto");
  await visitor.press(say.closeSignIn);
  await visitor.sees(say.signInClosed);
  await look("veto, done");
  await page.goto("/veto/link?key=foreign");
  await look("veto that does nothing");
}
