import { html } from "hono/html";
import { attributes } from "./attributes.ts";
import { type FieldOptions, field, inputAttributes } from "./fields.ts";
import type { Html, View } from "./view.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One out of a list; the browser's own control, which people search by typing. Groups have a label. */
export function selectField(
  view: View,
  options: FieldOptions & {
    readonly value: string;
    readonly choices: readonly Choice[];
    readonly groups?: ReadonlyArray<{ readonly label: string; readonly choices: readonly Choice[] }>;
  },
): Html {
  const list = (choices: readonly Choice[]) =>
    choices.map(({ value, label }) => {
      const chosen = attributes({ value, selected: value === options.value });
      return html`<option${chosen}>${label}</option>`;
    });
  const groups = (options.groups ?? []).map(
    ({ label, choices }) => html`<optgroup label="${label}">${list(choices)}</optgroup>`,
  );
  const select = attributes(inputAttributes(options));
  return field(view, options, html`<select${select}>${list(options.choices)}${groups}</select>`);
}

/** Several lines of text. What was typed is given back as `value`. */
export function textArea(
  view: View,
  options: FieldOptions & { readonly value?: string; readonly rows?: number; readonly maxLength?: number },
): Html {
  const { rows = 5, maxLength: maxlength } = options;
  const area = attributes({ ...inputAttributes(options), rows, maxlength });
  return field(view, options, html`<textarea${area}>${options.value ?? ""}</textarea>`);
}

/** A file of the device. `accept` narrows what the device offers, nothing more. */
export function fileField(
  view: View,
  options: FieldOptions & { readonly accept: string; readonly several?: boolean },
): Html {
  const { accept, several: multiple } = options;
  const input = attributes({ ...inputAttributes(options), type: "file", accept, multiple });
  return field(view, options, html`<input${input}>`);
}
