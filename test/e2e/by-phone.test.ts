/** Back in by the code of an SMS, as people walk it: one description, every kind of person. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { World } from "../world.ts";
import { openStage, type Visitor } from "./stage.ts";
import { named, openWorlds, type Step, type Variant, variants, walkAll } from "./variants.ts";

const stage = openStage();
const worldOf = openWorlds();

interface Walk {
  world: World;
  visitor: Visitor;
  inBox: boolean;
  login: string;
  email: string;
  /** E.164, and as the pages show it. */
  phone: string;
  shown: string;
}

const oldPassword = "вишнёвый трамвай у пруда";
const newPassword = "семь оранжевых велосипедов";

async function ask({ visitor: { page, say, ...visitor }, inBox }: Walk, typed: string): Promise<void> {
  await page.goto("/recovery");
  await visitor.fill(inBox ? say.recoveryFieldBox : say.recoveryField, typed);
  await visitor.press(inBox ? say.sendString : say.next);
}

async function lastCode({ world, phone }: Walk): Promise<string> {
  const text = (await world.smsTo(phone)).filter((each) => /\d{6}/.test(each)).at(-1) ?? "";
  const code = /\d{6}/.exec(text)?.[0];
  assert.ok(code, text);
  return code;
}

const asking: Step<Walk> = {
  promise: "M2 M21 a phone in any spelling leads to the code, and the page shows it as understood",
  async walk(walk) {
    const { visitor, phone, shown } = walk;
    await ask(walk, `8${phone.slice(2)}`);
    await visitor.sees(visitor.say.enterCode);
    assert.ok((await visitor.text()).includes(shown), await visitor.text());
    assert.equal(new URL(visitor.page.url()).pathname, "/recovery/code");
  },
};

const changing: Step<Walk> = {
  promise: "M21 the number can be corrected without typing it anew",
  async walk({ visitor: { page, say, ...visitor }, inBox, phone }) {
    await visitor.follow(say.changeNumber);
    await visitor.sees(say.recovery);
    assert.equal(await visitor.value(inBox ? say.recoveryFieldBox : say.recoveryField), `8${phone.slice(2)}`);
    await page.goBack();
    await visitor.sees(say.enterCode);
  },
};

const field: Step<Walk> = {
  promise: "M21 one field for six digits, which phones know as that of a one-time code",
  async walk({ visitor: { page } }) {
    const inputs = page.locator("main input:not([type=hidden])");
    assert.equal(await inputs.count(), 1);
    assert.equal(await inputs.getAttribute("autocomplete"), "one-time-code");
    assert.equal(await inputs.getAttribute("inputmode"), "numeric");
    assert.equal(await inputs.getAttribute("type"), "text");
    assert.ok(await inputs.evaluate((input) => input === document.activeElement), "ready to type");
  },
};

const helping: Step<Walk> = {
  promise: "M24 the page says what to do when no code comes",
  async walk({ visitor: { page, say }, shown }) {
    await page.getByText(say.codeMissing, { exact: true }).click();
    const help = (await page.locator("main details").innerText()).replaceAll("\u00a0", " ");
    assert.ok(help.includes(shown), help);
    assert.ok(help.includes(say.noMailbox), help);
  },
};

const otherWay: Step<Walk> = {
  promise: "M10 M21 from the code to the letter and back, and the code is the same",
  async walk(walk) {
    const { world, visitor } = walk;
    const { say } = visitor;
    const code = await lastCode(walk);
    await visitor.press(say.byLetter);
    await visitor.sees(say.checkMail);
    assert.equal((await world.messagesTo(walk.email)).length, 1);
    world.clock.forward({ minutes: 1 });
    await visitor.press(say.bySms);
    await visitor.sees(say.enterCode);
    assert.equal(await lastCode(walk), code);
  },
};

