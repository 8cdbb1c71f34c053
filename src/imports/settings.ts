/** What an import does with its file, as it is kept beside it. */
import type { Language } from "../platform/language/language.ts";
import { bitrixColumns, type Columns } from "./columns.ts";
import type { Source } from "./reading/kinds.ts";

export const matches = ["external-id", "login", "email"] as const;
/** By what a person of the file is the same as one who is there. */
export type Match = (typeof matches)[number];

export interface ImportSettings {
  source: Source;
  columns: Columns;
  match: Match;
  /** Whoever brings the file vouches for its contacts: they count as proven. */
  vouch: boolean;
  /** Those who were added without a password get a letter that leads to one. */
  invite: boolean;
  /** Of these letters, for whoever the file gives no language; null until somebody has chosen one. */
  language: Language | null;
  /** What stood in the form, for the record of it. */
  address: string;
}

/** What an import begins with: a dump knows its columns itself. */
export function usualSettings(source: Source, columns: Columns, address: string): ImportSettings {
  const isDump = source.format === "bitrix";
  const meaning = isDump ? bitrixColumns : columns;
  const meant = new Set(Object.values(meaning));
  const match = meant.has("external-id") ? "external-id" : meant.has("login") ? "login" : "email";
  return { source, columns: meaning, match, vouch: false, invite: false, language: null, address };
}

/** What is missing before anybody can be told apart. */
export function problemOf({ columns, match }: ImportSettings): "nobody" | "match" | undefined {
  const meant = Object.values(columns);
  if (!meant.includes("login") && !meant.includes("email")) return "nobody";
  return meant.includes(match) ? undefined : "match";
}
