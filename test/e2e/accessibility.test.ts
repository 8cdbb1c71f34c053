/**
 * Every screen in both languages and both themes, looked at by axe-core; and in narrow windows, with large
 * letters, for fingers: in one language, because they differ in their words alone.
 */
import { type TestContext, test } from "node:test";
import { tourOfChanges } from "./change-screens.ts";
import { clean, fitting, judgeAll } from "./judges.ts";
import { tourOfPortals } from "./portal-screens.ts";
import { type Look, tour, tourOfInbox } from "./screens.ts";
import { tourOfSocial } from "./social-screens.ts";
import { openStage } from "./stage.ts";

const stage = openStage();
const targets =
  "button:not(.copy *), input:not([type=hidden], [type=checkbox]), summary, .choice label, nav a";

interface Tour {
  name: string;
  axe: string;
  narrow: string | false;
  walk(t: TestContext, look: Look): Promise<void>;
}

const tours = (["ru", "en"] as const).flatMap((language): Tour[] => {
  const isFirst = language === "ru";
  const everything = (["passport", "control-string"] as const).map((style) => ({
    name: `every screen (${style}, ${language})`,
    axe: `axe finds nothing on any screen (${style}, ${language})`,
    narrow:
      isFirst === (style === "passport") &&
      `screens fit 320 px, bear letters of 200 % and have targets of 44 px (${style}, ${language})`,
    walk: (t: TestContext, look: Look) => tour(t, stage, { style, language }, look),
  }));
  return [
    ...everything,
    {
      name: `password, e-mail and phone (${language})`,
      axe: `axe finds nothing on the changes of password, e-mail and phone (${language})`,
      narrow: isFirst && "the changes of password, e-mail and phone fit 320 px",
      walk: (t, look) => tourOfChanges(t, stage, { language }, look),
    },
    {
      name: `outside services (${language})`,
      axe: `axe finds nothing on the way through outside services (${language})`,
      narrow: isFirst && "the way through outside services fits 320 px",
      walk: (t, look) => tourOfSocial(t, stage, { language }, look),
    },
    {
      name: `portals (${language})`,
      axe: `axe finds nothing between a portal and its person (${language})`,
      narrow: isFirst && "the screens between a portal and its person fit 320 px",
      walk: (t, look) => tourOfPortals(t, stage, { language }, look),
    },
    {
      name: `trial inbox (${language})`,
      axe: `axe finds nothing in the trial inbox (${language})`,
      narrow: isFirst && "the trial inbox fits into 320 px",
      walk: (t, look) => tourOfInbox(t, stage, language, look),
    },
  ];
});

for (const { name, axe, narrow, walk } of tours) {
  const promises = { [axe]: clean, ...(narrow !== false && { [narrow]: fitting(targets) }) };
  test(name, (t) => judgeAll(t, promises, (look) => walk(t, look)));
}
