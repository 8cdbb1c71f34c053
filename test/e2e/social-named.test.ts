/**
 * The named services in a browser, each at its own address and by its own rules, before stand-ins written
 * from its documentation (test/outside/README.md); and an invitation that is taken through one.
 */
import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import type { Request } from "playwright-core";
import {
  apple,
  google,
  microsoft,
  type NamedService,
  namedSettings,
  startAt,
  startNamed,
  telegram,
} from "../outside/named-providers.ts";
import { github, known, type StandIn, tid, vk, yandex } from "../outside/stand-ins.ts";
import { anna } from "../outside/steps.ts";
import { lastLetter, signedIn } from "../steps.ts";
import { databases, openWorld, type World } from "../world.ts";
import { type OutsidePage, openOutsidePages } from "./outside-pages.ts";
import { behindProxy, openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const olga = { login: "olga", name: "Ольга", role: "owner", password: "тихая лодка под звёздами" } as const;

const named = { google, microsoft, apple, telegram };
const providers = {
  google: await startNamed(google),
  microsoft: await startNamed(microsoft),
  apple: await startNamed(apple),
  telegram: await startNamed(telegram),
};
/** Services of plain OAuth 2: button, settings, where they ask people, and all their origins. */
const plain = [
  ["Яндекс ID", "YANDEX", yandex, "https://oauth.yandex.ru/authorize", ["https://login.yandex.ru"]],
  ["VK ID", "VK", vk, "https://id.vk.ru/authorize", []],
  ["Т‑ID", "TID", tid, "https://id.tbank.ru/auth/authorize", []],
  ["GitHub", "GITHUB", github, "https://github.com/login/oauth/authorize", ["https://api.github.com"]],
] as const satisfies [string, string, StandIn, string, string[]][];
for (const [, , standIn, address, more] of plain) await startAt([new URL(address).origin, ...more], standIn);

const worlds: World[] = [];
before(async () => {
  const settings = {
    ...behindProxy,
    ...Object.assign({}, ...Object.values(named).map(namedSettings)),
    ...Object.fromEntries(
      plain.flatMap(([, id]) => [
        [`SOCIAL_${id}_CLIENT_ID`, known.clientId],
        [`SOCIAL_${id}_SECRET`, known.secret],
      ]),
    ),
  };
  worlds.push(await openWorld({ database: databases.at(-1) ?? "SQLite", settings }));
});
after(() => worlds[0]?.close());

/** What the services show; the token that follows is for whoever came with this nonce. */
function pages(): OutsidePage[] {
  const speaking = Object.entries(named).map(([id, { metadata }]): OutsidePage => {
    const { [id as keyof typeof named]: provider } = providers;
    return {
      address: metadata.authorization_endpoint,
      posts: id === "apple",
      answer({ nonce = "" }) {
        provider.expect(nonce);
        const user = JSON.stringify({ name: { firstName: "Анна", lastName: "Там" } });
        return { code: "abc", ...(id === "apple" && { user }) };
      },
    };
  });
  const asking = plain.map(([, , standIn, address]): OutsidePage => {
    return { address, answer: () => ({ code: known.code, ...standIn.answerParameters }) };
  });
  return [...speaking, ...asking];
}

interface Walk {
  world: World;
  visitor: Visitor;
  /** Presses the service's button, wherever it is folded, and then `theirs` on its page. */
  through(service: string, theirs?: "anna" | "cancel"): Promise<Record<string, string>>;
}

async function arrive(t: TestContext, wish: Parameters<typeof stage.visit>[2]): Promise<Walk> {
  const [world] = worlds;
  assert.ok(world);
  const visitor = await stage.visit(t, world, wish);
  const { page, context } = visitor;
  const asked = await openOutsidePages(context, pages());
  return {
    world,
    visitor,
    async through(service, theirs = "anna") {
      const button = page.getByRole("button", { name: service, exact: true });
      if (!(await button.isVisible())) await page.locator("summary.button").click();
      await button.click();
      await page.getByRole("heading", { name: "There" }).waitFor();
      await visitor.press(theirs);
      return asked.at(-1) ?? {};
    },
  };
}

/** In by the sign-in page; and out again, with the sentence that the service still knows the person. */
async function inAndOut({ visitor, through }: Walk, service: string, inside = service): Promise<void> {
  const { page, say } = visitor;
  await page.goto("/sign-in");
  await through(service);
  await visitor.sees(say.myPage);
  await visitor.signOut();
  await page.getByText(`Вход в ${inside} остался`).waitFor();
}

async function turnedAway({ visitor, through }: Walk, { button }: NamedService): Promise<void> {
  const { page } = visitor;
  await page.goto("/sign-in");
  await through(button);
  await page.getByRole("heading", { name: `Этот аккаунт ${button} ни к кому не привязан` }).waitFor();
}

test("M6 M7 SO1 SO2 SO4 every named service in a browser at its own address, by its own rules", async (t) => {
  const walk = await arrive(t, { language: "ru" });
  const { world, visitor, through } = walk;
  const { page, say } = visitor;
  await world.addPerson(anna);

  await t.test(
    "SO2 Google's word counts for its own mailboxes alone, Microsoft's with xms_edov",
    async () => {
      providers.google.says({ hd: undefined });
      await turnedAway(walk, google);
      providers.google.says({});
      await inAndOut(walk, "Google");
      await turnedAway(walk, microsoft);
      providers.microsoft.says({ xms_edov: true });
      await inAndOut(walk, "Microsoft");
    },
  );

  await t.test(
    "SO4 Apple's form comes from its own site, without our cookies, and finds them again",
    async () => {
      const ours: Request[] = [];
      page.on("request", (request) => {
        if (request.url().includes("/social/apple/callback")) ours.push(request);
      });
      await inAndOut(walk, "Apple");
      const [posted, got] = await Promise.all(ours.map((request) => request.allHeaders()));
      assert.equal(ours[0]?.method(), "POST");
      // From https to the http of this test a browser tells no origin; the journey over HTTP sends Apple's.
      assert.equal(posted?.origin, "null");
      assert.equal(posted?.cookie, undefined);
      assert.equal(ours[1]?.method(), "GET");
      assert.ok(got?.cookie, "the Lax cookie of this browser");
      assert.ok(!decodeURIComponent(ours[1]?.url() ?? "").includes("Анна"), "no name in an address");
    },
  );

  await t.test(
    "M7 SO1 Telegram and services that prove no e-mail are linked on the own page first",
    async () => {
      await turnedAway(walk, telegram);
      await visitor.follow("Войти паролем");
      await visitor.fill(say.identifier, anna.login);
      await visitor.fill(say.password, anna.password);
      await visitor.press(say.signInButton);
      await visitor.sees("Соцсети");
      for (const service of ["Telegram", ...plain.map(([button]) => button)]) {
        await through(service, "cancel");
        await page.getByText(`Привязка отменена: ${service}`).waitFor();
        await through(service);
        await page.getByText(`${service} привязан`, { exact: true }).waitFor();
      }
      await visitor.signOut();
      for (const service of ["Telegram", ...plain.map(([button]) => button)]) await inAndOut(walk, service);
    },
  );

  await t.test("M23 Mail.ru and ОК lead to their own doors of VK ID, and to the same account", async () => {
    await page.goto("/sign-in");
    assert.equal((await through("Mail.ru", "cancel")).provider, "mail_ru");
    await page.getByText("отменён").waitFor();
    assert.equal((await through("ОК", "cancel")).provider, "ok_ru");
    await page.getByText("отменён").waitFor();
    for (const door of ["Mail.ru", "ОК"]) await inAndOut(walk, door, "VK ID");
  });
});

for (const [language, scripts] of [
  ["ru", true],
  ["en", false],
] as const) {
  const how = `${language}, ${scripts ? "with" : "without"} scripts`;
  test(`M30 M7 an invitation is taken through a service in place of a first password (${how})`, async (t) => {
    const { world, visitor, through } = await arrive(t, { language, scripts });
    const { page, say } = visitor;
    const login = `guest-${language}`;
    const mailbox = `${login}@romashka.example`;
    if (language === "ru") await world.addPerson(olga);
    const staff = await signedIn(world, olga);
    await staff.visit("/admin/new-user");
    staff.fill("Имя", "Мария");
    staff.fill("Логин", login);
    staff.fill("E-mail", mailbox);
    await staff.press("Добавить");
    providers.google.says({ sub: login, hd: undefined, email: "elsewhere@example.org" });

    await visitor.read(await lastLetter(world, mailbox));
    await page.locator("a").last().click();
    const welcome = language === "ru" ? "Добро пожаловать" : "Welcome";
    await visitor.sees(welcome);
    await through("Google", "cancel");
    await visitor.sees(welcome);
    await through("Google");
    await visitor.sees(say.myPage);
    await page.goto("/me/social");
    const nothing = language === "ru" ? "Пароля портала у вас нет" : "You have no password of the portal";
    assert.ok((await visitor.text()).includes(nothing));
    const letters = (await world.messagesTo(mailbox)).map(({ subject }) => subject);
    assert.ok(
      letters.some((subject) => subject.includes("Google")),
      String(letters),
    );
  });
}
