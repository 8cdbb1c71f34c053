import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Hono } from "hono";
import { type HTMLElement, parse } from "node-html-parser";
import { plainPortal } from "../../test/plain-portal.ts";
import { placesFor } from "../admin/places.ts";
import { type Language, languages } from "../platform/language/language.ts";
import type { WebEnv } from "../platform/web/context.ts";
import { Refusal } from "../platform/web/refusals.ts";
import type { View, ViewPortal } from "../platform/web/view.ts";
import { type Policies, presets } from "../policies/policies.ts";
import { readSettings, type Settings } from "../settings.ts";
import { topicIds } from "./help.ts";
import { helpRoutes } from "./routes.ts";
import { staffTopicIds } from "./staff/staff.ts";

const styles = ["passport", "control-string"] as const;
const paths = ["/help", ...topicIds.map((id) => `/help/${id}`)];
const staffPaths = ["/help/staff", ...staffTopicIds.map((id) => `/help/staff/${id}`)];
/** The screens that a help page may lead to; each is named in the README of its house. */
const screens = ["/recovery", "/recovery/login", "/sign-in", "/me", "/support"];
/** A portal without a desk. */
const noDesk = { channels: ["letter", "sms"] } as const;

const settings = readSettings({
  SECRET_KEY: Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64url"),
  PUBLIC_URL: "https://id.romashka.ru",
  MAIL_FROM: "Ромашка <no-reply@id.romashka.ru>",
  RECOVERY_LINK_LIFETIME: "45m",
});

const { social: withServices } = readSettings({
  SECRET_KEY: settings.secretKeys.map((key) => key.toString("base64url")).join(","),
  PUBLIC_URL: settings.publicUrl,
  SOCIAL_YANDEX_CLIENT_ID: "id",
  SOCIAL_YANDEX_SECRET: "secret",
});

/** What holds for everybody here. */
function rulesOf(linkMinutes: number) {
  const everyone = { ...presets.box, linkMinutes };
  const book = { version: 1, groups: new Map(), everyone };
  const policies: Policies = { book, refresh: async () => {}, poll: () => {}, stop: () => {} };
  return { clock: { now: () => 0 }, policies };
}

/** Of the settings and of the portal. */
type Over = Partial<Pick<Settings, "smsReady" | "social">> &
  Partial<ViewPortal> &
  Partial<Pick<View, "signedIn">>;

function visit(path: string, language: Language, over: Over = {}): Response | Promise<Response> {
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set("view", {
      language,
      theme: "auto",
      path,
      portal: plainPortal(over),
      formToken: () => "token",
      timeZone: "Europe/Moscow",
      now: 0,
      assets: { url: (name) => `/assets/${name}` },
      languageChosen: false,
      places: { placeOf: () => undefined },
      signedIn: over.signedIn ?? null,
    });
    await next();
  });
  app.onError((error, c) => c.text(error.name, error instanceof Refusal ? error.status : 500));
  app.route("/help", helpRoutes({ ...rulesOf(45), settings: { ...settings, ...over } }));
  return app.request(path);
}

async function read(path: string, language: Language, over: Over = {}): Promise<HTMLElement> {
  const answer = await visit(path, language, over);
  assert.equal(answer.status, 200, path);
  const main = parse(await answer.text()).querySelector("main");
  assert.ok(main, path);
  return main;
}

async function everyPage(look: (main: HTMLElement, path: string, language: Language) => void): Promise<void> {
  for (const style of styles)
    for (const language of languages)
      for (const smsReady of [true, false])
        for (const over of [
          { style, smsReady },
          { style, smsReady, ...noDesk, social: withServices },
        ])
          for (const path of [...paths, ...staffPaths])
            look(await read(path, language, over), path, language);
}

const textOf = (element: HTMLElement) => element.text.replaceAll("\u00a0", " ");
const hrefsOf = (element: HTMLElement) =>
  element.querySelectorAll("a").map((link) => link.getAttribute("href") ?? "");

test("every page answers in one sentence or two, and ends with a way on", async () => {
  await everyPage((main, path) => {
    assert.equal(main.querySelectorAll("h1").length, 1, path);
    assert.ok(textOf(main.querySelector("p.lead") ?? main).split(/[.?] /).length <= 2, path);
    assert.equal(main.querySelectorAll("a.button.primary").length, 1, path);
    assert.ok(main.querySelector("p.back a"), path);
  });
});