const wrongCode: Step<Walk> = {
  promise: "M21 RC1 a wrong code says how many tries are left",
  async walk(walk) {
    const { visitor } = walk;
    const { page, say } = visitor;
    const code = await lastCode(walk);
    await visitor.fill(say.smsCode, String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
    await visitor.press(say.next);
    await page.locator(".problem").waitFor();
    const told = (await page.locator(".problem").innerText()).replaceAll("\u00a0", " ");
    assert.ok(told.includes(say.triesLeft), told);
  },
};

const choosing: Step<Walk> = {
  promise: "M21 M5 after the right code the new password is typed twice, and it signs in",
  async walk(walk) {
    const { visitor, shown } = walk;
    const { page, say } = visitor;
    const code = await lastCode(walk);
    await visitor.fill(say.smsCode, `${code.slice(0, 3)}-${code.slice(3)}`);
    await visitor.press(say.next);
    await visitor.sees(say.newPassword);
    const account = await page.locator("input[autocomplete=username]").inputValue();
    assert.equal(account.replaceAll("\u00a0", " "), shown);
    await visitor.fill(say.newPassword, newPassword);
    await visitor.fill(say.repeat, newPassword);
    await visitor.press(say.change);
    await visitor.sees(say.changed);
    await visitor.follow(say.signInButton);
    await visitor.fill(say.password, newPassword);
    await visitor.press(say.signInButton);
    await visitor.sees(say.myPage);
  },
};

const steps = [asking, changing, field, helping, otherWay, wrongCode, choosing];

/** Somebody with a phone of the own, in a block of the own. */
async function arrive(t: TestContext, variant: Variant, index: number): Promise<Walk> {
  const { style, language, scripts } = variant;
  const world = worldOf(variant);
  const block = String(100 + index);
  const [login, phone] = [`anna.${index}`, `+7916${block}4567`];
  const email = `${login}@romashka.example`;
  await world.addPerson({ login, email, phone, name: "Анна Петрова", password: oldPassword, language });
  const visitor = await stage.visit(t, world, { language, scripts });
  const shown = `+7 916 ${block}-45-67`;
  return { world, visitor, inBox: style === "control-string", login, email, phone, shown };
}

variants.forEach((variant, index) => {
  test(`by phone: ${named(variant)}`, async (t) => {
    await walkAll(t, steps, await arrive(t, variant, index));
  });
});

const usual: Variant = { style: "passport", language: "ru", scripts: true, database: "SQLite" };

/** What a phone with WebOTP offers; `take` brings the SMS. */
async function withPhone({ page }: Visitor): Promise<void> {
  await page.addInitScript(() => {
    const waiting = Promise.withResolvers<{ code: string }>();
    Object.assign(window, { OTPCredential: true, take: (code: string) => waiting.resolve({ code }) });
    navigator.credentials.get = ((wish: { otp?: { transport: string[] } }) =>
      wish.otp?.transport[0] === "sms" ? waiting.promise : Promise.reject(new Error("no SMS"))) as never;
  });
}

test("M21 CH4 where the phone can, the code of the SMS fills itself in and is sent", async (t) => {
  const walk = await arrive(t, usual, 50);
  await withPhone(walk.visitor);
  await ask(walk, walk.phone);
  await walk.visitor.sees(walk.visitor.say.enterCode);
  const code = await lastCode(walk);
  await walk.visitor.page.evaluate(
    (text) => (window as unknown as { take(code: string): void }).take(text),
    code,
  );
  await walk.visitor.sees(walk.visitor.say.newPassword);
});

test("M21 what a person is typing is not overwritten by the phone, and typing sends nothing", async (t) => {
  const walk = await arrive(t, usual, 51);
  const { page, say } = walk.visitor;
  await withPhone(walk.visitor);
  await ask(walk, walk.phone);
  await walk.visitor.sees(say.enterCode);
  const code = await lastCode(walk);
  await page.getByLabel(say.smsCode, { exact: true }).pressSequentially(code);
  await page.evaluate((text) => (window as unknown as { take(code: string): void }).take(text), "000000");
  assert.equal(await walk.visitor.value(say.smsCode), code);
  assert.match(page.url(), /\/recovery\/code$/);
  await walk.visitor.press(say.next);
  await walk.visitor.sees(say.newPassword);
});

test("M21 six pasted digits are sent at once", async (t) => {
  const walk = await arrive(t, usual, 52);
  const { page, say } = walk.visitor;
  await ask(walk, walk.phone);
  await walk.visitor.sees(say.enterCode);
  await walk.visitor.fill(say.smsCode, (await lastCode(walk)).replace(/(\d{3})/, "$1 "));
  await page.locator("#code").focus();
  for (const keys of ["A", "X", "V"]) await page.keyboard.press(`ControlOrMeta+${keys}`);
  await walk.visitor.sees(say.newPassword);
});

test("M2 the number shows under the field as it was understood, while it is typed", async (t) => {
  const walk = await arrive(t, usual, 53);
  const { page, say } = walk.visitor;
  await page.goto("/recovery");
  for (const typed of ["8 (916) 153-45-67", "+7 916 153 45 67", "9161534567", "8９１６１５３４５６７"]) {
    await walk.visitor.fill(say.recoveryField, typed);
    await page.getByText("Отправим код на +7 916 153-45-67").waitFor();
  }
  await walk.visitor.fill(say.recoveryField, "8 916 153-45-6");
  await page.getByText("Отправим код на").waitFor({ state: "detached" });
});
