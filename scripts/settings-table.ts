/**
 * `node scripts/settings-table.ts` writes the README's table of settings from their definitions; with
 * `--check` it only says whether the table is up to date, as `npm run check` does.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { definitions } from "../src/settings.ts";

const BEGIN = "<!-- settings: made by `node scripts/settings-table.ts` -->";
const END = "<!-- /settings -->";

interface Row {
  name: string;
  byDefault: string;
  meaning: string;
}

export function settingsTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ name, byDefault, meaning }) => `| \`${name}\` | ${cell(byDefault)} | ${cell(meaning)} |`,
  );
  return ["| name | default | meaning |", "|---|---|---|", ...lines].join("\n");
}

/** The text with the table between its two marks. Throws when they are not there, each once and in order. */
export function withTable(text: string, table: string): string {
  const [head, ...afterBegin] = text.split(BEGIN);
  const [, ...afterEnd] = (afterBegin[0] ?? "").split(END);
  if (afterBegin.length !== 1 || afterEnd.length !== 1) throw new Error(`the marks are missing: ${BEGIN}`);
  return `${head}${BEGIN}\n${table}\n${END}${afterEnd[0]}`;
}

/** A bar would end the cell; angle brackets outside of code would be markup. */
function cell(text: string): string {
  const plain = (part: string) => part.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return text
    .replaceAll("|", "\\|")
    .split("`")
    .map((part, index) => (index % 2 === 0 ? plain(part) : part))
    .join("`");
}

if (import.meta.main) {
  const readme = join(import.meta.dirname, "../README.md");
  const text = readFileSync(readme, "utf8");
  const fresh = withTable(text, settingsTable(definitions));
  if (!process.argv.includes("--check")) {
    writeFileSync(readme, fresh);
  } else if (fresh !== text) {
    console.error("README.md: the table of settings is stale. Make it anew: node scripts/settings-table.ts");
    process.exitCode = 1;
  }
}
