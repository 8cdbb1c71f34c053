/**
 * What Excel saves as «Unicode text», and some programs as CSV: two bytes to a sign, told by the mark at the
 * beginning. It is made UTF-8 before anything else looks at it.
 */

/** Which of the two byte orders the mark names; undefined without a mark. */
export function orderOf(start: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  return start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : undefined;
}

export interface Meter {
  /** Bytes of the file, and what became of them in UTF-8. */
  read: number;
  given: number;
}

/** The pieces in UTF-8, without the mark; a sign may stand across two of them. */
export async function* inUtf8(pieces: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  let start = new Uint8Array();
  let decoder: TextDecoder | undefined;
  for await (const piece of pieces) {
    meter.read += piece.length;
    start = decoder ? start : Buffer.concat([start, piece]);
    if (!decoder && start.length < 2) continue;
    const bytes = decoder ? piece : start;
    decoder ??= new TextDecoder(orderOf(start));
    const text = Buffer.from(decoder.decode(bytes, { stream: true }));
    meter.given += text.length;
    yield text;
  }
}

/** The beginning of a file in UTF-8; what is cut off in the middle of a line goes. */
export function headInUtf8(head: Uint8Array, isCut: boolean): Uint8Array {
  const text = new TextDecoder(orderOf(head)).decode(head);
  return Buffer.from(isCut ? text.slice(0, text.lastIndexOf("\n") + 1) : text);
}
