/** The way back with the keyboard alone. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openWorld, type World } from "../world.ts";
import { behindProxy, openStage } from "./stage.ts";

const stage = openStage();
const opened: { world?: World } = {};
const email = "anna@romashka.example";
const newPassword = "семь оранжевых велосипедов";

before(async () => {
  opened.world = await openWorld({ settings: behindProxy });
  await opened.world.addPerson({ login: "anna", email, password: "вишнёвый трамвай у пруда" });
});
after(() => opened.world?.close());

interface Focused {
  name: string;
  ring: boolean;
  seen: boolean;
}

/** What has the focus, whether it shows it (WCAG 2.4.7), and whether nothing lies over it (2.4.11). */
function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const label =
      element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent;
    return {
      name: (element.getAttribute("aria-label") ?? label ?? "").replace(/\s+/g, " ").trim(),
      ring: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
      seen: top !== null && (element.contains(top) || top.contains(element)),
    };
  });
}

/** Presses Tab until the focus is on what carries this name; every stop on the way is visible. */
async function tabTo(page: Page, name: string): Promise<string[]> {
  const stops: string[] = [];
  for (let press = 0; press < 25; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    assert.ok(stop.ring, `${stop.name} shows that it has the focus`);
    assert.ok(stop.seen, `${stop.name} is not hidden behind something`);
    stops.push(stop.name);
    if (stop.name === name) return stops;
  }
  throw new Error(`Tab does not reach ${name}: ${stops.join(", ")}`);
}

test("Tab walks the sign-in page in the order in which it is read", async (t) => {
  assert.ok(opened.world);
  const { page } = await stage.visit(t, opened.world);
  await page.goto("/sign-in");
  assert.equal((await focused(page)).name, "E-mail, телефон или логин");
  assert.deepEqual(await tabTo(page, "Нет доступа к почте и телефону?"), [
    "Пароль",
    "Показать пароль",
    "Забыли пароль?",
    "Не выходить на этом устройстве",
    "Войти",
    "как на устройстве",
    "светлое",
    "тёмное",
    "Помощь",
    "Нет доступа к почте и телефону?",
  ]);
  await page.goto("/help");
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).name, "К содержанию");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.match((await focused(page)).name, /Восстановление письмом/);
});

test("M1 M2 M5 the way back needs no mouse: Enter sends, problems lead to their field", async (t) => {
  const { world } = opened;
  assert.ok(world);
  const { page, ...visitor } = await stage.visit(t, world);
  await page.goto("/sign-in");
  await page.keyboard.type("anna");
  await page.keyboard.press("Enter");
  await page.locator("[data-focus]").waitFor();
  assert.ok((await focused(page)).ring, "the summary of what is wrong has the focus");
  await tabTo(page, "Введите пароль");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).name, "Показать пароль", "the link led into the field");
  await tabTo(page, "Забыли пароль?");
  await page.keyboard.press("Enter");
  await visitor.sees("Восстановление пароля");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(email);
  await page.keyboard.press("Enter");
  await visitor.sees("Проверьте почту");
  await tabTo(page, "Письмо не пришло");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("details").getAttribute("open"), "");

  const letter = (await world.messagesTo(email)).at(-1);
  await page.goto(letter?.link ?? "");
  await tabTo(page, "Новый пароль");
  await page.keyboard.type(newPassword);
  await tabTo(page, "Подтверждение нового пароля");
  await page.keyboard.type(newPassword);
  await page.keyboard.press("Enter");
  await visitor.sees("Пароль был успешно изменен");
  await tabTo(page, "Войти");
  await page.keyboard.press("Enter");
  await visitor.sees("Вход");
  assert.equal((await focused(page)).name, "Пароль");
  await page.keyboard.type(newPassword);
  await page.keyboard.press("Enter");
  await visitor.sees("Моя страница");
});
