import { html } from "hono/html";
import type { FieldProblem } from "./fields.ts";
import { type PasswordRule, passwordField } from "./password-field.ts";
import type { Html, View } from "./view.ts";

/** What holds for the one who chooses. */
export interface ShownRules {
  /** Characters that it needs at least. */
  readonly minimum: number;
  readonly more: readonly PasswordRule[];
}

/** A new password and its repetition, under the names `password` and `confirmation` in every form. */
export function chosenPasswordFields(
  view: View,
  shown: {
    readonly label: string;
    readonly repeat: string;
    readonly hint: string;
    readonly rules: ShownRules;
    readonly problems: readonly FieldProblem[];
  },
): Html {
  const { label, repeat, hint, rules, problems } = shown;
  return html`${passwordField(view, {
    name: "password",
    label,
    kind: "new",
    minLength: rules.minimum,
    rules: rules.more,
    matches: "confirmation",
    // A phrase alone does not do where capitals or marks are asked for.
    ...(rules.more.some(({ pattern }) => pattern) ? {} : { hint }),
    enterKey: "next",
    problems,
  })}
${passwordField(view, { name: "confirmation", label: repeat, kind: "new", enterKey: "done", problems })}`;
}
