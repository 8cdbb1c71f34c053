import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "node-html-parser";
import { plainPortal } from "../../../test/plain-portal.ts";
import { loadAssets } from "./assets.ts";
import { serviceButtons, serviceStyles } from "./service-buttons.ts";
import type { View } from "./view.ts";

const assets = loadAssets();
const view: View = {
  language: "ru",
  theme: "auto",
  path: "/",
  portal: plainPortal(),
  formToken: () => "token",
  timeZone: "Europe/Moscow",
  now: 1_000_000,
  assets,
  languageChosen: false,
  places: { placeOf: () => undefined },
  signedIn: null,
};
const named = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    service: "vk",
    door: place === 0 ? undefined : `door${place}`,
    name: { ru: `Дверь ${place}`, en: `Door ${place}` },
  }));
const drawn = (count: number) => parse(String(serviceButtons(view, { ways: named(count), label: "Войти" })));
const labels = (count: number, place: string) =>
  drawn(count)
    .querySelectorAll(`${place} button`)
    .map(({ textContent }) => textContent);

test("five services stand at once; of six, two are folded under «Другие сервисы» and none is lost", () => {
  assert.equal(drawn(5).querySelectorAll("button").length, 5);
  assert.equal(drawn(5).querySelector("details"), null);
  assert.equal(drawn(6).querySelector("summary")?.textContent, "Другие сервисы");
  assert.deepEqual(labels(6, "details"), ["Дверь 4", "Дверь 5"]);
  assert.equal(drawn(6).querySelectorAll("button").length, 6);
});

test("every mark that a button can point to stands in the file of marks, and the file is small", () => {
  const { body } = assets.respond(assets.url("services.svg"), "br") ?? {};
  assert.ok(body && body.byteLength < 4_096, `${body?.byteLength} bytes`);
  const file = readFileSync(new URL("../../../client/services.svg", import.meta.url), "utf8");
  const marks = [...file.matchAll(/<symbol id="(\w+)"/g)].map(([, id]) => id);
  const all = ["yandex", "vk", "mail_ru", "ok_ru", "sber", "tid", "google", "apple", "microsoft"];
  assert.deepEqual(new Set(marks), new Set([...all, "github", "telegram", "oidc"]));
  assert.equal(
    assets.respond(assets.url("services.svg"), undefined)?.headers["Content-Type"],
    "image/svg+xml; charset=utf-8",
  );
  assert.ok(serviceStyles.every((name) => assets.url(name).startsWith("/assets/")));
});

test("a button says its name, points to its mark, and its form goes to its service alone", () => {
  const page = drawn(2);
  const [first, second] = page.querySelectorAll("form");
  assert.equal(first?.getAttribute("action"), "/social/vk/start");
  assert.equal(first?.querySelector("use")?.getAttribute("href"), `${assets.url("services.svg")}#vk`);
  assert.equal(first?.querySelector("svg")?.getAttribute("aria-hidden"), "true");
  assert.equal(second?.querySelector("[name=door]")?.getAttribute("value"), "door1");
});
