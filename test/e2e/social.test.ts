/** Coming in through an outside service, as people do it in a browser, against a real OpenID provider. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { type TestContext, test } from "node:test";
import { settingsFor, startOpenidProvider } from "../outside/openid-provider.ts";
import { clientId, startOwnProvider } from "../outside/own-provider.ts";
import { anna, email, letterTo, providerPort, withoutPassword } from "../outside/steps.ts";
import { type DatabaseKind, databases, openWorld, type World } from "../world.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const service = "Ромашка ID";

interface Variant {
  language: "ru" | "en";
  scripts: boolean;
  database: DatabaseKind;
}

const says = {
  ru: {
    entrance: `Вход через ${service}`,
    enter: `Войти через ${service}`,
    social: "Соцсети",
    change: "Привязать или отвязать",
    unlink: `Отвязать ${service}`,
    unlinked: `${service} отвязан`,
    linked: `${service} привязан`,
    last: "Это единственный способ войти.",
    setPassword: "Задать пароль",
    save: "Сохранить",
    set: "Пароль задан",
    cancelled: `Вход через ${service} отменён`,
    outside: "Вход через соцсеть?",
    stillIn: `Вход в ${service} остался`,
    recoverAt: "Восстановить пароль: GitHub",
  },
  en: {
    entrance: `Sign in with ${service}`,
    enter: `Sign in with ${service}`,
    social: "Social sign-in",
    change: "Link or unlink",
    unlink: `Unlink ${service}`,
    unlinked: `${service} is unlinked`,
    linked: `${service} is linked`,
    last: "This is the only way in.",
    setPassword: "Set a password",
    save: "Save",
    set: "The password is set",
    cancelled: `Signing in with ${service} was cancelled`,
    outside: "You sign in through a social network?",
    stillIn: `You are still signed in to ${service}`,
    recoverAt: "Recover the password: GitHub",
  },
} as const;

async function walk(t: TestContext, { language, scripts, database }: Variant): Promise<void> {
  const github = { SOCIAL_GITHUB_CLIENT_ID: "github", SOCIAL_GITHUB_SECRET: "github" };
  const settings = { ...behindProxy, ...settingsFor(providerPort), ...github };
  const world = await openWorld({ database, settings });
  t.after(() => world.close());
  const people = { anna: { email, email_verified: true, name: anna.name } };
  const provider = await startOpenidProvider({ port: providerPort, from: world.url, people });
  t.after(() => provider.close());
  const id = await world.addPerson({ ...anna, language });
  const visitor = await stage.visit(t, world, { language, scripts });
  const here = { world, visitor, say: says[language] };

  await t.test("M23 the recovery page leads to the service, and to where its own password is recovered", () =>
    recovering(here),
  );
  await t.test("M6 a press on the service, a press there, and one is in", () => comingIn(here));
  await t.test("M6 the letter's button leads to the portal without a page for a password", async () => {
    await withoutPassword(world, id);
    await byLetter(here);
  });
  await t.test("M7 the own page sets a password, unlinks and links again", () => changing(here));
}

interface Here {
  world: World;
  visitor: Visitor;
  say: (typeof says)["ru" | "en"];
}

async function recovering({ visitor: { page, ...visitor }, say }: Here): Promise<void> {
  await page.goto("/recovery");
  await page.getByText(say.outside, { exact: true }).click();
  const help = page.getByRole("link", { name: say.recoverAt, exact: true });
  assert.equal(await help.getAttribute("href"), "https://github.com/password_reset");
  await visitor.press(service);
  await page.waitForURL("**/interaction/*");
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, "/recovery", "the page between is not in the way back");
  await page.goForward();
  await visitor.press("cancel");
  await page.getByText(say.cancelled).waitFor();
}

async function comingIn({ visitor: { page, say: labels, ...visitor }, say }: Here): Promise<void> {
  await page.goto("/sign-in");
  await visitor.press(service);
  await page.waitForURL("**/interaction/*");
  await visitor.press("anna");
  await visitor.sees(labels.myPage);
  await signOut({ page, labels, ...visitor });
  assert.ok((await visitor.text()).includes(say.stillIn));
}

async function byLetter({ world, visitor, say }: Here): Promise<void> {
  const { page, say: labels } = visitor;
  await page.goto("/recovery");
  await visitor.fill(labels.recoveryField, email);
  await visitor.press(labels.next);
  await visitor.sees(labels.checkMail);
  const letter = await letterTo(world, "/recovery/");
  const seen: string[] = [];
  page.on("framenavigated", (frame) => seen.push(frame.url()));
  await visitor.read(letter);
  await page.getByRole("link", { name: say.enter, exact: true }).click();
  await visitor.sees(say.entrance);
  await visitor.press(say.enter);
  // The provider still knows who it is, so nothing is asked there.
  await visitor.sees(labels.myPage);
  assert.deepEqual(
    seen.filter((url) => url.includes("password")),
    [],
  );
}

async function changing({ visitor, say }: Here): Promise<void> {
  const { page, say: labels } = visitor;
  await page.goto("/me");
  await page.getByRole("link", { name: say.change, exact: true }).click();
  await visitor.sees(say.social);
  await visitor.press(say.unlink);
  await page.getByText(say.last).waitFor();
  await page.goto("/me/social");
  await visitor.follow(say.setPassword);
  await visitor.fill(labels.newPassword, "семь оранжевых велосипедов");
  await visitor.fill(labels.repeat, "семь оранжевых велосипедов");
  await visitor.press(say.save);
  await page.getByText(say.set).waitFor();
  await page.goto("/me/social");
  await visitor.press(say.unlink);
  await page.getByText(say.unlinked).waitFor();
  await visitor.press(service);
  await page.getByText(say.linked).waitFor();
}

async function signOut({ page, labels }: Pick<Visitor, "page"> & { labels: Visitor["say"] }): Promise<void> {
  await page.locator("[data-menu] summary, nav.account summary").first().click();
  await page.getByRole("button", { name: labels.signOut, exact: true }).click();
  await page.getByText(labels.signedOut, { exact: true }).waitFor();
}

test("SO4 an answer posted from the service's own site finds our cookies again in a browser", async (t) => {
  const apple = await startOwnProvider();
  t.after(() => apple.peer.close());
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const world = await openWorld({
    settings: {
      ...behindProxy,
      SOCIAL_APPLE_CLIENT_ID: clientId,
      SOCIAL_APPLE_SECRET: privateKey.export({ format: "pem", type: "pkcs8" }),
      SOCIAL_APPLE_TEAM_ID: "TEAM",
      SOCIAL_APPLE_KEY_ID: "KEY",
      SOCIAL_APPLE_ISSUER: apple.url,
    },
  });
  t.after(() => world.close());
  await world.addPerson(anna);
  const { page, say, ...visitor } = await stage.visit(t, world, { language: "ru" });
  await page.goto("/sign-in");
  await visitor.press("Apple");
  await page.waitForURL("**/authorize*");
  assert.notEqual(new URL(page.url()).hostname, new URL(world.url).hostname, "it is another site");
  await visitor.press("anna");
  await visitor.sees(say.myPage);
});

for (const language of ["ru", "en"] as const) {
  for (const scripts of [true, false]) {
    const database = databases[scripts ? 0 : databases.length - 1] ?? "SQLite";
    const how = `${language}, ${scripts ? "with" : "without"} scripts, ${database}`;
    test(`M6 M7 M23 through an outside service and back (${how})`, (t) =>
      walk(t, { language, scripts, database }));
  }
}
