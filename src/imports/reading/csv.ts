/**
 * Tables of cells with a delimiter between them. Rows are told apart here and their cells by csv-parse: a
 * quotation mark that nothing closes then costs the row that it stands in, and not the rest of the file.
 */
import { parse } from "csv-parse/sync";
import { type Delimiter, delimiters } from "./kinds.ts";
import type { Line } from "./lines.ts";
import type { FileRow } from "./row.ts";

export interface Head {
  delimiter: Delimiter;
  columns: string[];
  /** How many lines stand before the first row. */
  lines: number;
}

/** How far a cell may go on over line ends. */
const MOST_LINES = 50;
const LONGEST_ROW = 64 * 1024;

/** The names of the columns, from the first lines of the file; undefined where there are none. */
export function headOf(lines: readonly string[], wished?: Delimiter): Head | undefined {
  let named = lines.findIndex((line) => line.trim() !== "");
  // Excel's own way to name the delimiter.
  const told = /^"?sep=([;,\t])"?$/i.exec(lines[named] ?? "")?.[1];
  if (told !== undefined) named += 1;
  const line = lines[named];
  if (line === undefined || line.trim() === "") return undefined;
  const delimiter = wished ?? delimiters.find((one) => one === told) ?? likeliest(line);
  const cells = cellsOf([line], delimiter)?.[0] ?? [];
  const columns: string[] = [];
  for (const [index, cell] of cells.entries()) columns.push(nameOf(cell, index, columns));
  return { delimiter, columns, lines: named + 1 };
}

function nameOf(cell: string, index: number, before: readonly string[]): string {
  const name = cell.replace(/\s+/g, " ").trim().slice(0, 100) || `${index + 1}`;
  return before.includes(name) ? `${name} (${index + 1})` : name;
}

function likeliest(line: string): Delimiter {
  const plain = line.replace(/"[^"]*"/g, "");
  const count = (one: string) => plain.split(one).length;
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Every row after the head, as many at a time as the pieces hold. */
export async function* rowsOfCsv(pieces: AsyncIterable<Line[]>, head: Head): AsyncGenerator<FileRow[]> {
  let passed = 0;
  let open: Numbered[] = [];
  for await (const piece of pieces) {
    const lines = [...open, ...piece.map((line, index) => ({ ...line, number: passed + index + 1 }))];
    passed += piece.length;
    const framed = frame(
      lines.slice(Math.max(0, head.lines - (lines[0]?.number ?? 1) + 1)),
      head.delimiter,
      false,
    );
    open = framed.open;
    yield readRows(framed.rows, head);
  }
  if (open.length > 0) yield readRows(frame(open, head.delimiter, true).rows, head);
}

interface Numbered extends Line {
  number: number;
}

interface Framed {
  text: string;
  line: number;
  bytes: number;
  broken?: "open-quote" | "too-long";
}

/** Puts together the lines of each row; what may go on in the next piece stays open. */
function frame(
  lines: readonly Numbered[],
  delimiter: string,
  isLast: boolean,
): { rows: Framed[]; open: Numbered[] } {
  const rows: Framed[] = [];
  for (let at = 0; at < lines.length; ) {
    const first = lines[at] as Numbered;
    const { number: line, bytes } = first;
    if (first.tooLong) {
      rows.push({ text: first.text, line, bytes, broken: "too-long" });
      at += 1;
      continue;
    }
    let text = first.text;
    let count = 1;
    let isOpen = opensCell(text, delimiter);
    while (isOpen && count < MOST_LINES && text.length < LONGEST_ROW && at + count < lines.length) {
      text += `\n${lines[at + count]?.text ?? ""}`;
      count += 1;
      isOpen = opensCell(text, delimiter);
    }
    const isCut = isOpen && count < MOST_LINES && text.length < LONGEST_ROW;
    if (isCut && !isLast) return { rows, open: lines.slice(at) };
    if (isOpen) rows.push({ text: first.text, line, bytes, broken: "open-quote" });
    // Excel ends its tables with rows of nothing but delimiters.
    else if (text.replaceAll(delimiter, "").trim() !== "")
      rows.push({ text, line, bytes: lines[at + count - 1]?.bytes ?? bytes });
    at += isOpen ? 1 : count;
  }
  return { rows, open: [] };
}

/** Whether the text ends within a quoted cell. */
function opensCell(text: string, delimiter: string): boolean {
  if (!text.includes('"')) return false;
  let isCellStart = true;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"' && isCellStart) {
      at = closing(text, at + 1, delimiter);
      if (at === -1) return true;
      isCellStart = false;
    } else {
      isCellStart = sign === delimiter || sign === "\n";
    }
  }
  return false;
}

/**
 * Where the cell's closing mark stands; a doubled one closes nothing. -1: nowhere. Within one line a mark
 * that more text follows is taken as it is; a cell that went on over lines to end like that is a mistake.
 */
function closing(text: string, from: number, delimiter: string): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    const next = text[at + 1];
    const closes = next === undefined || next === delimiter || next === "\n";
    if (next === '"') at += 1;
    else if (closes || !text.slice(from, at).includes("\n")) return at;
  }
  return -1;
}

function readRows(framed: readonly Framed[], head: Head): FileRow[] {
  const whole = framed.filter((row) => row.broken === undefined);
  const together = cellsOf(
    whole.map((row) => row.text),
    head.delimiter,
  );
  const cells = new Map(whole.map((row, index) => [row, together?.[index] ?? alone(row, head.delimiter)]));
  return framed.map((row): FileRow => {
    const { line, bytes, text, broken } = row;
    if (broken) return { kind: "broken", line, bytes, why: broken, text };
    const found = cells.get(row);
    const { columns } = head;
    const isFull = found !== undefined && (found.length > 1 || columns.length === 1);
    if (!isFull || found.slice(columns.length).some((cell) => cell.trim() !== "")) {
      return { kind: "broken", line, bytes, why: "columns", text };
    }
    const values = Object.fromEntries(columns.map((column, index) => [column, withoutGuard(found[index])]));
    return { kind: "row", line, bytes, values };
  });
}

/**
 * Exports, ours among them, put an apostrophe before what a spreadsheet would take for a formula: «'+7 916…».
 */
function withoutGuard(cell = ""): string {
  return /^'+(?:[\t\r]|\s*[=+\-@＝＋－＠])/u.test(cell) ? cell.slice(1) : cell;
}

function alone(row: Framed, delimiter: string): string[] | undefined {
  return cellsOf([row.text], delimiter)?.[0];
}

/** Undefined when it cannot be told which cells belong to which text. */
function cellsOf(texts: readonly string[], delimiter: string): string[][] | undefined {
  try {
    const found = parse(texts.join("\n"), {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: "\n",
    });
    return found.length === texts.length ? found : undefined;
  } catch {
    return undefined;
  }
}
