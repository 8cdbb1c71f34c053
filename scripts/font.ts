/**
 * Makes `client/golos-text.woff2`: the letters that the product's own words need, in one file, weights 400
 * to 600. Run by hand after a change of the letters or of the font's version: `node scripts/font.ts`.
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";
import { mergeFonts } from "./merge-fonts.ts";

const russian = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const cyrillic = `${russian}${russian.toUpperCase()}№`;
const english = "abcdefghijklmnopqrstuvwxyz";
const latin = `${english}${english.toUpperCase()}0123456789 \u00a0.,:;!?-–—_@()/+*%&#"'’«»„“”·…=₽`;

const weights = { wght: { min: 400, max: 600, default: 400 } };
const dropTables = ["HVAR", "vhea", "vmtx", "STAT", "gasp", "DSIG"];
const packageFile = createRequire(import.meta.url).resolve("@fontsource-variable/golos-text/package.json");
const inPackage = (path: string) => new URL(path, `file://${packageFile}`);
const inClient = (name: string) => fileURLToPath(new URL(`../client/${name}`, import.meta.url));

async function part(name: string, text: string, keepFeatures: string[]): Promise<Buffer> {
  const whole = readFileSync(inPackage(`files/golos-text-${name}-wght-normal.woff2`));
  const options = {
    targetFormat: "truetype",
    variationAxes: weights,
    noHinting: true,
    keepFeatures,
    dropTables,
  } as const;
  return subsetFont(whole, text, { ...options, dropTables: [...dropTables] });
}

// The package cuts the font by alphabet, and a Russian page with an e-mail address on it would fetch two
// files.
// The kerning of the Cyrillic part is kept; of the Latin part only the digits of equal width.
const merged = mergeFonts(await part("cyrillic", cyrillic, ["kern"]), await part("latin", latin, ["tnum"]));
const font = await subsetFont(merged, cyrillic + latin, {
  targetFormat: "woff2",
  keepFeatures: ["kern"],
  noHinting: true,
});
writeFileSync(inClient("golos-text.woff2"), font);
copyFileSync(inPackage("LICENSE"), inClient("golos-text.OFL.txt"));
console.log(`client/golos-text.woff2: ${font.length} bytes, ${new Set(cyrillic + latin).size} characters`);
