/**
 * The form building blocks. Every one works as plain HTML; the data attributes are what `client/` adds its help to.
 * A field's name is also its id, so a name stands once on a page.
 */
import { html, raw } from "hono/html";
import { icon } from "./icons.ts";
import type { Html, View } from "./view.ts";
import { words } from "./words.ts";

/** What is wrong with a field; an empty name means the form as a whole. */
export interface FieldProblem {
  readonly field: string;
  readonly text: string;
}

interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | Html;
  /** All problems of the form; the field takes its own. */
  readonly problems?: readonly FieldProblem[];
  /** A link at the right of the label; `carry` takes what is typed in the named field along, as `?identifier=`. */
  readonly aside?: { readonly href: string; readonly label: string; readonly carry?: string };
  /** What the key in the corner of a phone's keyboard says. */
  readonly enterKey?: "next" | "go" | "done" | "send";
  readonly autofocus?: boolean;
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A form with its guard against forgery. Posts unless told otherwise; the browser's own bubbles are off. */
export function form(
  view: View,
  options: {
    readonly action: string;
    readonly body: Html;
    readonly method?: "get" | "post";
    /** Fields that travel unseen. */
    readonly hidden?: Readonly<Record<string, string>>;
    /** The text of the one primary button, when the body does not bring its own. */
    readonly submit?: string;
  },
): Html {
  const method = options.method ?? "post";
  const unseen = { ...(method === "post" ? { form_token: view.formToken } : {}), ...options.hidden };
  return html`<form${attributes({ method, action: options.action, novalidate: true, "data-busy": words[view.language].busy })}>
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
    /** For e-mail and logins: offers the same keys in the Latin layout when they were typed in the Russian one. */
    readonly identifier?: boolean;
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
  })}>`;
  return field(view, options, input);
}

/** Many lines of text. */
export function textArea(
  view: View,
  options: FieldOptions & { readonly value?: string; readonly rows?: number },
): Html {
  const shown = { ...inputAttributes(options), rows: options.rows ?? 5 };
  return field(view, options, html`<textarea${attributes(shown)}>${options.value ?? ""}</textarea>`);
}

/**
 * A password; what was typed is never sent back to the browser. `new` lists its rules under the field, and with scripts
 * ticks them off while one types.
 */
export function passwordField(
  view: View,
  options: FieldOptions & {
    readonly kind: "current" | "new";
    readonly minLength?: number;
    /** The name of the field that must say the same. */
    readonly matches?: string;
  },
): Html {
  const say = words[view.language];
  const { name, minLength, matches } = options;
  const input = html`<span class="inset" data-password data-show="${say.showPassword}" data-hide="${say.hidePassword}"
data-shown="${say.passwordShown}" data-hidden="${say.passwordHidden}" data-caps="${say.capsLock}" data-ru="${
    say.layoutRussian
  }" data-en="${say.layoutEnglish}"><input${attributes({
    ...inputAttributes(options),
    "aria-describedby": described(options, [minLength || matches ? `${name}-rules` : ""]),
    type: "password",
    autocomplete: options.kind === "new" ? "new-password" : "current-password",
    autocapitalize: "none",
    spellcheck: "false",
    minlength: minLength,
    passwordrules: minLength && `minlength: ${minLength};`,
  })}><span class="chip" aria-hidden="true" hidden></span><button type="button" class="reveal" aria-controls="${name}"
data-other="${say.hide}" hidden>${say.show}</button></span><p class="unseen" role="status"></p>`;
  const rules = [
    minLength ? html`<li data-length="${minLength}">${icon("check")}<span>${say.atLeast(minLength)}</span></li>` : "",
    matches ? html`<li data-same="${matches}">${icon("check")}<span>${say.sameTwice}</span></li>` : "",
  ].filter(Boolean);
  const list = html`<ul${attributes({ class: "rules", id: `${name}-rules`, "data-rules": name, "data-met": say.ruleMet })}>${rules}</ul>`;
  return field(view, options, html`${input}${rules.length > 0 ? list : ""}`);
}

/** A one-time code in one wide input that takes paste, spaces and hyphens. */
export function codeField(view: View, options: FieldOptions & { readonly length?: number }): Html {
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
  })}>`;
  return field(view, options, input);
}

/** Shown, sent along and not to be changed: the account beside its new password, the control string of a link. */
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
${hintAndProblem(view, options)}</div>`;
}

/** Text to take along, such as the sender's address: selectable as it stands, with a copy button where scripts run. */
export function copyField(view: View, options: { readonly name: string; readonly label: string; readonly value: string }): Html {
  const say = words[view.language];
  const input = attributes({ id: options.name, class: "mono", type: "text", value: options.value, readonly: true });
  return field(
    view,
    options,
    html`<span class="inset"><input${input}><button type="button" class="reveal" data-copy="${options.name}" data-other="${
      say.copied
    }" hidden>${say.copy}</button></span><p class="unseen" role="status"></p>`,
  );
}

