/** A file as rows: what it is, what its columns are called, and row after row. */
import { bitrixTables } from "../columns.ts";
import { type Delimiter, headOf, rowsOfCsv } from "./csv.ts";
import { rowsOfDump } from "./dump.ts";
import { rowsOfJsonLines, valuesOf } from "./json-lines.ts";
import { type Encoding, linesOf, textOf } from "./lines.ts";
import type { FileRow } from "./row.ts";

export const formats = ["csv", "bitrix", "jsonl"] as const;
export type Format = (typeof formats)[number];

export interface Source {
  format: Format;
  encoding: Encoding;
  /** CSV alone. */
  delimiter: Delimiter;
  columns: string[];
  /** Lines before the first row; CSV alone. */
  headLines: number;
}

export type Recognised =
  | { kind: "recognised"; source: Source }
  /** A workbook, an archive or a text in UTF-16: what to save it as is told. */
  | { kind: "workbook" | "archive" | "utf-16" | "web-page" | "empty" | "no-columns" | "no-people" };

/** How much of a file is looked at to tell what it is. */
export const HEAD_BYTES = 256 * 1024;

/** Tells by the beginning of the file; a wish goes before a guess. */
export function recognise(head: Uint8Array, wish: { format?: Format; encoding?: Encoding } = {}): Recognised {
  const start = Buffer.from(head.subarray(0, 8)).toString("latin1");
  if (head.length === 0) return { kind: "empty" };
  if (/^(PK\x03\x04|\xd0\xcf\x11\xe0)/.test(start)) return { kind: "workbook" };
  if (/^(\x1f\x8b|BZh|7z|Rar!|\xfd7zXZ|\x28\xb5\x2f\xfd)/.test(start)) return { kind: "archive" };
  if (/^(\xff\xfe|\xfe\xff)/.test(start)) return { kind: "utf-16" };
  const encoding = wish.encoding ?? "auto";
  const cut = head.length < HEAD_BYTES ? head : head.subarray(0, head.lastIndexOf(0x0a) + 1);
  const isMarked = start.startsWith("\xef\xbb\xbf");
  const lines = textOf(isMarked ? cut.subarray(3) : cut, encoding).split(/\r?\n/);
  const text = lines.join("\n");
  if (/^\s*<(!doctype|html|table|\?xml)/i.test(text)) return { kind: "web-page" };
  const none = { encoding, delimiter: ";", columns: [], headLines: 0 } as const;
  const format = wish.format ?? likeliest(text);
  switch (format) {
    case "bitrix":
      return { kind: "recognised", source: { ...none, format, columns: [] } };
    case "jsonl": {
      const objects = lines.slice(0, 100).map(valuesOf);
      const columns = [...new Set(objects.flatMap((values) => Object.keys(values ?? {})))].slice(0, 200);
      return columns.length === 0
        ? { kind: "no-columns" }
        : { kind: "recognised", source: { ...none, format, columns } };
    }
    case "csv": {
      const found = headOf(lines.slice(0, 20));
      if (!found) return { kind: "empty" };
      const { delimiter, columns, lines: headLines } = found;
      return { kind: "recognised", source: { ...none, format, delimiter, columns, headLines } };
    }
  }
}

function likeliest(text: string): Format {
  if (/^\s*\{/.test(text)) return "jsonl";
  return /^\s*(--|\/\*|#)|(insert|replace)\s+into|create\s+table/i.test(text) ? "bitrix" : "csv";
}

export function rowsOf(source: Source, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow[]> {
  const { format, encoding, delimiter, columns, headLines } = source;
  switch (format) {
    case "bitrix":
      return rowsOfDump(pieces, bitrixTables, encoding);
    case "jsonl":
      return rowsOfJsonLines(linesOf(pieces, encoding));
    case "csv":
      return rowsOfCsv(linesOf(pieces, encoding), { delimiter, columns, lines: headLines });
  }
}
