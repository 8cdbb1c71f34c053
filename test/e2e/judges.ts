/** Several promises about the same screens, judged on one tour past them. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { axeFinds } from "./axe.ts";
import { misfits } from "./fits.ts";
import type { Look } from "./screens.ts";
import type { Visitor } from "./stage.ts";

/** What is wrong with the screen as it stands; leaves theme and window as they were. */
export type Judge = (visitor: Visitor) => Promise<string[]>;

/** All rules in the light theme; colours, alike in both languages, in both themes of one. */
export const clean: Judge = async ({ page, language }) => {
  const found = await axeFinds(page, language === "ru" ? "all" : "all but colours");
  if (language !== "ru") return found;
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeFinds(page, "colours");
  await page.emulateMedia({ colorScheme: "light" });
  return [...found, ...dark.map((each) => `${each}, dark`)];
};

/** 320 px, letters of 200 %, and 44 px for these. */
export function fitting(targets?: string): Judge {
  return ({ page }) => misfits(page, targets);
}

/** Each promise is a test of its own, and told with every screen that breaks it. */
export async function judgeAll(
  t: TestContext,
  promises: Readonly<Record<string, Judge>>,
  tour: (look: Look) => Promise<void>,
): Promise<void> {
  const judges = Object.entries(promises).map(([promise, judge]) => ({
    promise,
    judge,
    wrong: [] as string[],
  }));
  let screens = 0;
  await tour(async (screen, visitor) => {
    screens += 1;
    for (const { judge, wrong } of judges)
      for (const each of await judge(visitor)) wrong.push(`${screen}: ${each}`);
  });
  assert.ok(screens > 0, "the tour has shown something");
  for (const { promise, wrong } of judges) await t.test(promise, () => assert.deepEqual(wrong, []));
}
