/** Password, e-mail and phone changed in a browser: both styles and languages, with scripts and without. */
import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { letterLike } from "../steps.ts";
import { databases, openWorld, type World } from "../world.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const password = "вишнёвый трамвай у пруда";
const newPassword = "семь оранжевых велосипедов";
const subjects = {
  ru: { changed: "Пароль изменён", confirm: "Подтвердите e-mail", email: "E-mail изменён" },
  en: { changed: "Password changed", confirm: "Confirm your e-mail", email: "E-mail changed" },
};

interface Variant {
  style: "passport" | "control-string";
  language: "ru" | "en";
  scripts: boolean;
}

const worlds: Partial<Record<Variant["style"], World>> = {};

before(async () => {
  const [first = "SQLite", second = first] = databases;
  worlds.passport = await openWorld({ database: first, settings: behindProxy });
  const settings = { ...behindProxy, RECOVERY_STYLE: "control-string" };
  worlds["control-string"] = await openWorld({ database: second, settings });
});
after(async () => {
  for (const world of Object.values(worlds)) await world.close();
});

interface Walk {
  world: World;
  visitor: Visitor;
  email: string;
  login: string;
}

/** Somebody of the own, signed in, with their page open. */
async function arrive(t: TestContext, { style, language, scripts }: Variant): Promise<Walk> {
  const world = worlds[style];
  assert.ok(world);
  const login = `person-${Math.random().toString(36).slice(2, 10)}`;
  const phone = `+7903${String(Math.random()).slice(2, 9)}`;
  await world.addPerson({ login, name: "Вера Соболь", phone, password, language });
  const visitor = await stage.visit(t, world, { language, scripts });
  await signIn(visitor, login, password);
  await visitor.sees(visitor.say.myPage);
  return { world, visitor, login, email: `${login}@romashka.example` };
}

async function signIn({ page, say, ...visitor }: Visitor, login: string, typed: string): Promise<void> {
  await page.goto("/sign-in");
  await visitor.fill(say.identifier, login);
  await visitor.fill(say.password, typed);
  await visitor.press(say.signInButton);
}

/** With scripts the link opens a window above the page, without them the page behind it. */
async function openForm({ page, scripts, ...visitor }: Visitor, link: string): Promise<void> {
  await visitor.follow(link);
  if (scripts) await page.getByRole("dialog", { name: link }).waitFor();
  else await visitor.sees(link);
  assert.equal(new URL(page.url()).pathname === "/me", scripts);
}

const variants = (["passport", "control-string"] as const).flatMap((style) =>
  (["ru", "en"] as const).flatMap((language) =>
    [true, false].map((scripts) => ({ style, language, scripts })),
  ),
);

for (const variant of variants) {
  const way = `${variant.style}, ${variant.language}, ${variant.scripts ? "scripts" : "no scripts"}`;

  test(`M13 M14 M15 M32: the window of the password, refused, taken and told (${way})`, async (t) => {
    const { world, visitor, email, login } = await arrive(t, variant);
    const { page, say, language } = visitor;
    await openForm(visitor, say.change);
    const kinds = await page
      .locator("input[type=password]")
      .evaluateAll((inputs) => inputs.map((input) => input.getAttribute("autocomplete")));
    assert.deepEqual(kinds, ["current-password", "new-password", "new-password"]);
    await visitor.fill(say.current, "не тот пароль вовсе");
    await visitor.fill(say.newPassword, newPassword);
    await visitor.fill(say.repeat, newPassword);
    await visitor.press(say.save);
    await page.getByText(say.currentWrong).first().waitFor();
    for (const label of [say.current, say.newPassword, say.repeat])
      assert.equal(await visitor.value(label), "", "passwords are not given back");
    await visitor.fill(say.current, password);
    await visitor.fill(say.newPassword, newPassword);
    await visitor.fill(say.repeat, newPassword);
    await visitor.press(say.save);
    await visitor.sees(say.myPage);
    assert.ok((await visitor.text()).includes(say.changedNotice));
    const letter = await letterLike(world, email, subjects[language].changed);
    await visitor.read(letter);
    await visitor.follow(say.notMe);
    await visitor.sees(say.notMe);
    const other = await stage.visit(t, world, { language });
    await signIn(other, login, newPassword);
    await other.sees(say.myPage);
  });

  test(`M7 M13: the e-mail is changed and, from the old mailbox, taken back (${way})`, async (t) => {
    const { world, visitor, email, login } = await arrive(t, variant);
    const { page, say, language } = visitor;
    const next = `new.${email}`;
    await openForm(visitor, say.changeEmail);
    await visitor.fill(say.newEmail, next);
    await visitor.press(say.sendLetter);
    await page.getByText(`${say.pendingEmail} ${next}`).waitFor();
    await visitor.read(await letterLike(world, next, subjects[language].confirm));
    await visitor.follow(say.confirmButton);
    await visitor.sees(say.confirmAddress);
    assert.equal(new URL(page.url()).search, "", "the key is not left in the address bar");
    await visitor.press(say.confirm);
    await visitor.sees(say.confirmed);
    await visitor.read(await letterLike(world, email, subjects[language].email));
    await visitor.follow(say.notMe);
    await visitor.sees(say.notMe);
    assert.ok((await visitor.text()).includes(email));
    await visitor.press(say.closeSignIn);
    await visitor.sees(say.signInClosed);
    await visitor.follow(say.recoverAccess);
    await visitor.sees(say.recovery);
    const field = variant.style === "passport" ? say.recoveryField : say.recoveryFieldBox;
    assert.equal(await visitor.value(field), email);
    await signIn(visitor, login, password);
    await page.getByText(say.wrong).first().waitFor();
  });
}

for (const scripts of [true, false]) {
  test(`M7 M21: the phone is changed by a code (${scripts ? "scripts" : "no scripts"})`, async (t) => {
    const { world, visitor } = await arrive(t, { style: "passport", language: "ru", scripts });
    const { page, say } = visitor;
    const number = `903${String(Math.random()).slice(2, 9)}`;
    await openForm(visitor, say.changePhone);
    await visitor.fill(say.newPhone, `8 ${number}`);
    await visitor.press(say.getCode);
    await visitor.sees(say.phoneCode);
    const [code = ""] = /\d{6}/.exec((await world.smsTo(`+7${number}`)).at(-1) ?? "") ?? [];
    assert.equal(
      await page.getByLabel(say.phoneCode, { exact: true }).getAttribute("autocomplete"),
      "one-time-code",
    );
    await visitor.fill(say.phoneCode, `${code.slice(0, 3)} ${code.slice(3)}`);
    await visitor.press(say.confirm);
    await visitor.sees(say.myPage);
    assert.ok((await visitor.text()).includes(say.phoneConfirmed));
  });
}
