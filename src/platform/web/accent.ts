/**
 * The one colour that a portal chooses. It chooses the hue alone; lightness and strength are ours, so that
 * every hue can be read: text in it, text on it, and on every ground of both themes (WCAG 2.2, 1.4.3: 4.5).
 */

/** Of one theme, as #rrggbb. */
export interface Accent {
  accent: string;
  hover: string;
  active: string;
  onAccent: string;
}

export type Theme = "light" | "dark";

/** What stands in the style sheet: the accent of who chose none. */
export const petrol: Readonly<Record<Theme, Accent>> = {
  light: { accent: "#0f5f6f", hover: "#0a5361", active: "#084652", onAccent: "#fcfcf9" },
  dark: { accent: "#6bc8d3", hover: "#7ed7e1", active: "#93e6ef", onAccent: "#061b22" },
};

/** The grounds that text in the accent stands on, as in tokens.css. */
export const grounds: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#fbfaf7", "#ffffff", "#f4f2ee"],
  dark: ["#0e1518", "#161e22", "#0a1013"],
};

/** As far as the screen and «Строка» go: stronger ones would shout beside paper and ink. */
const MOST_CHROMA = 0.12;
export const LEAST_CONTRAST = 4.5;

/** The lightness of each shade to begin with, and in which direction more contrast lies. */
const shades = {
  light: { accent: 0.45, hover: 0.4, active: 0.35, onAccent: "#fcfcf9", step: -0.005 },
  dark: { accent: 0.78, hover: 0.83, active: 0.88, onAccent: "#0b1418", step: 0.005 },
} as const;

/** The accent of this hue (0 to 359) in a theme; petrol for null. */
export function accentOf(hue: number | null, theme: Theme): Accent {
  if (hue === null) return petrol[theme];
  const { onAccent, step, ...lightness } = shades[theme];
  const shade = (from: number) => {
    let at = from;
    let colour = colourOf(at, hue);
    while (!isReadable(colour, onAccent, theme) && at > 0.05 && at < 0.99) {
      at += step;
      colour = colourOf(at, hue);
    }
    return colour;
  };
  return {
    accent: shade(lightness.accent),
    hover: shade(lightness.hover),
    active: shade(lightness.active),
    onAccent,
  };
}

function isReadable(colour: string, onAccent: string, theme: Theme): boolean {
  return [onAccent, ...grounds[theme]].every((ground) => contrast(colour, ground) >= LEAST_CONTRAST);
}

/** OKLCH to #rrggbb, with as much chroma as this lightness has on a screen, up to ours. */
function colourOf(lightness: number, hue: number): string {
  for (let chroma = MOST_CHROMA; ; chroma -= 0.005) {
    const channels = linearOf(lightness, Math.max(0, chroma), hue);
    if (chroma <= 0 || channels.every((channel) => channel >= -0.0005 && channel <= 1.0005)) {
      return `#${channels.map(hexOf).join("")}`;
    }
  }
}

/** Björn Ottosson's matrices (bottosson.github.io/posts/oklab). */
function linearOf(lightness: number, chroma: number, hue: number): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function hexOf(linear: number): string {
  const within = Math.min(1, Math.max(0, linear));
  const encoded = within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, "0");
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted(
    (left, right) => left - right,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const channel = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The style sheet of the sample on the page where a hue is chosen: both themes side by side. */
export function sampleStyle(hue: number | null): string {
  return (["light", "dark"] as const)
    .map((theme) => {
      const { accent, onAccent } = accentOf(hue, theme);
      return `.sample.${theme}{--accent:${accent};--on-accent:${onAccent}}\n`;
    })
    .join("");
}

/** The style sheet that gives a page this hue; loaded behind the one of all pages. */
export function accentStyle(hue: number): string {
  const rules = (theme: Theme) => {
    const { accent, hover, active, onAccent } = accentOf(hue, theme);
    return `--accent:${accent};--accent-hover:${hover};--accent-active:${active};--on-accent:${onAccent}`;
  };
  return `:root{${rules("light")}}
@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${rules("dark")}}}
:root[data-theme="dark"]{${rules("dark")}}
`;
}
