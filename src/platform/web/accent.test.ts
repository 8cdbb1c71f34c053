import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { accentOf, accentStyle, contrast, grounds, LEAST_CONTRAST, petrol, type Theme } from "./accent.ts";

const themes: readonly Theme[] = ["light", "dark"];

test("contrast is counted as WCAG counts it", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(Math.round(contrast("#767676", "#ffffff") * 100), 454);
  assert.equal(contrast("#123456", "#123456"), 1);
});

test("every one of the 360 hues can be read in both themes, on every ground and under its own text", () => {
  for (const theme of themes) {
    for (let hue = 0; hue < 360; hue += 1) {
      const { accent, hover, active, onAccent } = accentOf(hue, theme);
      for (const shade of [accent, hover, active]) {
        assert.match(shade, /^#[0-9a-f]{6}$/);
        for (const ground of [...grounds[theme], onAccent]) {
          const found = contrast(shade, ground);
          assert.ok(
            found >= LEAST_CONTRAST,
            `${hue}, ${theme}: ${shade} on ${ground} is ${found.toFixed(2)}`,
          );
        }
      }
      assert.equal(new Set([accent, hover, active]).size, 3, `${hue}, ${theme}: the shades differ`);
    }
  }
});

test("hues differ from each other: a third of the circle is another colour", () => {
  for (let hue = 0; hue < 120; hue += 1) {
    const three = [hue, hue + 120, hue + 240].map((one) => accentOf(one, "light").accent);
    assert.equal(new Set(three).size, 3);
  }
});

test("petrol and the grounds are those of the style sheet", () => {
  const tokens = readFileSync(new URL("../../../client/tokens.css", import.meta.url), "utf8");
  for (const theme of themes) {
    for (const colour of [...Object.values(petrol[theme]), ...grounds[theme]]) {
      assert.ok(tokens.includes(`: ${colour};`), `${theme}: ${colour} is not in tokens.css`);
    }
    assert.deepEqual(accentOf(null, theme), petrol[theme]);
  }
});

test("the style sheet of a hue covers the device's theme and the chosen one", () => {
  const style = accentStyle(150);
  assert.equal(style.split(accentOf(150, "dark").accent).length - 1, 2);
  assert.ok(style.includes(':root[data-theme="dark"]'));
  assert.ok(style.includes(accentOf(150, "light").accent));
});
