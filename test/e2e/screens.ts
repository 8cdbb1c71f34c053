/** A tour past every screen, errors included, for those who look at each: axe, narrow windows, zoom. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { topicIds } from "../../src/help/help.ts";
import { HashingOverloaded } from "../../src/passwords/passwords.ts";
import { makeSetupLink } from "../../src/setup/setup.ts";
import { type Letter, openWorld, type World } from "../world.ts";
import { ownPages } from "./own-screens.ts";
import { behindProxy, type Stage, type Visitor } from "./stage.ts";

export type Look = (screen: string, visitor: Visitor) => Promise<void>;

export interface TourOptions {
  style: "passport" | "control-string";
  language: "ru" | "en";
  width?: number;
}

const newPassword = "семь оранжевых велосипедов";
const person = {
  login: "anna",
  email: "anna@romashka.example",
  name: "Анна Петрова",
  phone: "+79161234567",
  password: "вишнёвый трамвай у пруда",
};

/**
 * Walks one person through a fresh installation, and calls `look` where there is something to see. What both
 * styles share is seen once, in `passport`.
 */
export async function tour(t: TestContext, stage: Stage, options: TourOptions, look: Look): Promise<void> {
  const { style, language, width } = options;
  const settings = { ...behindProxy, RECOVERY_STYLE: style, ADMIN_CONTACT: "Ольга, olga@romashka.example" };
  const world = await openWorld({ settings });
  t.after(() => world.close());
  const visitor = await stage.visit(t, world, { language, ...(width !== undefined && { width }) });
  const here: Here = {
    world,
    visitor,
    inBox: style === "control-string",
    look: (name) => look(name, visitor),
  };
  if (!here.inBox) await firstStart(here);
  await world.addPerson({ ...person, language });
  await signingIn(here);
  await asking(here);
  const first = await waiting(here);
  await byPhone(here);
  await choosing(here, first);
  if (here.inBox) return;
  await insideAndOut(here);
  await loginAndRefusals(here);
  await helpPages(here);
}

interface Here {
  world: World;
  visitor: Visitor;
  inBox: boolean;
  look(screen: string): Promise<void>;
}

async function firstStart({ world, visitor: { page }, look }: Here): Promise<void> {
  const link = await makeSetupLink(world.service.tools);
  assert.ok(link);
  await page.goto(link);
  await look("set-up");
  await page.locator("main .button.primary").click();
  await look("set-up, nothing filled in");
  await page.goto("/setup?key=foreign");
  await look("set-up link that does not work");
}

async function signingIn({ visitor: { page, say, ...visitor }, look }: Here): Promise<void> {
  await page.goto("/sign-in");
  await look("sign-in");
  await visitor.press(say.signInButton);
  await look("sign-in, nothing filled in");
  await visitor.fill(say.identifier, person.login);
  await visitor.fill(say.password, "не тот пароль");
  await visitor.press(say.signInButton);
  await look("sign-in, wrong");
}

async function asking(here: Here): Promise<void> {
  const { visitor, look } = here;
  await visitor.page.goto("/recovery");
  await look("recovery");
  await ask(here, "anna@romashka");
  await look("recovery, incomplete address");
  await ask(here, person.email);
  await visitor.sees(visitor.say.checkMail);
  await look("waiting");
  await visitor.page.goto("/recovery");
  await ask(here, person.email);
  await look("recovery, too many");
}

async function ask({ visitor: { say, ...visitor }, inBox }: Here, identifier: string): Promise<void> {
  await visitor.fill(inBox ? say.recoveryFieldBox : say.recoveryField, identifier);
  await visitor.press(inBox ? say.sendString : say.next);
}

async function waiting({ world, visitor, inBox, look }: Here): Promise<Letter> {
  const { page, say } = visitor;
  await page.goto("/recovery/sent");
  await page.locator("summary").click();
  await look("waiting, help unfolded");
  if (!inBox) {
    await visitor.fill(say.code, "000000");
    await visitor.press(say.codeSubmit);
    await look("waiting, wrong code");
  }
  world.clock.forward({ minutes: 2 });
  await page.goto("/recovery/sent");
  await visitor.press(say.again);
  await page.locator(".notice.success").waitFor();
  await look("waiting, sent again");
  if (inBox) {
    await visitor.follow(say.typeString);
    await look("control string by hand");
    await visitor.fill(say.string, "0".repeat(24));
    await choose(visitor, newPassword);
    await look("control string by hand, wrong");
  }
  return lastLetter(world);
}

