/** The conditions of the list in words, for pages that act on all who fit. */
import type { Html, View } from "../../platform/web/view.ts";
import { words } from "../words.ts";
import { type ChoiceName, choices, type ListAddress } from "./address.ts";

/** What is asked for beside the usual, label and value; nothing: everybody who has not left. */
export function conditionsInWords(
  view: View,
  list: ListAddress,
): (readonly [label: string, value: string | Html])[] {
  const say = words[view.language].list;
  const told: [string, string][] = list.q === "" ? [] : [[say.searched, list.q]];
  for (const name of Object.keys(choices) as ChoiceName[]) {
    const named: Record<string, string> = say.choices[name];
    if (list[name] !== choices[name][0]) told.push([say[name], named[list[name]] ?? list[name]]);
  }
  return told;
}
