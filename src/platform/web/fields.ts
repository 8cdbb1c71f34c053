/**
 * The form building blocks. Every one works as plain HTML; the data attributes are what `client/` adds its
 * help to. A field's name is also its id, so a name stands once on a page.
 */
import { html, raw } from "hono/html";
import { type Attributes, attributes } from "./attributes.ts";
import { primaryButton } from "./buttons.ts";
import { icon } from "./icons.ts";
import type { Html, View } from "./view.ts";
import { words } from "./words.ts";

export * from "./buttons.ts";

/** What is wrong with a field; an empty name means the form as a whole. */
export interface FieldProblem {
  readonly field: string;
  readonly text: string;
}

export interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | Html;
  /** All problems of the form; the field takes its own. */
  readonly problems?: readonly FieldProblem[];
  /**
   * A link at the right of the label; `carry` takes what is typed in the named field along, as
   * `?identifier=`.
   */
  readonly aside?: { readonly href: string; readonly label: string; readonly carry?: string };
  /** What the key in the corner of a phone's keyboard says. */
  readonly enterKey?: "next" | "go" | "done" | "send";
  readonly autofocus?: boolean;
}

/** A form with its guard against forgery. Posts unless told otherwise; the browser's own bubbles are off. */
export function form(
  view: View,
  options: {
    readonly action: string;
    /** For a button of it that stands elsewhere on the page. */
    readonly id?: string;
    readonly body: Html;
    readonly method?: "get" | "post";
    /** Sends a file along; see `readUpload`. */
    readonly upload?: boolean;
    /** Its answer is a file: the page stays, and the form may be sent again at once. */
    readonly download?: boolean;
    /** Fields that travel unseen. */
    readonly hidden?: Readonly<Record<string, string>>;
    /** The text of the one primary button, when the body does not bring its own. */
    readonly submit?: string;
  },
): Html {
  const method = options.method ?? "post";
  const unseen = { ...(method === "post" ? { form_token: view.formToken() } : {}), ...options.hidden };
  const { id, action } = options;
  const enctype = options.upload && "multipart/form-data";
  const shown = { id, method, action, enctype, novalidate: true, "data-download": options.download };
  return html`<form${attributes(shown)}>
${Object.entries(unseen).map(([name, value]) => html`<input${attributes({ type: "hidden", name, value })}>`)}
${options.body}
${options.submit ? primaryButton(options.submit) : ""}
</form>`;
}

/** One line of text. What was typed is given back as `value`. */
export function textField(
  view: View,
  options: FieldOptions & {
    readonly value?: string | undefined;
    readonly type?: "text" | "email" | "tel";
    readonly keyboard?: "email" | "tel" | "numeric" | "text";
    readonly autocomplete?: string;
    /**
     * For e-mail and logins: offers the same keys in the Latin layout when they were typed in the Russian
     * one.
     */
    readonly identifier?: boolean;
    /** What will be done with a phone number, said before the number as it was understood. */
    readonly phoneEcho?: string | undefined;
    readonly maxLength?: number;
  },
): Html {
  const input = html`<input${attributes({
    ...inputAttributes(options),
    type: options.type ?? "text",
    value: options.value ?? "",
    inputmode: options.keyboard,
    autocomplete: options.autocomplete,
    maxlength: options.maxLength,
    ...(options.identifier && { autocapitalize: "none", autocorrect: "off", spellcheck: "false" }),
    "data-suggest": options.identifier && words[view.language].didYouMean,
    "data-echo": options.phoneEcho,
  })}>`;
  return field(view, options, input);
}

/**
 * A one-time code in one wide input that takes paste, spaces and hyphens. `fromSms`: where the phone can, it
 * fills in the code of an SMS that names this site.
 */
export function codeField(
  view: View,
  options: FieldOptions & { readonly length?: number; readonly fromSms?: boolean },
): Html {
  const length = options.length ?? 6;
  const input = html`<input${attributes({
    ...inputAttributes({ enterKey: "done", ...options }),
    class: "code",
    type: "text",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    autocapitalize: "none",
    spellcheck: "false",
    // Room for the spaces and hyphens that people copy along.
    maxlength: length * 3,
    "data-code": length,
    "data-sms": options.fromSms,
  })}>`;
  return field(view, options, input);
}

/**
 * Shown, sent along and not to be changed: the account beside its new password, the control string of a
 * link.
 */
