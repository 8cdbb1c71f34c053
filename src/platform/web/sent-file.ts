/** One file of a form, read while it comes: as much of it is in memory as one chunk of the connection. */
import type { WebContext } from "./context.ts";
import { Refusal } from "./refusals.ts";

export interface SentFile {
  /** As the sender's device called it; nothing follows from it. Empty: no file was chosen. */
  name: string;
  /** To be read to its end once, also when it is not wanted: a browser that nobody reads shows a fault. */
  bytes: AsyncIterable<Uint8Array>;
  /** After its end: there was more, which was passed over. */
  readonly wasTooLarge: boolean;
}

const LONGEST_HEAD = 16 * 1024;
const LONGEST_TEXT = 64 * 1024;
/** What is too large is read to its end all the same, up to so many times as much. */
const PATIENCE = 20;

/**
 * The file of this field (`multipart/form-data`); whatever stands before it is passed over. Anything but such
 * a form is refused with 400, what is larger by far with 413.
 */
export async function openSentFile(c: WebContext, field: string, mostBytes: number): Promise<SentFile> {
  const boundary = /^multipart\/form-data *;.*boundary="?([^";]{1,70})"?/i.exec(
    c.req.header("content-type") ?? "",
  )?.[1];
  const { body } = c.req.raw;
  if (boundary === undefined || !body) throw new Refusal(400);
  if (Number(c.req.header("content-length") ?? 0) > mostBytes * PATIENCE) throw new Refusal(413);
  const source = new Source(body, mostBytes * PATIENCE);
  const end = Buffer.from(`\r\n--${boundary}`, "latin1");
  await source.until(end.subarray(2), LONGEST_HEAD);
  for (;;) {
    const head = await source.head();
    if (head === undefined) return { name: "", bytes: nothing(), wasTooLarge: false };
    const part = describe(head);
    if (part.field === field && part.file !== undefined) return sentFile(part.file, source, end, mostBytes);
    await source.until(end, LONGEST_TEXT);
  }
}

function describe(head: string): { field: string; file: string | undefined } {
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  const field = /[; ]name="([^"]*)"/i.exec(disposition)?.[1] ?? "";
  const file = /[; ]filename="([^"]*)"/i.exec(disposition)?.[1];
  return { field, file: file?.replaceAll("%22", '"') };
}

function sentFile(name: string, source: Source, end: Buffer, mostBytes: number): SentFile {
  const file = { name, bytes: read(), wasTooLarge: false };
  async function* read() {
    let size = 0;
    for await (const piece of source.pieces(end)) {
      size += piece.length;
      if (size <= mostBytes) yield piece;
      else file.wasTooLarge = true;
    }
    await source.drain();
  }
  return file;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

class Source {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #most: number;
  #read = 0;
  #rest = Buffer.alloc(0);

  constructor(body: AsyncIterable<Uint8Array>, most: number) {
    this.#chunks = body[Symbol.asyncIterator]();
    this.#most = most;
  }

  /** False at the end of the body. */
  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    this.#read += next.value.length;
    if (this.#read > this.#most) throw new Refusal(413);
    this.#rest = Buffer.concat([this.#rest, next.value]);
    return true;
  }

  /** What a part says of itself; undefined behind the last one, which has two signs there. */
  async head(): Promise<string | undefined> {
    while (this.#rest.length < 2) if (!(await this.#more())) throw new Refusal(400);
    if (this.#rest.toString("latin1", 0, 2) === "--") return undefined;
    return (await this.until(Buffer.from("\r\n\r\n"), LONGEST_HEAD)).toString("utf8");
  }

  /** What stands before the mark, which is passed over. */
  async until(mark: Buffer, most: number): Promise<Buffer> {
    for (;;) {
      const found = this.#rest.indexOf(mark);
      if (found !== -1) {
        const before = this.#rest.subarray(0, found);
        this.#rest = this.#rest.subarray(found + mark.length);
        return before;
      }
      if (this.#rest.length > most || !(await this.#more())) throw new Refusal(400);
    }
  }

  /** The same, piece by piece. A body that ends before the mark is broken. */
  async *pieces(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const found = this.#rest.indexOf(mark);
      const sure = found === -1 ? Math.max(0, this.#rest.length - mark.length) : found;
      if (sure > 0) yield this.#rest.subarray(0, sure);
      this.#rest = this.#rest.subarray(found === -1 ? sure : found + mark.length);
      if (found !== -1) return;
      if (!(await this.#more())) throw new Refusal(400);
    }
  }

  async drain(): Promise<void> {
    do this.#rest = Buffer.alloc(0);
    while (await this.#more());
  }
}
