import { html } from "hono/html";
import type { Html, SignedIn, ViewPortal } from "./view.ts";

/**
 * The photo, or initials in its place. The name always stands beside it, so readers are told nothing twice.
 */
export function portrait({ name, photo }: SignedIn, size: "small" | "large" = "small"): Html {
  return photo
    ? html`<img class="portrait ${size}" src="/me/photo/${photo}" alt="" width="64" height="64">`
    : html`<span class="portrait ${size}" aria-hidden="true">${initialsOf(name)}</span>`;
}

/** «Анна Петрова» -> «АП»: the first letters of the first two words that begin with a letter or a digit. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/u).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  return words.slice(0, 2).join("").toUpperCase() || "·";
}

/** The logo, or initials in its place; the name always stands beside it. */
export function portalMark({ logo, name }: Pick<ViewPortal, "logo" | "name">): Html {
  return logo === null
    ? html`<span class="portal-mark" aria-hidden="true">${initialsOf(name)}</span>`
    : html`<img class="portal-mark" src="/look/logo/${logo}" alt="" width="44" height="44">`;
}
