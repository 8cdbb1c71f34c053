/** What axe-core finds on every screen, in both languages and both themes: nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { tourOfChanges } from "./change-screens.ts";
import { tourOfPortals } from "./portal-screens.ts";
import { tour, tourOfInbox } from "./screens.ts";
import { tourOfSocial } from "./social-screens.ts";
import { openStage, type Visitor } from "./stage.ts";

const stage = openStage();
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All rules in the light theme; in the dark one, alike in both languages, what depends on colours. */
async function examine(screen: string, { page, language }: Visitor): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  const options = { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] } as const;
  const axe = new AxeBuilder({ page }).options({ ...options, resultTypes: [...options.resultTypes] });
  const { violations } = await axe.setLegacyMode().analyze();
  assert.deepEqual(readable(violations), [], screen);
  if (language !== "ru") return;
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await page.evaluate(() =>
    (window as unknown as Axed).axe.run({ runOnly: ["color-contrast"] }),
  );
  assert.deepEqual(readable(dark.violations), [], `${screen}, dark`);
}

/** What the builder leaves in the page. */
interface Axed {
  axe: { run(options: { runOnly: string[] }): Promise<Pick<AxeResults, "violations">> };
}

type AxeResults = Awaited<ReturnType<AxeBuilder["analyze"]>>;

function readable(violations: AxeResults["violations"]): string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

for (const language of ["ru", "en"] as const) {
  for (const style of ["passport", "control-string"] as const) {
    test(`axe finds nothing on any screen (${style}, ${language})`, (t) =>
      tour(t, stage, { style, language }, examine));
  }
  test(`axe finds nothing on the changes of password, e-mail and phone (${language})`, (t) =>
    tourOfChanges(t, stage, { language }, examine));
  test(`axe finds nothing on the way through outside services (${language})`, (t) =>
    tourOfSocial(t, stage, { language }, examine));
  test(`axe finds nothing between a portal and its person (${language})`, (t) =>
    tourOfPortals(t, stage, { language }, examine));
  test(`axe finds nothing in the trial inbox (${language})`, (t) => tourOfInbox(t, stage, language, examine));
}
