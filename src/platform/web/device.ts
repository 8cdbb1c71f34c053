/** «Chrome, Windows»: enough for a person to recognise the own device; never used to decide anything. */
export function deviceName(agent: string): string {
  const browser = browsers.find(([, pattern]) => pattern.test(agent))?.[0];
  const system = systems.find(([, pattern]) => pattern.test(agent))?.[0];
  return (
    [browser, system].filter(Boolean).join(", ") ||
    agent
      .replace(/[^\w./-]+/g, " ")
      .slice(0, 40)
      .trim() ||
    "—"
  );
}

/** Order matters: most browsers also name the ones that they descend from. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ["Яндекс Браузер", /YaBrowser\//],
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\/|Opera\//],
  ["Samsung Internet", /SamsungBrowser\//],
  ["Firefox", /Firefox\/|FxiOS\//],
  ["Chrome", /Chrome\/|CriOS\/|Chromium\//],
  ["Safari", /Version\/.*Safari\//],
];

const systems: readonly (readonly [string, RegExp])[] = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["Linux", /Linux|X11/],
];
