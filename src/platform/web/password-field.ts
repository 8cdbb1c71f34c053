import { html } from "hono/html";
import { attributes } from "./attributes.ts";
import { described, type FieldOptions, field, inputAttributes, insetButton } from "./fields.ts";
import { icon } from "./icons.ts";
import type { Html, View } from "./view.ts";
import { words } from "./words.ts";

/** One more rule of a new password: seen to by `pattern` while one types, or by the server alone. */
export interface PasswordRule {
  readonly text: string;
  readonly pattern?: string;
  /** For the browser's own proposals. */
  readonly kind?: "upper" | "lower" | "digit" | "mark";
}

/**
 * A password; what was typed is never sent back to the browser. `new` lists its rules under the field, and
 * with scripts ticks them off while one types.
 */
export function passwordField(
  view: View,
  options: FieldOptions & {
    readonly kind: "current" | "new";
    readonly minLength?: number;
    readonly rules?: readonly PasswordRule[];
    /** The name of the field that must say the same. */
    readonly matches?: string;
  },
): Html {
  const say = words[view.language];
  const { name, minLength, matches, rules: more = [] } = options;
  const help = attributes({
    class: "inset",
    "data-password": true,
    "data-show": say.showPassword,
    "data-hide": say.hidePassword,
    "data-shown": say.passwordShown,
    "data-hidden": say.passwordHidden,
    "data-caps": say.capsLock,
    "data-ru": say.layoutRussian,
  });
  const input = attributes({
    ...inputAttributes(options),
    "aria-describedby": described(options, [minLength || matches ? `${name}-rules` : ""]),
    type: "password",
    autocomplete: options.kind === "new" ? "new-password" : "current-password",
    autocapitalize: "none",
    spellcheck: "false",
    minlength: minLength,
    passwordrules: minLength && proposalRules(minLength, more),
  });
  const reveal = insetButton(say.show, say.hide, { "aria-controls": name });
  const control = html`<span${help}><input${input}><span class="chip" aria-hidden="true" hidden></span>
${reveal}</span><p class="hint" role="status"></p>`;
  const rules = [
    minLength
      ? html`<li data-length="${minLength}">${icon("check")}<span>${say.atLeast(minLength)}</span></li>`
      : "",
    ...more.map(({ text, pattern }) => {
      const rule = attributes({ "data-pattern": pattern, class: pattern === undefined && "told" });
      return html`<li${rule}>${icon("check")}<span>${text}</span></li>`;
    }),
    matches ? html`<li data-same="${matches}">${icon("check")}<span>${say.sameTwice}</span></li>` : "",
  ].filter(Boolean);
  if (rules.length === 0) return field(view, options, control);
  const list = attributes({
    class: "rules",
    id: `${name}-rules`,
    "data-rules": name,
    "data-met": say.ruleMet,
  });
  return field(view, options, control, html`<ul${list}>${rules}</ul>`);
}

/** What Apple's and other password managers heed when they make one up. */
function proposalRules(minLength: number, more: readonly PasswordRule[]): string {
  const names = { upper: "upper", lower: "lower", digit: "digit", mark: "[-!%+?]" };
  const required = more.flatMap(({ kind }) => (kind ? [` required: ${names[kind]};`] : []));
  return [`minlength: ${minLength};`, ...required].join("");
}
