import { html } from "hono/html";
import { type FieldProblem, passwordField } from "./fields.ts";
import type { Html, View } from "./view.ts";

/** A new password and its repetition, under the names `password` and `confirmation` in every form. */
export function chosenPasswordFields(
  view: View,
  shown: {
    readonly label: string;
    readonly repeat: string;
    readonly hint: string;
    /** Characters that it needs at least. */
    readonly minimum: number;
    readonly problems: readonly FieldProblem[];
  },
): Html {
  const { label, repeat, hint, minimum, problems } = shown;
  return html`${passwordField(view, {
    name: "password",
    label,
    kind: "new",
    minLength: minimum,
    matches: "confirmation",
    hint,
    enterKey: "next",
    problems,
  })}
${passwordField(view, { name: "confirmation", label: repeat, kind: "new", enterKey: "done", problems })}`;
}
