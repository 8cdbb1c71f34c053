/** One JSON object per line; its names are the columns. */
import type { Line } from "./lines.ts";
import type { FileRow } from "./row.ts";

export async function* rowsOfJsonLines(pieces: AsyncIterable<Line[]>): AsyncGenerator<FileRow[]> {
  let passed = 0;
  for await (const piece of pieces) {
    const first = passed + 1;
    passed += piece.length;
    yield piece.flatMap((line, index) => (line.text.trim() === "" ? [] : [readLine(line, first + index)]));
  }
}

function readLine({ text, bytes, tooLong }: Line, line: number): FileRow {
  const values = tooLong ? undefined : valuesOf(text);
  if (values) return { kind: "row", line, bytes, values };
  return { kind: "broken", line, bytes, why: tooLong ? "too-long" : "no-json", text: text.slice(0, 2_000) };
}

/** The texts, numbers and yes/no of an object; undefined for anything but an object. */
export function valuesOf(text: string): Record<string, string> | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== "object" || read === null || Array.isArray(read)) return undefined;
  const scalars = Object.entries(read).filter(([, value]) =>
    ["string", "number", "boolean"].includes(typeof value),
  );
  return Object.fromEntries(scalars.map(([name, value]) => [name, String(value)]));
}
