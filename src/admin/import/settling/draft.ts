/** What an import shall do with its file, as the form says it. */
import {
  type Columns,
  type Import,
  type ImportSettings,
  type Meaning,
  matches,
  meanings,
} from "../../../imports/imports.ts";
import { type Language, languages } from "../../../platform/language/language.ts";
import type { FieldProblem } from "../../../platform/web/fields.ts";
import type { Form } from "../../../platform/web/form-body.ts";
import type { words } from "../words.ts";

type Say = (typeof words)["ru"]["problems"];

/** By the number of the column, since a name may be anything. */
export function fieldOf(meaning: Meaning): string {
  return `column-${meaning}`;
}

export function columnOf(columns: Columns, meaning: Meaning): string | undefined {
  return Object.keys(columns).find((name) => columns[name] === meaning);
}

export interface Draft {
  settings: ImportSettings;
  problems: FieldProblem[];
}

export function readDraft(
  form: Form,
  job: Import & { settings: ImportSettings },
  address: string,
  say: Say,
): Draft {
  const { source } = job.settings;
  const problems: FieldProblem[] = [];
  const isDump = source.format === "bitrix";
  const columns: Record<string, Meaning> = {};
  for (const meaning of isDump ? [] : meanings) {
    const chosen = /^\d{1,3}$/.exec(form.text(fieldOf(meaning)))?.[0];
    const name = chosen === undefined ? undefined : source.columns[Number(chosen)];
    if (name === undefined) continue;
    if (columns[name] === undefined) columns[name] = meaning;
    else problems.push({ field: fieldOf(meaning), text: say.twice });
  }
  const settings: ImportSettings = {
    source,
    columns: isDump ? job.settings.columns : columns,
    match: matches.find((match) => match === form.text("match")) ?? job.settings.match,
    vouch: form.ticked("vouch"),
    invite: form.ticked("invite"),
    language:
      languages.find((each): each is Language => each === form.text("language")) ?? job.settings.language,
    address,
  };
  return { settings, problems };
}

export function problemOfStart(problem: "nobody" | "match", say: Say): FieldProblem {
  return problem === "nobody"
    ? { field: fieldOf("login"), text: say.nobody }
    : { field: "match", text: say.match };
}
