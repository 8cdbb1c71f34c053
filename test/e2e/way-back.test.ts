/** From the forgotten password to the new one, as people walk it: one description, every kind of person. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Letter, World } from "../world.ts";
import { openStage, type Visitor } from "./stage.ts";
import { named, openWorlds, type Step, variants, walkAll } from "./variants.ts";

const stage = openStage();
const worldOf = openWorlds();

/** What the steps of one walk hand on to each other. */
interface Walk {
  world: World;
  visitor: Visitor;
  inBox: boolean;
  login: string;
  email: string;
  letter?: Letter;
}

const oldPassword = "вишнёвый трамвай у пруда";
const newPassword = "семь оранжевых велосипедов";
const sender = "no-reply@id.romashka.example";

const toRecovery: Step<Walk> = {
  promise: "M1 M27 the sign-in page leads to the way back and takes along what was typed",
  async walk({ visitor: { page, say, scripts, ...visitor }, inBox, login }) {
    await page.goto("/sign-in");
    await visitor.fill(say.identifier, login);
    if (!scripts) {
      await visitor.fill(say.password, "не помню какой пароль");
      await visitor.press(say.signInButton);
      await page.getByText(say.wrong).first().waitFor();
    }
    await visitor.follow(inBox ? say.forgotBox : say.forgot);
    await visitor.sees(say.recovery);
    assert.equal(await visitor.value(inBox ? say.recoveryFieldBox : say.recoveryField), login);
    assert.equal(new URL(page.url()).search, "", "the typed name is not left in the address bar");
  },
};

const withoutMailbox: Step<Walk> = {
  promise: "M10 the page says that this needs the mailbox, and leads on without it",
  async walk({ visitor: { page, say, ...visitor } }) {
    const heading = page.getByRole("heading", { level: 1 });
    await visitor.follow(say.noMailbox);
    await page.waitForURL("**/help/no-mailbox");
    assert.notEqual(await heading.innerText(), say.recovery);
    await page.goBack();
    await visitor.sees(say.recovery);
  },
};

const asking: Step<Walk> = {
  promise: "M2 M9 M20 M28 one field and one button ask for the letter",
  async walk({ visitor: { page, say, ...visitor }, inBox, email }) {
    assert.equal(await page.locator("main input:not([type=hidden])").count(), 1);
    await visitor.fill(inBox ? say.recoveryFieldBox : say.recoveryField, email);
    await visitor.press(inBox ? say.sendString : say.next);
    await visitor.sees(say.checkMail);
    assert.ok((await visitor.text()).includes(email));
  },
};

const waiting: Step<Walk> = {
  promise: "M24 M25 the waiting page names the folders, the address as typed and the sender to allow",
  async walk({ visitor: { page, say, ...visitor }, email }) {
    await page.getByText(say.missing, { exact: true }).click();
    const help = await page.locator("main details").innerText();
    for (const told of [...say.folders, email]) assert.ok(help.includes(told), told);
    assert.equal(await visitor.value(say.sender), sender);
  },
};

const letter: Step<Walk> = {
  promise: "M3 M25 a real letter comes, from the fixed sender, with the number and time of the page",
  async walk(walk) {
    const { world, visitor, email } = walk;
    const letters = await world.messagesTo(email);
    assert.equal(letters.length, 1);
    const came = letters[0] as Letter;
    walk.letter = came;
    const { mail, subject } = came;
    assert.equal(mail.parsed.from?.value[0]?.address, sender);
    assert.equal(mail.envelope.from, sender);
    const [, time = "-", number = "-"] = /(\d\d:\d\d).*?(\d{3})/.exec(subject) ?? [];
    const shown = await visitor.text();
    assert.ok(shown.includes(time) && shown.includes(number), subject);
  },
};

