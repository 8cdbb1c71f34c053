import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "hono/html";
import { parse } from "node-html-parser";
import { plainPortal } from "../../../test/plain-portal.ts";
import { page } from "./layout.ts";
import { strip } from "./strip.ts";
import type { View } from "./view.ts";

const view: View = {
  language: "ru",
  theme: "auto",
  path: "/sign-in",
  portal: plainPortal({ name: "Ромашка & Ко" }),
  formToken: () => "token",
  timeZone: "Europe/Moscow",
  now: 0,
  assets: { url: (name) => `/assets/${name}` },
  languageChosen: false,
  places: { placeOf: () => undefined },
  signedIn: null,
};
const draw = (over: Partial<View> = {}, options: Partial<Parameters<typeof page>[1]> = {}) =>
  parse(String(page({ ...view, ...over }, { title: "Вход", body: html`<p>текст</p>`, ...options })));

test("the document says its language, its theme and its title", () => {
  const document = draw({ theme: "dark" });
  assert.equal(document.querySelector("html")?.getAttribute("lang"), "ru");
  assert.equal(document.querySelector("html")?.getAttribute("data-theme"), "dark");
  assert.equal(document.querySelector("title")?.text, "Вход · Ромашка & Ко");
  assert.equal(document.querySelectorAll("h1").length, 1);
});

test("a page with problems says so first of all", () => {
  assert.match(draw({}, { hasProblems: true }).querySelector("title")?.text ?? "", /^Ошибка: /);
  assert.match(
    draw({ language: "en" }, { hasProblems: true }).querySelector("title")?.text ?? "",
    /^Error: /,
  );
});

test("the language switch stays on this page and keeps its query", () => {
  const link = (path: string) => draw({ path }).querySelector(".languages a")?.getAttribute("href");
  assert.equal(link("/sign-in"), "/sign-in?lang=en");
  assert.equal(link("/sign-in?next=%2Fme"), "/sign-in?next=%2Fme&lang=en");
});

test("the theme that is on is marked, and the others are one press away", () => {
  const links = draw({ theme: "light" }).querySelectorAll(".themes a");
  assert.deepEqual(
    links.map((link) => [link.getAttribute("href"), link.getAttribute("aria-current")]),
    [
      ["/sign-in?theme=auto", undefined],
      ["/sign-in?theme=light", "true"],
      ["/sign-in?theme=dark", undefined],
    ],
  );
});

test("help for people without mailbox and phone is the last link of every page", () => {
  for (const over of [{}, { signedIn: { name: "Анна", photo: null } }, { language: "en" as const }]) {
    assert.equal(draw(over).querySelectorAll("a").at(-1)?.getAttribute("href"), "/support");
  }
});

test("who is signed in sees the name, the way to the own page and a guarded way out", () => {
  const document = draw({ signedIn: { name: "<Анна>", photo: null } });
  assert.match(document.querySelector(".who")?.innerHTML ?? "", /&lt;Анна&gt;/);
  const form = document.querySelector("form");
  assert.equal(form?.getAttribute("action"), "/sign-out");
  assert.equal(form?.querySelector("[name=form_token]")?.getAttribute("value"), "token");
  assert.equal(draw().querySelector("form"), null);
});

test("nothing stands in the page that a strict content policy forbids", () => {
  const document = draw(
    { signedIn: { name: "Анна", photo: null } },
    { strip: { filled: 3, label: "шаг 1 из 4" } },
  );
  assert.equal(document.querySelectorAll("style, [style], [onclick], script:not([src])").length, 0);
});

test("the strip has twelve ticks, and a broken one takes the place of another", () => {
  const ticks = (name: string, options: Parameters<typeof strip>[0]) =>
    (
      parse(String(strip(options)))
        .querySelector(`.${name}`)
        ?.getAttribute("d") ?? ""
    ).split("h10").length - 1;
  assert.deepEqual(
    [ticks("filled", { filled: 3, label: "" }), ticks("empty", { filled: 3, label: "" })],
    [3, 9],
  );
  const broken = { filled: 5, brokenAt: 6, label: "ссылка устарела" };
  assert.deepEqual([ticks("filled", broken), ticks("empty", broken)], [5, 6]);
  assert.equal(parse(String(strip(broken))).querySelector("span")?.text, "ссылка устарела");
});
