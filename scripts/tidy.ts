/** `npm run tidy`: the rules of STYLE.md that no general tool knows. Prints each breach; exits 1 on any. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkHabits } from "./tidy/habits.ts";
import { checkImports } from "./tidy/imports.ts";
import { checkMarkup } from "./tidy/markup.ts";
import { checkName, checkSizes } from "./tidy/sizes.ts";
import { type Finding, parseSource } from "./tidy/source.ts";
import { checkSql, readRights, type TableRights } from "./tidy/sql.ts";

const project = join(import.meta.dirname, "..");
const sources = "{src,client,scripts,test,bench}/**/*.{ts,mjs}";

/** Every rule over one file. `rights` says which house may touch which table. */
export function tidyFile(path: string, text: string, rights: ReadonlyMap<string, TableRights>): Finding[] {
  const source = parseSource(path, text);
  return [
    ...checkName(path),
    ...checkImports(source),
    ...checkSql(source, rights),
    ...checkMarkup(source),
    ...checkHabits(source),
    ...checkSizes(source),
  ];
}

if (import.meta.main) {
  const rights = readRights(readFileSync(join(project, "src/platform/store/tables.ts"), "utf8"));
  const paths = globSync(sources, {
    cwd: project,
    exclude: ["**/node_modules/**", "bench/results/**"],
  }).sort();
  const findings = paths.flatMap((path) => tidyFile(path, readFileSync(join(project, path), "utf8"), rights));
  for (const { path, line, rule, message } of findings) console.error(`${path}:${line}  ${rule}: ${message}`);
  console.log(`${paths.length} files, ${findings.length} breaches`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
