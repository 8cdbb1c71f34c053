/** What the columns mean and how people are brought along, before the file is tried out. */
import { html, raw } from "hono/html";
import {
  delimiters,
  encodings,
  formats,
  type Import,
  type ImportSettings,
  type Meaning,
  matches,
  otherMeanings,
  usualMeanings,
} from "../../../imports/imports.ts";
import { languages } from "../../../platform/language/language.ts";
import { attributes } from "../../../platform/web/attributes.ts";
import { selectField } from "../../../platform/web/choice-fields.ts";
import {
  checkbox,
  type FieldProblem,
  form,
  primaryButton,
  quietButton,
} from "../../../platform/web/fields.ts";
import type { Html, View } from "../../../platform/web/view.ts";
import { words } from "../words.ts";
import { columnOf, fieldOf } from "./draft.ts";

export interface Settling {
  job: Import;
  settings: ImportSettings;
  /** The first rows, under the names of their columns. */
  samples: readonly Readonly<Record<string, string>>[];
  problems: readonly FieldProblem[];
}

export function settlingForms(view: View, shown: Settling): Html {
  const say = words[view.language];
  const { job, settings, problems } = shown;
  const isDump = settings.source.format === "bitrix";
  const again = job.state === "checked";
  const body = html`${isDump ? html`<p class="lead">${say.mapping.dump}</p>` : mapping(view, shown)}
<section class="part"><h2>${say.options.title}</h2>
<div class="options">${options(view, settings, problems)}</div></section>
<div class="acts">${primaryButton(again ? say.options.again : say.options.check)}</div>`;
  return html`${readingForm(view, shown)}
${form(view, { action: `/admin/import/${job.id}/check`, body })}`;
}

function readingForm(view: View, { job, settings, problems }: Settling): Html {
  const { reading: say } = words[view.language];
  const { format, encoding, delimiter } = settings.source;
  const isCsv = format === "csv";
  const isOpen = problems.some(({ field }) => ["format", "encoding", "delimiter"].includes(field));
  const summary = [say.formats[format], say.encodings[encoding], isCsv ? say.delimiters[delimiter] : ""];
  const body = html`<div class="reading">${selectField(view, {
    name: "format",
    label: say.format,
    value: format,
    choices: formats.map((value) => ({ value, label: say.formats[value] })),
    problems,
  })}${selectField(view, {
    name: "encoding",
    label: say.encoding,
    value: encoding,
    choices: encodings.map((value) => ({ value, label: say.encodings[value] })),
    problems,
  })}${
    isCsv
      ? selectField(view, {
          name: "delimiter",
          label: say.delimiter,
          value: delimiter,
          choices: delimiters.map((value) => ({ value, label: say.delimiters[value] })),
          problems,
        })
      : ""
  }</div><div class="acts">${quietButton(say.again)}</div>`;
  const told = summary.filter(Boolean).join(" · ");
  return html`<details${attributes({ class: "reading-of", open: isOpen })}>
<summary><span>${say.title}: <span class="lead">${told}</span></span></summary><div>
${form(view, { action: `/admin/import/${job.id}/read`, body })}</div></details>`;
}

function mapping(view: View, { settings, samples, problems }: Settling): Html {
  const say = words[view.language].mapping;
  const { columns, source } = settings;
  const one = (meaning: Meaning) => {
    const chosen = columnOf(columns, meaning);
    return selectField(view, {
      name: fieldOf(meaning),
      label: say.names[meaning],
      value: chosen === undefined ? "" : String(source.columns.indexOf(chosen)),
      choices: [
        { value: "", label: say.none },
        ...source.columns.map((name, index) => ({ value: String(index), label: name })),
      ],
      ...(chosen !== undefined && { hint: sampleOf(view, columns[chosen], chosen, samples) }),
      problems,
    });
  };
  const isMore = otherMeanings.some(
    (meaning) => columnOf(columns, meaning) !== undefined || isWrong(problems, meaning),
  );
  const left = source.columns.filter((name) => columns[name] === undefined);
  const named = [...left.slice(0, MOST_NAMED), ...(left.length > MOST_NAMED ? ["…"] : [])].join(", ");
  return html`<section class="part"><h2>${say.title}</h2><p class="lead">${say.lead}</p>
<div class="mapping">${usualMeanings.map(one)}</div>
<details${attributes({ open: isMore })}><summary>${say.more}</summary>
<div class="mapping">${otherMeanings.map(one)}</div></details>
${left.length > 0 ? html`<p class="hint">${say.left(named)}</p>` : raw("")}
</section>`;
}

const MOST_NAMED = 20;

function isWrong(problems: readonly FieldProblem[], meaning: Meaning): boolean {
  return problems.some(({ field }) => field === fieldOf(meaning));
}

const LONGEST_SAMPLE = 40;

/** As it stands in the file; but nothing that may be a password, nor the hash of one. */
function sampleOf(
  view: View,
  meaning: Meaning | undefined,
  name: string,
  samples: Settling["samples"],
): Html {
  const values = samples.map((row) => row[name]?.trim() ?? "").filter(Boolean);
  const isSecret =
    meaning === "hash" ||
    meaning === "password" ||
    /pass|pwd|hash|secret|парол|х[еэ]ш/i.test(name) ||
    values.some((value) => /^\$\w+\$|[0-9a-f]{32}/i.test(value));
  if (isSecret) return html`${words[view.language].mapping.hidden}`;
  if (values.length === 0) return html`—`;
  const cut = (value: string) =>
    value.length > LONGEST_SAMPLE ? `${value.slice(0, LONGEST_SAMPLE)}…` : value;
  return html`<span class="sample-cells">${values.map(
    (value, index) =>
      html`${index > 0 ? " · " : ""}<bdi>${cut(value).toWellFormed().replaceAll("\0", "")}</bdi>`,
  )}</span>`;
}

function options(view: View, settings: ImportSettings, problems: readonly FieldProblem[]): Html {
  const say = words[view.language].options;
  return html`${selectField(view, {
    name: "match",
    label: say.match,
    hint: say.matchHint,
    value: settings.match,
    choices: matches.map((value) => ({ value, label: say.matches[value] })),
    problems,
  })}
${checkbox(view, { name: "vouch", label: say.vouch, hint: say.vouchHint, checked: settings.vouch })}
${checkbox(view, { name: "invite", label: say.invite, hint: say.inviteHint, checked: settings.invite })}
${selectField(view, {
  name: "language",
  label: say.language,
  hint: say.languageHint,
  // Whoever brings the file reads what its people read, most likely.
  value: settings.language ?? view.language,
  choices: languages.map((value) => ({ value, label: say.languages[value] })),
  problems,
})}`;
}
