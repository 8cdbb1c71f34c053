import { html, raw } from "hono/html";
import type { Language } from "../language/language.ts";
import { attributes } from "./attributes.ts";
import { form } from "./fields.ts";
import type { Html, View } from "./view.ts";
import { words } from "./words.ts";

/** The look of these buttons; a page that offers no service goes without it. */
export const serviceStyles = ["services.css"] as const;

/** A button that leads to an outside service, or through a door of one. */
export interface ServiceWay {
  readonly service: string;
  readonly door?: string | undefined;
  readonly name: Readonly<Record<Language, string>>;
}

/**
 * A way in through an outside service, with its mark and in the look that its brand has for standing beside
 * others (docs/operating/social.md). The page has to bring `serviceStyles`.
 */
export function serviceButton(view: View, service: string, label: string): Html {
  const button = attributes({ class: "button service", "data-service": service });
  return html`<button${button}>${serviceMark(view, service)}<span>${label}</span></button>`;
}

/** More would push the page's own foot out of sight on a phone; folding a single one would save nothing. */
const MOST_AT_ONCE = 5;
const BEFORE_MORE = 4;

/**
 * One form for each, so that nothing typed elsewhere on the page goes along. Of more than five, all but the
 * first four are folded under «Другие сервисы».
 */
export function serviceButtons(
  view: View,
  shown: {
    ways: readonly ServiceWay[];
    /** Names the group for those who hear the page. */
    label: string;
    action?: (service: string) => string;
    hidden?: Readonly<Record<string, string>>;
  },
): Html {
  const { ways, label, action = (service) => `/social/${service}/start`, hidden = {} } = shown;
  const buttons = ways.map(({ service, door, name }) =>
    form(view, {
      action: action(service),
      hidden: { ...hidden, ...(door !== undefined && { door }) },
      body: serviceButton(view, door ?? service, name[view.language]),
    }),
  );
  const folds = ways.length > MOST_AT_ONCE;
  const shownAtOnce = folds ? buttons.slice(0, BEFORE_MORE) : buttons;
  return html`<div class="services" role="group" aria-label="${label}">${shownAtOnce}
${folds ? folded(view, buttons.slice(BEFORE_MORE)) : ""}</div>`;
}

function folded(view: View, buttons: Html[]): Html {
  const { more } = words[view.language].services;
  return html`<details class="more"><summary class="button">${more}</summary>
<div class="services">${buttons}</div></details>`;
}

/** Beside the name, which says it all; so it is hidden from readers. */
export function serviceMark(view: View, service: string): Html {
  return raw(
    `<svg aria-hidden="true"><use href="${view.assets.url("services.svg")}#${service}"></use></svg>`,
  );
}