test("every link of the help leads somewhere", async () => {
  await everyPage((main, path) => {
    for (const href of hrefsOf(main)) {
      const known =
        paths.includes(href) ||
        staffPaths.includes(href) ||
        screens.includes(href) ||
        /^(https:|mailto:)/.test(href);
      assert.ok(known, `${href} on ${path}`);
    }
  });
});

test("every link into the help, from any screen or letter, leads to a page", () => {
  const sources = globSync("src/**/*.ts", { cwd: new URL("../..", import.meta.url) });
  const links = sources
    .filter((source) => !source.includes(".test."))
    .flatMap((source) => linksIn(source).map((link) => ({ source, link })));
  for (const { source, link } of links)
    assert.ok([...paths, ...staffPaths].includes(link), `${link} in ${source}`);
  assert.ok(links.some(({ source }) => source.includes("recovery")));
});

test("every topic can be reached from the overview", async () => {
  for (const style of styles) {
    const hrefs = hrefsOf(await read("/help", "ru", { style }));
    for (const id of topicIds) assert.ok(hrefs.includes(`/help/${id}`), id);
  }
});

test("staff find every task from their overview, and the console's places each have their page", async () => {
  const hrefs = hrefsOf(await read("/help/staff", "ru"));
  for (const path of staffPaths.slice(1)) assert.ok(hrefs.includes(path), path);
  for (const place of placesFor("owner").flat()) assert.ok(hrefs.includes(`/help/staff/${place}`), place);
  assert.ok(
    !hrefsOf(await read("/help/staff/users", "ru")).includes("/admin/users"),
    "it is not there for others",
  );
  const staff = { signedIn: { name: "Ольга", photo: null, isStaff: true } };
  assert.ok(hrefsOf(await read("/help/staff/users", "ru", staff)).includes("/admin/users"));
});

test("an unknown topic is not found", async () => {
  for (const path of [
    "/help/nothing",
    "/help/constructor",
    "/help/staff/constructor",
    "/help/by-letter/more",
  ])
    assert.equal((await visit(path, "ru")).status, 404, path);
});

test("every label that the help quotes stands on a screen", async () => {
  const files = globSync("src/**/words.ts", { cwd: new URL("../..", import.meta.url) });
  const screenWords = files
    .filter((file) => !file.includes("help"))
    .map((file) => readSource(file).replaceAll("\\u00a0", " "))
    .join("\n");
  const stands = (label: string) =>
    [`"${label}"`, `«${label}»`, `“${label}”`].some((quoted) => screenWords.includes(quoted));
  await everyPage((main, path) => {
    for (const [, label = ""] of textOf(main).matchAll(/[«“]([^»”]+)[»”]/g))
      assert.ok(stands(label), `«${label}» on ${path}`);
  });
});

test("the way of the installed style is offered, and the other one says so", async () => {
  const main = { passport: "by-letter", "control-string": "control-string" } as const;
  for (const style of styles) {
    const overview = await read("/help", "ru", { style });
    assert.equal(hrefsOf(overview)[0], `/help/${main[style]}`);
  }
  const elsewhere = await read("/help/control-string", "ru");
  assert.match(textOf(elsewhere), /На этом портале пароль восстанавливают иначе/);
  assert.deepEqual(hrefsOf(elsewhere).slice(0, 2), ["/help/by-letter", "/recovery"]);
  const here = await read("/help/control-string", "ru", { style: "control-string" });
  assert.doesNotMatch(textOf(here), /иначе/);
});

test("the figures are those of this installation", async () => {
  assert.match(textOf(await read("/help/by-letter", "ru")), /действует 45 минут/);
  assert.match(textOf(await read("/help/by-code", "en")), /works for 10 minutes/);
  assert.match(textOf(await read("/help/security", "ru")), /только на id\.romashka\.ru/);
});

test("M21: codes by SMS are explained where they are sent, and nowhere else", async () => {
  const here = textOf(await read("/help/by-phone", "ru", { smsReady: true }));
  assert.match(here, /по коду из SMS.*действует 10 минут/);
  assert.match(here, /3 SMS в час и 5 в день/);
  for (const path of paths) {
    const without = textOf(await read(path, "ru", { smsReady: false }));
    assert.doesNotMatch(without.replace("Коды по SMS здесь не отправляются", ""), /SMS/, path);
  }
});

