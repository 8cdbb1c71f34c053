/** A file as rows: what it is, what its columns are called, and row after row. */
import { bitrixTables } from "../columns.ts";
import { headOf, rowsOfCsv } from "./csv.ts";
import { rowsOfDump } from "./dump.ts";
import { rowsOfJsonLines, valuesOf } from "./json-lines.ts";
import {
  type Format,
  HEAD_BYTES,
  type LineEncoding,
  type Recognised,
  type Source,
  type Wish,
} from "./kinds.ts";
import { isUtf8, linesOf, textOf } from "./lines.ts";
import type { FileRow } from "./row.ts";
import { headInUtf8, inUtf8, type Meter, orderOf } from "./utf-16.ts";

/** Tells by the beginning of the file; a wish goes before a guess. */
export function recognise(head: Uint8Array, wish: Wish = {}): Recognised {
  const start = Buffer.from(head.subarray(0, 8)).toString("latin1");
  if (head.length === 0) return { kind: "empty" };
  if (/^(PK\x03\x04|\xd0\xcf\x11\xe0)/.test(start)) return { kind: "workbook" };
  if (/^(\x1f\x8b|BZh|7z|Rar!|\xfd7zXZ|\x28\xb5\x2f\xfd)/.test(start)) return { kind: "archive" };
  if (orderOf(head)) return recogniseUtf16(head, wish);
  const strange = strangeIn(head);
  if (strange) return { kind: strange };
  const { encoding = "auto" } = wish;
  if (encoding === "utf-16") return { kind: "encoding" };
  const cut = head.length < HEAD_BYTES ? head : head.subarray(0, head.lastIndexOf(0x0a) + 1);
  const isMarked = start.startsWith("\xef\xbb\xbf");
  if (!canBe(cut, encoding)) return { kind: "encoding" };
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
      const found = headOf(lines.slice(0, 20), wish.delimiter);
      if (!found) return { kind: "empty" };
      const { delimiter, columns, lines: headLines } = found;
      return { kind: "recognised", source: { ...none, format, delimiter, columns, headLines } };
    }
  }
}

function recogniseUtf16(head: Uint8Array, { encoding = "auto", ...wish }: Wish): Recognised {
  if (encoding !== "auto" && encoding !== "utf-16") return { kind: "encoding" };
  const recognised = recognise(headInUtf8(head, head.length >= HEAD_BYTES), { ...wish, encoding: "utf-8" });
  if (recognised.kind !== "recognised") return recognised;
  return { kind: "recognised", source: { ...recognised.source, encoding: "utf-16" } };
}

/** Texts have hardly a sign that is none; in UTF-16 every other byte names the alphabet. */
function strangeIn(head: Uint8Array): "utf-16" | "binary" | undefined {
  let strange = 0;
  const ofAlphabet: [number, number] = [0, 0];
  for (const [at, byte] of head.entries()) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) strange += 1;
    if (byte === 0x00 || byte === 0x04) ofAlphabet[at % 2 === 0 ? 0 : 1] += 1;
  }
  if (strange < 4 || strange / head.length < 0.03) return undefined;
  const [fewer = 0, more = 0] = ofAlphabet.toSorted((one, other) => one - other);
  return more > head.length * 0.35 && fewer < head.length * 0.1 ? "utf-16" : "binary";
}

/** A wish that the bytes contradict would turn names into rubbish. */
function canBe(text: Uint8Array, encoding: LineEncoding): boolean {
  if (encoding === "auto") return true;
  const found = isUtf8(text);
  return encoding === "utf-8" ? found !== undefined : found !== "utf-8";
}

function likeliest(text: string): Format {
  if (/^\s*\{/.test(text)) return "jsonl";
  return /^\s*(--|\/\*|#)|(insert|replace)\s+into|create\s+table/i.test(text) ? "bitrix" : "csv";
}

export function rowsOf(source: Source, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow[]> {
  const { format, encoding, delimiter, columns, headLines } = source;
  if (encoding === "utf-16") return rowsOfUtf16(source, pieces);
  switch (format) {
    case "bitrix":
      return rowsOfDump(pieces, bitrixTables, encoding);
    case "jsonl":
      return rowsOfJsonLines(linesOf(pieces, encoding));
    case "csv":
      return rowsOfCsv(linesOf(pieces, encoding), { delimiter, columns, lines: headLines });
  }
}

async function* rowsOfUtf16(source: Source, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow[]> {
  const meter: Meter = { read: 0, given: 0 };
  for await (const some of rowsOf({ ...source, encoding: "utf-8" }, inUtf8(pieces, meter))) {
    const share = meter.read / Math.max(1, meter.given);
    yield some.map((row) => ({ ...row, bytes: Math.round(row.bytes * share) }));
  }
}
