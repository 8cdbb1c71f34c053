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
} as const;

export type IconName = keyof typeof shapes;

export function icon(name: IconName): Html {
  return raw(`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${shapes[name]}</svg>`);
}
