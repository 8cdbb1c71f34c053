/**
 * Makes `client/services.svg`: the marks of the outside services on their buttons, one symbol each. Run by
 * hand after a change here or of simple-icons' version: `node scripts/marks.ts`.
 *
 * Marks of one colour come from simple-icons (CC0). Those that it does not have, and those of several
 * colours, are drawn here after what the brand shows on its own buttons; what an operator has to check with
 * each brand stands in docs/operating/social.md.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { siApple, siGithub, siMaildotru, siOdnoklassniki, siTelegram, siVk } from "simple-icons";

interface Mark {
  viewBox?: string;
  shapes: string;
}

const path = (d: string, fill: string) => `<path fill="${fill}" d="${d}"/>`;
const inBrandColour = ({ path: d, hex }: { path: string; hex: string }): Mark => ({
  shapes: path(d, `#${hex.toLowerCase()}`),
});
/** In the colour of the text beside it, light on dark and dark on light. */
const inTextColour = ({ path: d }: { path: string }): Mark => ({ shapes: path(d, "currentColor") });

/** Google's letter is one shape in one colour there; the brand asks for its four. */
const google: Mark = {
  viewBox: "0 0 48 48",
  shapes: [
    path(
      "M24 9.5c3.54 0 6.71 1.22 9.21 3.6l6.85-6.85C35.9 2.38 30.47 0 24 0 14.62 0 6.51 5.38 " +
        "2.56 13.22l7.98 " +
        "6.19C12.43 13.72 17.74 9.5 24 9.5z",
      "#ea4335",
    ),
    path(
      "M46.98 24.55c0-1.57-.15-3.09-.38-4.55H24v9.02h12.94c-.58 2.96-2.26 5.48-4.78 7.18l7.73 6c4.51-4.18 " +
        "7.09-10.36 7.09-17.65z",
      "#4285f4",
    ),
    path(
      "M10.53 28.59c-.48-1.45-.76-2.99-.76-4.59s.27-3.14.76-4.59l-7.98-6.19C.92 16.46 0 20.12 0 " +
        "24c0 3.88.92 " +
        "7.54 2.56 10.78l7.97-6.19z",
      "#fbbc05",
    ),
    path(
      "M24 48c6.48 0 11.93-2.13 15.89-5.81l-7.73-6c-2.15 1.45-4.92 2.3-8.16 2.3-6.26 " +
        "0-11.57-4.22-13.47-9.91" +
        "l-7.98 6.19C6.51 42.62 14.62 48 24 48z",
      "#34a853",
    ),
  ].join(""),
};

/** By the name that its button carries: a service, or a door of one. */
const marks: Record<string, Mark> = {
  yandex: {
    shapes:
      '<circle cx="12" cy="12" r="12" fill="#fc3f1d"/>' +
      path(
        "M13.6 19.2h2.2V4.8h-3.2c-3.2 0-4.9 1.7-4.9 4.1 0 2 .9 3.1 2.6 4.3l-2.9 6h2.5l3.1-6.3-1-.7c-1.3-.9" +
          "-1.9-1.6-1.9-3.1 0-1.3.9-2.3 2.6-2.3h.9z",
        "#fff",
      ),
  },
  vk: inBrandColour(siVk),
  mail_ru: inBrandColour(siMaildotru),
  ok_ru: inBrandColour(siOdnoklassniki),
  sber: {
    shapes:
      '<g fill="none" stroke="#21a038" stroke-width="2.6"><path d="M19.6 5.100A10.2 10.2 0 1 0 22.2 12"/>' +
      '<path d="m6.6 10.3 5.4 3.300L22 7.2"/></g>',
  },
  tid: {
    shapes:
      path("M2.5 2h19v10.8c0 3.3-1.6 5.7-4.7 7.4L12 23l-4.8-2.8c-3.1-1.7-4.7-4.1-4.7-7.4z", "#ffdd2d") +
      path("M7 6.5h10v3.1q-1.2-1.1-3.1-1.1V14q0 1.7 1.3 2.5H8.8q1.3-.8 1.3-2.5V8.5q-1.9 0-3.1 1.1z", "#333"),
  },
  google,
  apple: inTextColour(siApple),
  microsoft: {
    viewBox: "0 0 21 21",
    shapes:
      path("M0 0h10v10H0z", "#f25022") +
      path("M11 0h10v10H11z", "#7fba00") +
      path("M0 11h10v10H0z", "#00a4ef") +
      path("M11 11h10v10H11z", "#ffb900"),
  },
  github: inTextColour(siGithub),
  telegram: inBrandColour(siTelegram),
  // A provider of one's own has no mark that we could know: a key.
  oidc: {
    shapes:
      '<g fill="none" stroke="currentColor" stroke-width="1.8"><circle cx="7.5" cy="14.5" r="4.6"/>' +
      '<path d="m10.8 11.2 8.7-8.700M16 6l3.2 3.200M13.2 8.800l2.4 2.4"/></g>',
  },
};

const symbols = Object.entries(marks).map(
  ([name, { viewBox = "0 0 24 24", shapes }]) =>
    `<symbol id="${name}" viewBox="${viewBox}">${shapes}</symbol>`,
);
const file = `<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true">\n${symbols.join("\n")}\n</svg>\n`;
writeFileSync(fileURLToPath(new URL("../client/services.svg", import.meta.url)), file);
console.log(`client/services.svg: ${Buffer.byteLength(file)} bytes, ${symbols.length} marks`);