async function byPhone(here: Here): Promise<void> {
  const { world, visitor, look } = here;
  const { page, say } = visitor;
  await page.goto("/recovery");
  await ask(here, "8 495 123-45-67");
  await look("recovery, fixed line");
  await ask(here, "8 916 123-45-67");
  await visitor.sees(say.enterCode);
  await look("code from SMS");
  await page.locator("summary").click();
  await look("code from SMS, help unfolded");
  await visitor.fill(say.smsCode, "000000");
  await visitor.press(say.next);
  await look("code from SMS, wrong");
  world.clock.forward({ minutes: 1 });
  await page.goto("/recovery/code");
  await visitor.press(say.again);
  await page.locator(".notice.success").waitFor();
  await look("code from SMS, sent again");
  const [text = ""] = await world.smsTo(person.phone);
  await visitor.fill(say.smsCode, /\d{6}/.exec(text)?.[0] ?? "");
  await visitor.press(say.next);
  await visitor.sees(say.newPassword);
  world.clock.forward({ minutes: 16 });
  await choose(visitor, newPassword);
  await visitor.sees(say.deadCode);
  await look("code that works no more");
}

async function choosing({ world, visitor, inBox, look }: Here, first: Letter): Promise<void> {
  const { page } = visitor;
  await page.goto(first.link);
  await look("new password");
  await choose(visitor, "коротко");
  await look("new password, too short");
  world.clock.forward({ minutes: 12 });
  await page.goto("/recovery");
  await ask({ world, visitor, inBox, look }, person.email);
  await visitor.sees(visitor.say.checkMail);
  await page.goto(first.link);
  if (inBox) await choose(visitor, newPassword);
  await visitor.sees(visitor.say.outdated);
  await look("outdated link");
  await page.goto((await lastLetter(world)).link);
  await choose(visitor, newPassword);
  await visitor.sees(visitor.say.changed);
  await look("done");
}

async function choose({ say, ...visitor }: Visitor, password: string): Promise<void> {
  await visitor.fill(say.newPassword, password);
  await visitor.fill(say.repeat, password);
  await visitor.press(say.change);
}

async function lastLetter(world: World): Promise<Letter> {
  const letter = (await world.messagesTo(person.email))
    .filter(({ link }) => link.includes("/recovery/"))
    .at(-1);
  assert.ok(letter);
  return letter;
}

async function insideAndOut({ visitor: owner, look }: Here): Promise<void> {
  const { page, say, ...visitor } = owner;
  await page.goto("/sign-in");
  await visitor.fill(say.identifier, person.login);
  await visitor.fill(say.password, newPassword);
  await visitor.press(say.signInButton);
  await visitor.sees(say.myPage);
  await look("own page");
  await ownPages(owner, look);
  await page.goto("/nowhere");
  await look("404, signed in");
  await page.goto("/me");
  await visitor.signOut();
  await page.getByText(say.signedOut, { exact: true }).waitFor();
  await look("signed out");
}

async function loginAndRefusals({ world, visitor, look }: Here): Promise<void> {
  const { page, say } = visitor;
  await page.goto("/recovery/login");
  await look("reminder of the login");
  await visitor.press(say.remind);
  await look("reminder of the login, nothing filled in");
  await visitor.fill("E-mail", person.email);
  await visitor.press(say.remind);
  await visitor.sees(say.checkMail);
  await look("reminder of the login sent");
  await page.goto("/nowhere");
  await look("404");
  await postFromElsewhere(visitor, `${world.url}/sign-in`);
  await look("403");
  await page.goto("/sign-in");
  await visitor.fill(say.password, "какой-то пароль");
  await whileBusy(world, () => visitor.press(say.signInButton));
  await look("503");
}

/** A form on somebody else's page that posts to us. */
async function postFromElsewhere({ page }: Visitor, action: string): Promise<void> {
  await page.goto("about:blank");
  await page.setContent(`<form method="post" action="${action}"><button>Free prize</button></form>`);
  await page.getByRole("button").click();
  await page.waitForURL(action);
}

async function whileBusy(world: World, act: () => Promise<void>): Promise<void> {
  const { hashing } = world.service.tools;
  const { verify } = hashing;
  hashing.verify = () => Promise.reject(new HashingOverloaded(5));
  try {
    await act();
    await world.service.delivery.drained();
  } finally {
    hashing.verify = verify;
  }
}

async function helpPages({ visitor: { page }, look }: Here): Promise<void> {
  for (const path of ["", ...topicIds.map((id) => `/${id}`)]) {
    await page.goto(`/help${path}`);
    await look(`help${path}`);
  }
}

/** The trial inbox of an installation without a mail server: empty, with a letter, the letter. */
export async function tourOfInbox(
  t: TestContext,
  stage: Stage,
  language: "ru" | "en",
  look: Look,
): Promise<void> {
  const world = await openWorld({ settings: { SMTP_URL: "" } });
  t.after(() => world.close());
  await world.addPerson({ ...person, language });
  const visitor = await stage.visit(t, world, { language });
  const { page, say } = visitor;
  await page.goto("/inbox");
  await look("trial inbox, empty", visitor);
  await page.goto("/recovery");
  await ask({ world, visitor, inBox: false, look: async () => {} }, person.email);
  await visitor.sees(say.checkMail);
  await world.service.delivery.drained();
  await page.goto("/inbox");
  await look("trial inbox", visitor);
  await page.locator(".inbox a").click();
  await look("trial inbox, a letter", visitor);
}
