import { html, raw } from "hono/html";
import type { Html } from "./view.ts";

/**
 * How far a flow has gone. The label says the same in words («шаг 2 из 4 · письмо»), for eyes and for
 * readers.
 */
export interface Strip {
  /** 0 to 12 ticks, from the left. */
  readonly filled: number;
  /**
   * The tick that snapped, counted from 1: an outdated link. It stands in the place of a filled or an empty
   * one.
   */
  readonly brokenAt?: number;
  readonly label: string;
}

const tickCount = 12;
const pitch = 13;

/** The product's mark: twelve slanted ticks ▰▰▰▱▱▱▱▱▱▱▱▱, one of which may be broken ╳. */
export function strip({ filled, brokenAt, label }: Strip): Html {
  const places = Array.from({ length: tickCount }, (_, index) => index + 1).filter(
    (place) => place !== brokenAt,
  );
  const ticks = (wanted: (place: number) => boolean) =>
    places
      .filter(wanted)
      .map((place) => `M${(place - 1) * pitch + 2.5} .5h10l-2 5h-10z`)
      .join("");
  const left = ((brokenAt ?? 1) - 1) * pitch + 3;
  const broken = brokenAt ? `<path class="broken" d="M${left} 0l7 6m0-6-7 6"/>` : "";
  return html`<p class="strip"><svg viewBox="0 0 ${tickCount * pitch} 6" aria-hidden="true">${raw(
    `<path class="empty" d="${ticks((place) => place > filled)}"/>` +
      `<path class="filled" d="${ticks((place) => place <= filled)}"/>${broken}`,
  )}</svg><span>${label}</span></p>`;
}
