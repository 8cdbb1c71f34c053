import { raw } from "hono/html";
import type { Html } from "./view.ts";

/**
 * Drawn on a 20 by 20 grid with the colour of the text around them; always beside words, so hidden from
 * readers.
 */
const shapes = {
  mark: '<path d="M2.75 2.75h14.5v14.5H2.75z"/><path d="M2.75 2.75h14.5L2.75 17.25z" class="solid"/>',
  problem: '<circle cx="10" cy="10" r="7.25"/><path d="M10 6v5M10 13.6v.1"/>',
  success: '<circle cx="10" cy="10" r="7.25"/><path d="m6.8 10.2 2.3 2.3 4.2-4.7"/>',
  warn: '<path d="M10 3 18 16.75H2zM10 8.2v4M10 14.3v.1"/>',
  info: '<circle cx="10" cy="10" r="7.25"/><path d="M10 9.2V14M10 6.4v.1"/>',
  back: '<path d="M16 10H4m5-5-5 5 5 5"/>',
  check: '<path d="m4.5 10.5 3.6 3.6 7.4-8.2"/>',
  auto: '<circle cx="10" cy="10" r="6.25"/><path d="M10 3.75a6.25 6.25 0 0 0 0 12.5z" class="solid"/>',
  light:
    '<circle cx="10" cy="10" r="3.5"/><path d="M10 1.8v2m0 12.4v2M1.8 10h2m12.4 0h2"/>' +
    '<path d="m4.2 4.2 1.4 1.4m8.8 8.8 1.4 1.4m0-11.6-1.4 1.4m-8.8 8.8-1.4 1.4"/>',
  dark: '<path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z"/>',
  // The places of the console.
  menu: '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
  close: '<path d="m5 5 10 10M15 5 5 15"/>',
  users:
    '<circle cx="7.5" cy="6.75" r="3"/><path d="M2 16.25c0-3 2.4-4.75 5.5-4.75s5.5 1.75 5.5 4.75"/>' +
    '<path d="M12.75 3.9a3 3 0 0 1 0 5.7M15 11.9c1.9.6 3 2.2 3 4.35"/>',
  cases: '<path d="M3 3.75h14v9.5H9.5L5.75 16.5v-3.25H3zM6.5 7.25h7M6.5 9.9h4.5"/>',
  groups:
    '<path d="M10 2.75 17.25 6.5 10 10.25 2.75 6.5zM2.75 10 10 13.75 17.25 10"/>' +
    '<path d="M2.75 13.5 10 17.25l7.25-3.75"/>',
  import: '<path d="M10 2.75v9m-3.5-3.5 3.5 3.5 3.5-3.5M3 12.5v4.25h14V12.5"/>',
  portals: '<path d="M2.75 3.75h14.5v12.5H2.75zM2.75 7.25h14.5M5.25 5.5h.1M7.25 5.5h.1"/>',
  deliveries: '<path d="M2.75 4.25h14.5v11.5H2.75zm0 .75L10 10.75 17.25 5"/>',
  figures: '<path d="M3 17.25h14M5 14.25V10M10 14.25V3.25M15 14.25v-7"/>',
  help:
    '<circle cx="10" cy="10" r="7.25"/><path d="M10 13.8v.1"/>' +
    '<path d="M7.9 8.1c.1-1.3 1-2.1 2.2-2.1s2.1.8 2.1 1.9c0 1.6-2.2 1.8-2.2 3.4"/>',
  audit: '<path d="M4 2.75h9l3 3v11.5H4zM7 8h6M7 11h6M7 14h3.5"/>',
} as const;

export type IconName = keyof typeof shapes;

export function icon(name: IconName): Html {
  return raw(`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${shapes[name]}</svg>`);
}
