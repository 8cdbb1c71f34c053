/** The lines of a file, whatever of the usual encodings they are in, a piece of the file at a time. */

import type { LineEncoding } from "./kinds.ts";

export interface Line {
  /** Without its end. */
  text: string;
  /** About how many bytes of the file have been read by its end. */
  bytes: number;
  /** It goes on for too long to be a row; `text` is its beginning. */
  tooLong?: boolean;
}

/** Ten times what the longest sensible row takes. */
const LONGEST_LINE = 1024 * 1024;
const SHOWN_OF_TOO_LONG = 500;
const LINE_END = 0x0a;

/** Whether all of it is UTF-8, and whether it then says more than ASCII does. */
export function isUtf8(bytes: Uint8Array): "ascii" | "utf-8" | undefined {
  try {
    return /^[\x00-\x7f]*$/.test(utf8.decode(bytes)) ? "ascii" : "utf-8";
  } catch {
    return undefined;
  }
}

const windows1251 = new TextDecoder("windows-1251");
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Line by line, since files that went through many hands are now and then in two encodings: what is no UTF-8
 * is Windows-1251. `undefined` for bytes that the wanted encoding cannot be.
 */
export function decoded(bytes: Uint8Array, encoding: LineEncoding): string {
  if (encoding === "windows-1251") return windows1251.decode(bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    return encoding === "auto" ? windows1251.decode(bytes) : Buffer.from(bytes).toString("utf8");
  }
}

/** As many lines at a time as a piece of the file holds. */
export async function* linesOf(
  pieces: AsyncIterable<Uint8Array>,
  encoding: LineEncoding,
): AsyncGenerator<Line[]> {
  let rest = Buffer.alloc(0);
  let start = 0;
  let isTooLong = false;
  for await (const piece of withoutMark(pieces)) {
    let block = Buffer.concat([rest, piece]);
    const end = block.lastIndexOf(LINE_END) + 1;
    rest = block.subarray(end);
    block = block.subarray(0, end);
    let lines = end > 0 ? linesIn(block, encoding, start) : [];
    if (isTooLong && lines.length > 0) {
      // What was left of the line that was told already.
      lines = lines.slice(1);
      isTooLong = false;
    }
    start += end;
    if (rest.length > LONGEST_LINE) {
      const text = decoded(rest.subarray(0, SHOWN_OF_TOO_LONG), encoding);
      if (!isTooLong) lines.push({ text, bytes: start, tooLong: true });
      isTooLong = true;
      start += rest.length;
      rest = Buffer.alloc(0);
    }
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0 && !isTooLong) yield linesIn(rest, encoding, start);
}

function linesIn(block: Buffer, encoding: LineEncoding, start: number): Line[] {
  const texts = textOf(block, encoding).split("\n");
  if (block.at(-1) === LINE_END) texts.pop();
  const step = block.length / Math.max(1, texts.length);
  return texts.map((text, index) => ({
    text: text.endsWith("\r") ? text.slice(0, -1) : text,
    bytes: Math.round(start + step * (index + 1)),
  }));
}

/** Line by line where the whole of it is not in one encoding. */
export function textOf(block: Uint8Array, encoding: LineEncoding): string {
  if (encoding !== "auto") return decoded(block, encoding);
  try {
    return utf8.decode(block);
  } catch {
    const lines: string[] = [];
    for (let from = 0; from < block.length; ) {
      const found = block.indexOf(LINE_END, from);
      const to = found === -1 ? block.length : found + 1;
      lines.push(decoded(block.subarray(from, to), encoding));
      from = to;
    }
    return lines.join("");
  }
}

async function* withoutMark(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of pieces) {
    const marked = isFirst && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
    yield marked ? piece.subarray(3) : piece;
    isFirst = false;
  }
}
