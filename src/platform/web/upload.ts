import type { WebContext } from "./context.ts";
import { readForm } from "./form-body.ts";
import { Refusal } from "./refusals.ts";

export type Upload =
  | { kind: "file"; bytes: Uint8Array }
  /** The field was left empty. */
  | { kind: "none" }
  | { kind: "too-large" };

/** Room for the texts of a form that has files as well. */
const MOST_TEXT_BYTES = 64 * 1024;
/** Room for what stands around the file in a form of several parts. */
const AROUND_BYTES = 16 * 1024;
/**
 * What is too large is read to its end all the same, unkept: a browser whose form nobody reads shows a broken
 * connection in the place of our sentence. Beyond this, it may.
 */
const READ_AT_MOST_BYTES = 32 * 1024 * 1024;

/**
 * The one file of a form that sends one (`multipart/form-data`), up to so many bytes. Anything but such a
 * form is refused with 400. For the routes that need it alone; all others take `readForm`'s 64 KiB.
 */
export async function readUpload(c: WebContext, field: string, mostBytes: number): Promise<Upload> {
  const type = c.req.header("content-type") ?? "";
  if (!/^multipart\/form-data *;/i.test(type)) throw new Refusal(400);
  const body = await bodyUpTo(c, mostBytes + AROUND_BYTES);
  if (!body) return { kind: "too-large" };
  const file = (await partsOf(body, type)).get(field);
  if (!(file instanceof File) || file.size === 0) return { kind: "none" };
  if (file.size > mostBytes) return { kind: "too-large" };
  return { kind: "file", bytes: new Uint8Array(await file.arrayBuffer()) };
}

export interface SentFile {
  /** As the sender's device called it; nothing follows from it. */
  name: string;
  bytes: Uint8Array;
}

/**
 * A form with texts and up to so many files together (`multipart/form-data`); a plain form has none. A field
 * that comes twice, or holds a file where a text belongs, counts as left empty.
 */
export async function readUploadForm(
  c: WebContext,
  field: string,
  mostBytes: number,
): Promise<{ kind: "form"; text(name: string): string; files: SentFile[] } | { kind: "too-large" }> {
  const type = c.req.header("content-type") ?? "";
  if (!/^multipart\/form-data *;/i.test(type)) {
    const form = await readForm(c);
    return { kind: "form", text: form.text, files: [] };
  }
  const body = await bodyUpTo(c, mostBytes + MOST_TEXT_BYTES + AROUND_BYTES);
  if (!body) return { kind: "too-large" };
  const parts = await partsOf(body, type);
  const files: SentFile[] = [];
  for (const file of parts.getAll(field)) {
    if (file instanceof File && file.size > 0)
      files.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  const text = (name: string) => {
    const [value, ...more] = parts.getAll(name);
    return typeof value === "string" && more.length === 0 && !value.includes("\0") ? value : "";
  };
  return { kind: "form", text, files };
}

async function partsOf(body: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch {
    throw new Refusal(400);
  }
}

async function bodyUpTo(c: WebContext, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const announced = Number(c.req.header("content-length") ?? 0);
  if (announced > READ_AT_MOST_BYTES) throw new Refusal(413);
  const { body } = c.req.raw;
  if (!body) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > READ_AT_MOST_BYTES) throw new Refusal(413);
    if (size > most) parts.length = 0;
    else parts.push(part);
  }
  return size > most ? undefined : Buffer.concat(parts);
}