export function readOnlyField(
  view: View,
  options: FieldOptions & { readonly value: string; readonly autocomplete?: string; readonly code?: boolean },
): Html {
  const input = html`<input${attributes({
    ...inputAttributes(options),
    class: options.code ? "mono" : undefined,
    type: "text",
    value: options.value,
    autocomplete: options.autocomplete ?? "off",
    readonly: true,
  })}>`;
  return field(view, options, input);
}

export function checkbox(
  view: View,
  options: FieldOptions & { readonly checked?: boolean | undefined; readonly value?: string },
): Html {
  const box = attributes({
    ...inputAttributes(options),
    type: "checkbox",
    value: options.value ?? "on",
    checked: options.checked,
  });
  return html`<div class="choice"><input${box}><label for="${options.name}">${options.label}</label>
${problemAndHint(view, options)}</div>`;
}

/**
 * Text to take along, such as the sender's address: selectable as it stands, with a copy button where
 * scripts run.
 */
export function copyField(
  view: View,
  options: { readonly name: string; readonly label: string; readonly value: string },
): Html {
  const say = words[view.language];
  const input = attributes({
    id: options.name,
    class: "mono",
    type: "text",
    value: options.value,
    readonly: true,
  });
  const copy = insetButton(say.copy, say.copied, { "data-copy": options.name });
  const control = html`<span class="inset copy"><input${input}>${copy}</span>
<p class="unseen" role="status"></p>`;
  return field(view, options, control);
}

/** A small button inside a field that only scripts can serve, so it is they who show it. */
export function insetButton(label: string, other: string, more: Attributes): Html {
  const shown = attributes({ type: "button", class: "reveal", "data-other": other, hidden: true, ...more });
  return html`<button${shown}>${label}</button>`;
}

/**
 * Everything that is wrong, on top of the form, each line leading to its field. Nothing when nothing is
 * wrong.
 */
export function problemSummary(view: View, problems: readonly FieldProblem[]): Html {
  if (problems.length === 0) return raw("");
  return html`<section class="notice danger" tabindex="-1" aria-labelledby="problems" data-focus>
${icon("problem")}<div><h2 id="problems">${words[view.language].problemsHeading(problems.length)}</h2>
<ul>${problems.map(({ field: name, text }) =>
    name ? html`<li><a href="#${name}">${text}</a></li>` : html`<li>${text}</li>`,
  )}</ul></div></section>`;
}

export function field(
  view: View,
  options: Omit<FieldOptions, "name"> & { readonly name: string },
  control: Html,
  after?: Html,
): Html {
  const { aside, name } = options;
  const invalid = problemOf(options) ? " invalid" : "";
  const { href, label, carry } = aside ?? { href: "", label: "", carry: undefined };
  const address = attributes({ class: "aside", href, "data-carry": carry && `#${carry}` });
  const link = html`<a${address}>${label}</a>`;
  // The link follows the input in reading order and stands beside the label on screen.
  return html`<div class="field${invalid}"><label for="${name}">${options.label}</label>
${control}
${aside ? link : ""}
${problemAndHint(view, options)}${after ?? ""}</div>`;
}

function problemAndHint(view: View, options: FieldOptions): Html {
  const problem = problemOf(options);
  const before = html`<span class="unseen">${words[view.language].problemBefore} </span>`;
  const told = html`<p class="problem" id="${options.name}-problem">${icon("problem")}
<span>${before}${problem}</span></p>`;
  const hint = html`<p class="hint" id="${options.name}-hint">${options.hint}</p>`;
  return html`${problem ? told : ""}${options.hint ? hint : ""}`;
}

export function inputAttributes(options: FieldOptions): Attributes {
  return {
    id: options.name,
    name: options.name,
    enterkeyhint: options.enterKey,
    // With problems the focus belongs to their summary.
    autofocus: options.autofocus && !options.problems?.length,
    "aria-invalid": problemOf(options) ? "true" : undefined,
    "aria-describedby": described(options),
  };
}

export function described(options: FieldOptions, more: readonly string[] = []): string | undefined {
  const { name, hint } = options;
  const ids = [problemOf(options) ? `${name}-problem` : "", hint ? `${name}-hint` : "", ...more];
  return ids.filter(Boolean).join(" ") || undefined;
}

function problemOf(options: FieldOptions): string | undefined {
  return options.problems?.find((problem) => problem.field === options.name)?.text;
}
