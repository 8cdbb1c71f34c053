/**
 * The rows of some tables of a MySQL dump, as mysqldump, phpMyAdmin and Bitrix's own backup write them, read
 * without ever holding more than one statement's head and one row. Bytes are taken as Latin-1 until a value
 * is whole, so that it may be in any encoding that keeps ASCII.
 */
import type { LineEncoding } from "./kinds.ts";
import { decoded } from "./lines.ts";
import type { FileRow } from "./row.ts";

/** More than any row of the wanted tables takes; one that goes on beyond it is passed over. */
const LONGEST_ROW = 256 * 1024;
const LONGEST_HEAD = 256 * 1024;

const INSERT =
  /(?:insert|replace)\s+(?:ignore\s+)?into\s+(?:`?\w+`?\.)?`?(\w+)`?\s*(?:\(([^)]*)\))?\s*values?\s*(?=\()/iy;
const CREATE = /create\s+table\s+(?:if\s+not\s+exists\s+)?(?:`?\w+`?\.)?`?(\w+)`?\s*\(/iy;
const BETWEEN = /(?:\s+|;|--[^\n]*\n|#[^\n]*\n|\/\*[\s\S]*?\*\/)*/y;

type State =
  | { kind: "between" }
  | { kind: "passing"; quote: string }
  | { kind: "rows"; table: string; columns: string[] };

export async function* rowsOfDump(
  pieces: AsyncIterable<Uint8Array>,
  tables: readonly string[],
  encoding: LineEncoding,
): AsyncGenerator<FileRow[]> {
  const scanner = new Scanner(tables, encoding);
  for await (const piece of pieces) yield scanner.take(Buffer.from(piece).toString("latin1"), false);
  yield scanner.take("", true);
}

class Scanner {
  readonly #tables: readonly string[];
  readonly #encoding: LineEncoding;
  readonly #columns = new Map<string, string[]>();
  #text = "";
  #at = 0;
  #read = 0;
  #line = 0;
  #state: State = { kind: "between" };

  constructor(tables: readonly string[], encoding: LineEncoding) {
    this.#tables = tables;
    this.#encoding = encoding;
  }

  take(text: string, isLast: boolean): FileRow[] {
    this.#read += this.#at;
    this.#text = this.#text.slice(this.#at) + text;
    this.#at = 0;
    const rows: FileRow[] = [];
    for (;;) {
      const before = this.#at;
      const state = this.#state;
      const goesOn = this.#step(isLast, rows);
      if (!goesOn || (this.#at === before && this.#state === state)) return rows;
    }
  }

  /** One step; false when more of the file is needed for the next. */
  #step(isLast: boolean, rows: FileRow[]): boolean {
    switch (this.#state.kind) {
      case "between":
        return this.#begin(isLast);
      case "passing":
        return this.#pass(this.#state);
      case "rows":
        return this.#row(this.#state, isLast, rows);
    }
  }

  #begin(isLast: boolean): boolean {
    BETWEEN.lastIndex = this.#at;
    BETWEEN.exec(this.#text);
    const start = Math.max(this.#at, BETWEEN.lastIndex);
    const left = this.#text.length - start;
    // A comment may not be whole yet, nor the head of a statement.
    if (left === 0 || (!isLast && left < LONGEST_HEAD && !this.#isWhole(start))) {
      this.#at = start;
      return false;
    }
    this.#at = start;
    INSERT.lastIndex = start;
    const insert = INSERT.exec(this.#text);
    if (insert) {
      const [whole, table = "", named] = insert;
      const columns = named === undefined ? this.#columns.get(table) : namesIn(named);
      if (!this.#tables.includes(table) || !columns) return this.#passOver();
      this.#at += whole.length;
      this.#state = { kind: "rows", table, columns };
      return true;
    }
    CREATE.lastIndex = start;
    const created = CREATE.exec(this.#text)?.[1];
    if (created !== undefined && this.#tables.includes(created)) {
      // A comment of a column may hold a semicolon.
      const end = this.#text.indexOf("\n)", start);
      const body = this.#text.slice(start, end === -1 ? undefined : end);
      this.#columns.set(
        created,
        [...body.matchAll(/^\s*`(\w+)`\s/gm)].map(([, name = ""]) => name),
      );
    }
    return this.#passOver();
  }

  /** A statement's head is whole once its end or its first row is there. */
  #isWhole(start: number): boolean {
    const head = this.#text.slice(start, start + 60);
    if (/^\s*create\s+table/i.test(head)) return this.#text.includes("\n)", start);
    if (/^\s*(insert|replace)\s/i.test(head)) {
      INSERT.lastIndex = start;
      return INSERT.test(this.#text);
    }
    return head.length === 60 && !/^(--|#|\/\*)/.test(head);
  }

  #passOver(): boolean {
    this.#state = { kind: "passing", quote: "" };
    return true;
  }

  /** To the end of the statement, whatever stands in its texts. */
  #pass(state: { quote: string }): boolean {
    const { length } = this.#text;
    while (this.#at < length) {
      const wanted =
        state.quote === "" ? /['"`;]/g : state.quote === "`" ? /`/g : new RegExp(`[\\\\${state.quote}]`, "g");
      wanted.lastIndex = this.#at;
      const found = wanted.exec(this.#text);
      if (!found) {
        this.#at = length;
        return false;
      }
      const [sign] = found;
      if (sign === "\\") {
        // What is escaped may come with the next piece.
        if (found.index + 1 >= length) {
          this.#at = found.index;
          return false;
        }
        this.#at = found.index + 2;
        continue;
      }
      this.#at = found.index + 1;
      if (sign === ";") {
        this.#state = { kind: "between" };
        return true;
      }
      state.quote = state.quote === "" ? sign : "";
    }
    return false;
  }

  #row(state: Extract<State, { kind: "rows" }>, isLast: boolean, rows: FileRow[]): boolean {
    const gap = /[\s,]*/y;
    gap.lastIndex = this.#at;
    gap.exec(this.#text);
    const start = gap.lastIndex;
    if (start >= this.#text.length) return false;
    if (this.#text[start] !== "(") {
      this.#at = start;
      return this.#passOver();
    }
    const read = readTuple(this.#text, start + 1);
    if (read === "cut") {
      const isTooLong = this.#text.length - start > LONGEST_ROW;
      if (!isTooLong && !isLast) return false;
      this.#line += 1;
      rows.push(this.#broken(isTooLong ? "too-long" : "open-quote", start));
      this.#at = start + 1;
      return this.#passOver();
    }
    this.#at = read.end;
    this.#line += 1;
    const { table, columns } = state;
    if (read.values.length !== columns.length) {
      rows.push(this.#broken("columns", start));
      return true;
    }
    const values = Object.fromEntries(columns.map((name, index) => [name, this.#value(read.values[index])]));
    rows.push({ kind: "row", line: this.#line, bytes: this.#read + this.#at, table, values });
    return true;
  }

  /** The row's text is left out: there is a hash in it. */
  #broken(why: "too-long" | "open-quote" | "columns", start: number): FileRow {
    return { kind: "broken", line: this.#line, bytes: this.#read + start, why, text: "" };
  }

  #value(latin1: string | undefined): string {
    const text = latin1 ?? "";
    return /^[\x00-\x7f]*$/.test(text) ? text : decoded(Buffer.from(text, "latin1"), this.#encoding);
  }
}

function namesIn(list: string): string[] {
  return list.split(",").map((name) => name.replace(/[`\s"]/g, ""));
}

/** The values of one row from behind its `(`; NULL is the empty text. «cut»: it goes on beyond the text. */
function readTuple(text: string, from: number): { values: string[]; end: number } | "cut" {
  const values: string[] = [];
  let at = from;
  for (;;) {
    const start = /\s*(?:_binary\s+|_utf8(?:mb[34])?\s*|N(?='))?/y;
    start.lastIndex = at;
    start.exec(text);
    at = start.lastIndex;
    if (text[at] === "'" || text[at] === '"') {
      const read = readText(text, at);
      if (read === "cut") return "cut";
      values.push(read.value);
      at = read.end;
    } else {
      const end = /[,)]/g;
      end.lastIndex = at;
      const found = end.exec(text);
      if (!found) return "cut";
      values.push(bareValue(text.slice(at, found.index).trim()));
      at = found.index;
    }
    const next = /\s*([,)])/y;
    next.lastIndex = at;
    const sign = next.exec(text)?.[1];
    if (sign === undefined) {
      if (at >= text.length) return "cut";
      at += 1;
      continue;
    }
    at = next.lastIndex;
    if (sign === ")") return { values, end: at };
  }
}

function bareValue(bare: string): string {
  if (/^null$/i.test(bare)) return "";
  const hex = /^0x([0-9a-f]+)$/i.exec(bare)?.[1];
  return hex === undefined ? bare : Buffer.from(hex, "hex").toString("latin1");
}

/** MySQL, "String Literals": what stands behind a backslash. */
const escapes: Readonly<Record<string, string>> = { 0: "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\x1a" };

function readText(text: string, from: number): { value: string; end: number } | "cut" {
  const quote = text[from] ?? "'";
  const wanted = quote === "'" ? /[\\']/g : /[\\"]/g;
  let value = "";
  let at = from + 1;
  for (;;) {
    wanted.lastIndex = at;
    const found = wanted.exec(text);
    if (!found || found.index + 1 >= text.length) return "cut";
    value += text.slice(at, found.index);
    const next = text[found.index + 1] ?? "";
    if (found[0] === "\\") {
      value += escapes[next] ?? next;
      at = found.index + 2;
    } else if (next === quote) {
      value += quote;
      at = found.index + 2;
    } else {
      return { value, end: found.index + 1 };
    }
  }
}
