/** What axe-core finds on every screen, in both languages and both themes: nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { tour, tourOfInbox } from "./screens.ts";
import { openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All rules in the light theme; in the dark one what depends on colours. */
async function examine(screen: string, { page }: Visitor): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  const found = await violations(page, (axe) => axe.withTags(rules));
  await page.emulateMedia({ colorScheme: "dark" });
  found.push(...(await violations(page, (axe) => axe.withRules(["color-contrast", "link-in-text-block"]))));
  assert.deepEqual(found, [], screen);
}

async function violations(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const { violations } = await choose(new AxeBuilder({ page })).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

for (const language of ["ru", "en"] as const) {
  for (const style of ["passport", "control-string"] as const) {
    test(`axe finds nothing on any screen (${style}, ${language})`, (t) =>
      tour(t, stage, { style, language }, examine));
  }
  test(`axe finds nothing in the trial inbox (${language})`, (t) => tourOfInbox(t, stage, language, examine));
}