test("M7 M30: services are explained where they are offered, and so is an invitation", async () => {
  const told = {
    "/help/invited": [/Под полями пароля есть кнопки сервисов/, /buttons of services/],
    "/help/social": [/Если сервис не пустил/, /If the service did not let you in/],
  } as const;
  for (const [path, sentences] of Object.entries(told))
    for (const [place, language] of (["ru", "en"] as const).entries()) {
      const sentence = sentences[place] ?? /never/;
      assert.match(textOf(await read(path, language, { social: withServices })), sentence, path);
      assert.doesNotMatch(textOf(await read(path, language)), sentence, path);
    }
});

test("the sender to put on an allow-list is ready to copy", async () => {
  for (const path of ["/help/no-letter", "/help/security"]) {
    const field = (await read(path, "ru")).querySelector("input[readonly]");
    assert.equal(field?.getAttribute("value"), "no-reply@id.romashka.ru");
  }
});

test("people who need the administrator find the contact, and can press its mailbox", async () => {
  const adminContact = "<b>Олег</b> Ким, it@romashka.ru, доб. 12";
  for (const path of ["/help/support", "/help/forgot-login", "/help/security"]) {
    const known = await read(path, "ru", { adminContact, ...noDesk });
    assert.equal(known.querySelector(".facts dd b"), null);
    assert.match(known.querySelector(".facts dd")?.text ?? "", /Олег.* Ким, it@romashka\.ru, доб\. 12/);
    assert.ok(hrefsOf(known).includes("mailto:it@romashka.ru"));
    assert.match(textOf(await read(path, "ru", noDesk)), /[Аа]дминистратор вашего портала/);
  }
});

test("the desk helps without mailbox and phone, and where there is none the administrator", async () => {
  const lost = ["/help", "/help/support", "/help/no-mailbox", "/help/forgot-login", "/help/by-phone"];
  for (const language of languages) {
    for (const path of lost) {
      const over = { smsReady: false };
      const [desk, none] = [
        await read(path, language, over),
        await read(path, language, { ...over, ...noDesk }),
      ];
      assert.match(textOf(desk), /оддержк|upport/, path);
      assert.doesNotMatch(
        textOf(desk),
        /администратор[ау]? портала|администратору\.|portal's administrator/i,
        path,
      );
      assert.match(textOf(none), /администратор|administrator/i, path);
      assert.doesNotMatch(textOf(none), /оддержк|upport/, path);
      assert.ok(!hrefsOf(none).includes("/support"), path);
    }
    for (const path of ["/help/support", "/help/no-mailbox"])
      assert.ok(hrefsOf(await read(path, language)).includes("/support"), path);
  }
});

test("nobody outside learns from which portal somebody came", async () => {
  await everyPage((main) => {
    for (const link of main.querySelectorAll("a[href^=https:]"))
      assert.equal(link.getAttribute("rel"), "noreferrer");
  });
  assert.equal((await read("/help/social", "ru")).querySelectorAll("a[href^=https:]").length, 10);
});

test("the texts keep to the voice and the typography of the product", async () => {
  await everyPage((main, path, language) => {
    assert.doesNotMatch(main.text, /[!"]|\s-\s| —|\.\.\.|пожалуйста|please/i, path);
    const loose = language === "ru" ? main.text.match(/(?<=[\s«(])[а-яё]{1,2} .{0,20}/gi) : null;
    assert.equal(loose, null, path);
  });
});

/** Addresses, unlike imports, begin after a quote or after the origin. */
function linksIn(source: string): string[] {
  return [...readSource(source).matchAll(/["'}](\/help\/[a-z-]+)/g)].map(([, link = ""]) => link);
}

function readSource(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

test("the page on passwords tells the rules that hold here, in both languages", async () => {
  for (const [language, rules] of [
    ["ru", [/Не короче 10 символов/, /Есть заглавная буква/, /Не из последних 3/, /Раз в 90 дней/]],
    ["en", [/At least 10 characters/, /Has a capital letter/, /None of the last 3/, /every 90 days/]],
  ] as const) {
    const page = await read("/help/keep-password", language);
    for (const rule of rules) assert.match(page.textContent.replaceAll("\u00a0", " "), rule);
  }
});
