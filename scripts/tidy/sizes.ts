/** Sizes that keep a page readable, and names that say nothing. */
import { basename, dirname } from "node:path/posix";
import { type Finding, nodesOf, type Source } from "./source.ts";
import { withoutExtension } from "./street.ts";

const longestFile = 300;
/** A file of journeys is read one test at a time. */
const longestTest = 450;
const longestFunction = 60;
const longestLine = 110;
const lists = ["words.ts", "messages.ts", "tables.ts"];
const emptyNames = /(^|-)(utils?|helpers?|services?|common|shared|misc|lib|core)$/;

/**
 * Lists are as long as what they list: words, messages, all tables on one page; where the words of a house
 * are many, a folder `words/` has one file per topic. Test files may hold a long
 * story in one function.
 */
export function checkSizes(source: Source): Finding[] {
  const name = basename(source.path);
  if (lists.includes(name) || basename(dirname(source.path)) === "words") return [];
  const lines = source.text.split("\n");
  const findings: Finding[] = [];
  const add = (line: number, message: string) =>
    findings.push({ path: source.path, line, rule: "sizes", message });
  const count = source.text.endsWith("\n") ? lines.length - 1 : lines.length;
  const most = source.isTest ? longestTest : longestFile;
  if (count > most) add(count, `${count} lines in the file; ${most} at most`);
  lines.forEach((line, index) => {
    const length = [...line].length;
    if (length > longestLine) add(index + 1, `${length} characters in the line; ${longestLine} at most`);
  });
  if (!source.isTest)
    for (const [line, length] of longFunctions(source)) {
      add(line, `${length} lines in the function; ${longestFunction} at most`);
    }
  return findings;
}

function longFunctions(source: Source): [line: number, length: number][] {
  return [...nodesOf(source.program)]
    .filter(({ type }) => type.endsWith("FunctionExpression") || type === "FunctionDeclaration")
    .map(({ start, end }): [number, number] => {
      const line = source.lineAt(start);
      return [line, source.lineAt(end) - line + 1];
    })
    .filter(([, length]) => length > longestFunction);
}

/** Folders and files are called after what they are about. */
export function checkName(path: string): Finding[] {
  const named = path.split("/").find((part) => emptyNames.test(withoutExtension(part)));
  if (named === undefined) return [];
  return [
    { path, line: 1, rule: "names", message: `«${named}» says nothing: call it after what it is about` },
  ];
}