const opening: Step<Walk> = {
  promise: "M4 M29 the letter has a button and, last, the full link; opening either spends nothing",
  async walk({ visitor: { page, say, ...visitor }, inBox, letter: came }) {
    assert.ok(came);
    await visitor.read(came);
    const lastLink = page.getByRole("link").last();
    assert.equal(await lastLink.innerText(), came.link);
    await lastLink.click();
    await page.getByLabel(say.newPassword, { exact: true }).waitFor();
    await visitor.read(came);
    await visitor.follow(say.letterButton);
    await page.getByLabel(say.newPassword, { exact: true }).waitFor();
    assert.match(page.url(), inBox ? /\/recovery\/string$/ : /\/recovery\/password$/);
  },
};

const filledIn: Step<Walk> = {
  promise: "M5 M29 the page knows whose password it is; a control string fills itself in and stays as it is",
  async walk({ visitor: { page, say, ...visitor }, inBox, login, email, letter: came }) {
    if (!inBox) {
      assert.equal(await page.locator("input[autocomplete=username]").inputValue(), email);
      return;
    }
    assert.equal(await visitor.value(say.login), login);
    assert.ok(came?.text.includes(await visitor.value(say.string)));
    for (const label of [say.login, say.string]) {
      assert.equal(await page.getByLabel(label, { exact: true }).isEditable(), false, label);
    }
  },
};

const choosing: Step<Walk> = {
  promise: "M5 M20 M22 M29 the new password is typed twice and never shown back; a refused one costs nothing",
  async walk({ visitor: { page, say, ...visitor } }) {
    const fields = page.locator("input[type=password]");
    assert.deepEqual(
      await fields.evaluateAll((inputs) => inputs.map((input) => input.getAttribute("autocomplete"))),
      ["new-password", "new-password"],
    );
    assert.ok((await visitor.text()).includes(say.keep));
    await choose(visitor, say, "коротко");
    await page.getByText(say.tooShort).first().waitFor();
    assert.ok(!(await page.content()).includes("коротко"));
    for (const label of [say.newPassword, say.repeat]) assert.equal(await visitor.value(label), "");
    await choose(visitor, say, newPassword);
    await visitor.sees(say.changed);
    assert.ok(!(await page.content()).includes(newPassword));
  },
};

const signingIn: Step<Walk> = {
  promise: "M5 the old password is refused and the new one signs in, on the name that is filled in already",
  async walk({ visitor: { page, say, ...visitor } }) {
    await visitor.follow(say.signInButton);
    await visitor.sees(say.signIn);
    assert.notEqual(await visitor.value(say.identifier), "");
    await visitor.fill(say.password, oldPassword);
    await visitor.press(say.signInButton);
    await page.getByText(say.wrong).first().waitFor();
    await visitor.fill(say.password, newPassword);
    await visitor.press(say.signInButton);
    await visitor.sees(say.myPage);
  },
};

const noticing: Step<Walk> = {
  promise: "M22 the owner is told of the change by a letter that holds no password",
  async walk({ world, email }) {
    const told = (await world.messagesTo(email)).at(-1);
    assert.ok(told && told.code === "");
    assert.ok(!told.mail.raw.includes(newPassword));
  },
};

const steps = [
  toRecovery,
  withoutMailbox,
  asking,
  waiting,
  letter,
  opening,
  filledIn,
  choosing,
  signingIn,
  noticing,
];

async function choose(visitor: Pick<Visitor, "fill" | "press">, say: Visitor["say"], password: string) {
  await visitor.fill(say.newPassword, password);
  await visitor.fill(say.repeat, password);
  await visitor.press(say.change);
}

variants.forEach((variant, index) => {
  const { style, language, scripts } = variant;
  test(`the way back: ${named(variant)}`, async (t) => {
    const world = worldOf(variant);
    const login = `anna.${index}`;
    const email = `${login}@romashka.example`;
    await world.addPerson({ login, email, name: "Анна Петрова", password: oldPassword, language });
    const visitor = await stage.visit(t, world, { language, scripts });
    await walkAll(t, steps, { world, visitor, inBox: style === "control-string", login, email });
  });
});
