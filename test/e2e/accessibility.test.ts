/** What axe-core finds on every screen, in both languages and both themes: nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFinds } from "./axe.ts";
import { tourOfChanges } from "./change-screens.ts";
import { tourOfPortals } from "./portal-screens.ts";
import { tour, tourOfInbox } from "./screens.ts";
import { tourOfSocial } from "./social-screens.ts";
import { openStage, type Visitor } from "./stage.ts";

const stage = openStage();
/** All rules in the light theme; colours, alike in both languages, in both themes of one. */
async function examine(screen: string, { page, language }: Visitor): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  assert.deepEqual(await axeFinds(page, language === "ru" ? "all" : "all but colours"), [], screen);
  if (language !== "ru") return;
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await axeFinds(page, "colours"), [], `${screen}, dark`);
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
