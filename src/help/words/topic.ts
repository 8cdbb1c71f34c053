/**
 * What a help page is made of. Labels of screens stand in «…» (English: “…”) word for word, and nothing else
 * does: a test looks each of them up in the words of its screen.
 */
import type { HelpFacts } from "../help.ts";

/** A piece of a page between its answer and its button. */
export type Block =
  | { readonly kind: "steps"; readonly items: readonly string[] }
  | { readonly kind: "list"; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: "text"; readonly title: string; readonly text: string }
  | { readonly kind: "note" | "warning"; readonly text: string }
  /** The sender's address ready to copy; whom to ask; the outside services with their links. */
  | { readonly kind: "sender" | "administrator" | "services" };

export interface Topic {
  readonly title: string;
  /** How a person would say it; the text of links to the page. */
  readonly question: string;
  /** One sentence on top. */
  readonly answer: string;
  readonly blocks: readonly Block[];
}

/** A topic as this installation has it. */
export type Told = (facts: HelpFacts) => Topic;
