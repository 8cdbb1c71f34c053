/** What axe-core finds on the page as it stands. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What the builder leaves in the page. */
interface Axed {
  axe?: { run(options: { runOnly: string[] }): Promise<Pick<Found, "violations">> };
}

type Found = Awaited<ReturnType<AxeBuilder["analyze"]>>;

/**
 * Each violation with its elements; none, as it should be. `colours`: the same page in another theme, where
 * nothing but colours differs. `all but colours`: in another language, where those are the same.
 */
export async function axeFinds(
  page: Page,
  wanted: "all" | "colours" | "all but colours" = "all",
): Promise<string[]> {
  if (wanted === "colours") {
    const again = await page.evaluate(() =>
      (window as unknown as Axed).axe?.run({ runOnly: ["color-contrast"] }),
    );
    if (again) return readable(again.violations);
  }
  const options = { runOnly: { type: "tag" as const, values: rules } };
  const axe = new AxeBuilder({ page }).options({
    ...options,
    resultTypes: ["violations"],
    rules: { "color-contrast": { enabled: wanted !== "all but colours" } },
  });
  return readable((await axe.setLegacyMode().analyze()).violations);
}

function readable(violations: Found["violations"]): string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
