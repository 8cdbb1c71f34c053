/** Narrow windows, large letters, fingers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { tourOfChanges } from "./change-screens.ts";
import { tourOfPortals } from "./portal-screens.ts";
import { tour, tourOfInbox } from "./screens.ts";
import { tourOfSocial } from "./social-screens.ts";
import { openStage, type Visitor } from "./stage.ts";

const stage = openStage();

/** How many pixels are to be reached only by scrolling sideways. */
function beyond(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** WCAG 2.2, 1.4.10 and 1.4.4: 320 px, which is a desktop at 400 %; and letters twice as large at 200 %. */
async function narrow(screen: string, { page }: Visitor): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  assert.ok((await beyond(page)) <= 0, `${screen} at 320 px`);
  await page.setViewportSize({ width: 640, height: 400 });
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  assert.ok((await beyond(page)) <= 0, `${screen} with large letters`);
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
}

/** 44 px for whatever stands alone; links within sentences are as high as their line. */
async function roomy(screen: string, { page }: Visitor): Promise<void> {
  await page.setViewportSize({ width: 360, height: 640 });
  const targets =
    "button:not(.copy *), input:not([type=hidden], [type=checkbox]), summary, .choice label, nav a";
  const small = await page.locator(targets).evaluateAll((elements) =>
    elements
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => element.getBoundingClientRect().height < 43.5)
      .map((element) => `${element.outerHTML} ${element.getBoundingClientRect().height}`),
  );
  assert.deepEqual(small, [], screen);
}

async function judge(screen: string, visitor: Visitor): Promise<void> {
  await narrow(screen, visitor);
  await roomy(screen, visitor);
}

for (const [style, language] of [
  ["passport", "ru"],
  ["control-string", "en"],
] as const) {
  test(`screens fit 320 px, bear letters of 200 % and have targets of 44 px (${style}, ${language})`, (t) =>
    tour(t, stage, { style, language }, judge));
}

test("the changes of password, e-mail and phone fit 320 px", (t) =>
  tourOfChanges(t, stage, { language: "ru" }, judge));
test("the way through outside services fits 320 px", (t) =>
  tourOfSocial(t, stage, { language: "ru" }, judge));
test("the screens between a portal and its person fit 320 px", (t) =>
  tourOfPortals(t, stage, { language: "ru" }, judge));
test("the trial inbox fits into 320 px", (t) => tourOfInbox(t, stage, "ru", judge));
