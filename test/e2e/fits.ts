/** Narrow windows, large letters, fingers. */
import type { Page } from "playwright-core";

const standingAlone = "main button, main .button, main select, main summary, main nav a";

/** How many pixels are to be reached only by scrolling sideways. */
export function beyond(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** 44 px for whatever stands alone; links within sentences are as high as their line. */
export function smallTargets(page: Page, targets = standingAlone): Promise<string[]> {
  return page.locator(targets).evaluateAll((elements) =>
    elements
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => element.getBoundingClientRect().height < 43.5)
      .map((element) => `${element.outerHTML} ${element.getBoundingClientRect().height}`),
  );
}

/**
 * What does not fit. WCAG 2.2, 1.4.10 and 1.4.4: 320 px, which is a desktop at 400 %; and letters twice as
 * large at 200 %. The window is as wide afterwards as it was.
 */
export async function misfits(page: Page, targets?: string): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await beyond(page);
  await page.setViewportSize({ width: 640, height: 400 });
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  const large = await beyond(page);
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.setViewportSize({ width: 360, height: 640 });
  const small = await smallTargets(page, targets);
  if (before) await page.setViewportSize(before);
  return [
    ...(narrow > 0 ? [`${narrow} px beyond 320 px`] : []),
    ...(large > 0 ? [`${large} px beyond with large letters`] : []),
    ...small.map((element) => `less than 44 px: ${element}`),
  ];
}