/** The one thing to do on this page. `name` and `value` tell buttons of one form apart. */
export function primaryButton(label: string, sent: { readonly name?: string; readonly value?: string } = {}): Html {
  return html`<button${attributes({ class: "button primary", ...sent })}>${label}</button>`;
}

/** Another thing that one may do here. */
export function quietButton(label: string, sent: { readonly name?: string; readonly value?: string } = {}): Html {
  return html`<button${attributes({ class: "button", ...sent })}>${label}</button>`;
}

/** A way to another page that deserves the weight of a button. */
export function linkButton(href: string, label: string, weight: "primary" | "quiet" = "quiet"): Html {
  return html`<a class="button${weight === "primary" ? " primary" : ""}" href="${href}">${label}</a>`;
}

/** «← Вернуться ко входу». */
export function backLink(href: string, label: string): Html {
  return html`<p class="back"><a href="${href}">${icon("back")}<span>${label}</span></a></p>`;
}

/**
 * A button that makes sense from `readyAt` on. It always works, since the server has the last word; until then it says
 * how long to wait, and with scripts counts down and speaks up once when the time has come.
 */
export function waitButton(view: View, options: { readonly label: string; readonly readyAt: number }): Html {
  const say = words[view.language];
  const seconds = Math.max(0, Math.ceil((options.readyAt - view.now) / 1000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const waiting = html`<span class="wait"> — ${say.readyIn} <span class="digits" data-left>${time}</span></span>`;
  return html`<button${attributes({ class: "button", "data-wait": seconds || undefined, "data-ready": seconds ? say.readyNow : undefined })}
><span>${options.label}${seconds > 0 ? waiting : ""}</span></button>${
    seconds > 0 ? html`<p class="unseen" role="status"></p>` : ""
  }`;
}

/** Everything that is wrong, on top of the form, each line leading to its field. Nothing when nothing is wrong. */
export function problemSummary(view: View, problems: readonly FieldProblem[]): Html {
  if (problems.length === 0) return raw("");
  return html`<section class="notice danger" tabindex="-1" aria-labelledby="problems" data-focus>${icon("problem")}<div>
<h2 id="problems">${words[view.language].problemsHeading(problems.length)}</h2>
<ul>${problems.map(({ field: name, text }) =>
    name ? html`<li><a href="#${name}">${text}</a></li>` : html`<li>${text}</li>`,
  )}</ul></div></section>`;
}

function field(view: View, options: Omit<FieldOptions, "name"> & { readonly name: string }, control: Html): Html {
  const { aside, name } = options;
  const invalid = problemOf(options) ? " invalid" : "";
  // The link follows the input in reading order and stands beside the label on screen.
  return html`<div class="field${invalid}"><label for="${name}">${options.label}</label>
${hintAndProblem(view, options)}
${control}
${aside ? html`<a${attributes({ class: "aside", href: aside.href, "data-carry": aside.carry && `#${aside.carry}` })}>${aside.label}</a>` : ""}
</div>`;
}

function hintAndProblem(view: View, options: FieldOptions): Html {
  const problem = problemOf(options);
  return html`${options.hint ? html`<p class="hint" id="${options.name}-hint">${options.hint}</p>` : ""}${
    problem
      ? html`<p class="problem" id="${options.name}-problem">${icon("problem")}<span><span class="unseen">${
          words[view.language].problemBefore
        } </span>${problem}</span></p>`
      : ""
  }`;
}

function inputAttributes(options: FieldOptions): Attributes {
  return {
    id: options.name,
    name: options.name,
    enterkeyhint: options.enterKey,
    autofocus: options.autofocus,
    "aria-invalid": problemOf(options) ? "true" : undefined,
    "aria-describedby": described(options),
  };
}

function described(options: FieldOptions, more: readonly string[] = []): string | undefined {
  const { name, hint } = options;
  const ids = [problemOf(options) ? `${name}-problem` : "", hint ? `${name}-hint` : "", ...more];
  return ids.filter(Boolean).join(" ") || undefined;
}

function problemOf(options: FieldOptions): string | undefined {
  return options.problems?.find((problem) => problem.field === options.name)?.text;
}

/** ` name="value"` for each that has one; `true` gives the bare name, `false` and undefined give nothing. */
function attributes(values: Attributes): Html {
  const written = Object.entries(values).map(([name, value]) => {
    if (value === undefined || value === false) return "";
    return value === true ? ` ${name}` : html` ${raw(name)}="${String(value)}"`;
  });
  return raw(written.join(""));
}
