/** What axe-core finds on the page as it stands. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What the source leaves in the page. */
interface Axed {
  axe?: { run(options: RunOptions): Promise<AxeResults> };
}

/**
 * Each violation with its elements; none, as it should be. `colours`: the same page in another theme, where
 * nothing but colours differs. `all but colours`: in another language, where those are the same.
 */
export async function axeFinds(
  page: Page,
  wanted: "all" | "colours" | "all but colours" = "all",
): Promise<string[]> {
  // Reading the source takes as long as judging a page, so a page that was looked at once keeps it.
  for (const frame of page.frames()) {
    const isThere = await frame.evaluate(() => (window as unknown as Axed).axe !== undefined);
    if (!isThere) await frame.evaluate(`${source};undefined`);
  }
  const options: RunOptions = {
    runOnly: wanted === "colours" ? ["color-contrast"] : { type: "tag", values: rules },
    resultTypes: ["violations"],
    ...(wanted === "all but colours" && { rules: { "color-contrast": { enabled: false } } }),
  };
  const found = await page.evaluate((given) => (window as unknown as Axed).axe?.run(given), options);
  if (!found) throw new Error("axe is not in the page");
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
