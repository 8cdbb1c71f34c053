import type { WebContext } from "./context.ts";
import { Refusal } from "./refusals.ts";

const MOST_BYTES = 64 * 1024;
const MOST_FIELDS = 64;

/** A sent form: one scalar string per field, or "" when absent. */
export interface Form {
  text(name: string): string;
  ticked(name: string): boolean;
}

const read = new WeakMap<Request, Promise<Form>>();

/**
 * The form of this request, read once. Anything but a plain form is refused: 400 for doubled or bracketed
 * names, NUL, broken UTF-8 and other content types; 413 above 64 KiB, also when the length is not announced.
 */
export function readForm(c: WebContext): Promise<Form> {
  const request = c.req.raw;
  let form = read.get(request);
  if (!form) {
    form = parse(c);
    read.set(request, form);
  }
  return form;
}

async function parse(c: WebContext): Promise<Form> {
  const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const bytes = await readBytes(c);
  if (bytes.length > 0 && type !== "application/x-www-form-urlencoded") throw new Refusal(400);
  let fields: URLSearchParams;
  try {
    fields = new URLSearchParams(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400);
  }
  const values = new Map<string, string>();
  for (const [name, value] of fields) {
    const wrong =
      values.has(name) || /[[\]\0]/.test(name) || value.includes("\0") || value.includes("\ufffd");
    if (wrong || values.size >= MOST_FIELDS) throw new Refusal(400);
    values.set(name, value);
  }
  return {
    text: (name) => values.get(name) ?? "",
    ticked: (name) => values.has(name) && values.get(name) !== "",
  };
}

/** The body as it came; 413 above 64 KiB, also when the length is not announced. */
export async function readBytes(c: WebContext): Promise<Uint8Array> {
  const announced = c.req.header("content-length");
  if (Number(announced ?? 0) > MOST_BYTES) throw new Refusal(413);
  // The server lets no more through than was announced, so there is nothing to count.
  if (announced !== undefined) return new Uint8Array(await c.req.raw.arrayBuffer());
  const { body } = c.req.raw;
  if (!body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MOST_BYTES) throw new Refusal(413);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
