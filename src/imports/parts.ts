/** The file of an import, kept in the database in compressed pieces: every instance can go on with it. */
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

const compress = promisify(deflateRaw);
const expand = promisify(inflateRaw);

/** As much as is in memory of a file at a time. */
export const PART_BYTES = 1024 * 1024;
/** A dump of 1,000,000 people takes about 700 MB. */
export const MOST_BYTES = 1024 * 1024 * 1024;

export type Received =
  | { kind: "kept"; size: number }
  | { kind: "too-large" }
  | { kind: "elsewhere"; size: number };

/**
 * Adds a piece at this place of the file, in a transaction of its own. A piece that is there already does no
 * harm, so that a broken connection can begin it again; `elsewhere` says where the file ends.
 */
export async function keepPart(
  tools: { store: Store },
  importId: string,
  at: number,
  bytes: Uint8Array,
): Promise<Received> {
  const compressed = await compress(bytes, { level: 1 });
  return tools.store.transact(async (write): Promise<Received> => {
    const job = await rows.holdImport(write, tools.store.kind, importId);
    if (job?.state !== "receiving") return { kind: "elsewhere", size: job?.size ?? 0 };
    if (at + bytes.length <= job.size) return { kind: "kept", size: job.size };
    if (at !== job.size) return { kind: "elsewhere", size: job.size };
    const size = at + bytes.length;
    if (size > MOST_BYTES) return { kind: "too-large" };
    const number = await rows.nextPartNumber(write, importId);
    await rows.insertPart(write, { import_id: importId, number, size: bytes.length, bytes: compressed });
    await rows.changeImport(write, importId, { size });
    return { kind: "kept", size };
  });
}

/** Keeps a whole stream, a piece after another. */
export async function keepStream(
  tools: { store: Store },
  importId: string,
  stream: AsyncIterable<Uint8Array>,
): Promise<Received> {
  let size = 0;
  let waiting: Uint8Array[] = [];
  let waits = 0;
  const flush = async (): Promise<Received> => {
    const bytes = Buffer.concat(waiting);
    [waiting, waits] = [[], 0];
    const kept = await keepPart(tools, importId, size, bytes);
    size += bytes.length;
    return kept;
  };
  for await (const chunk of stream) {
    waiting.push(chunk);
    waits += chunk.length;
    if (waits < PART_BYTES) continue;
    const kept = await flush();
    if (kept.kind !== "kept") return kept;
  }
  return waits > 0 ? flush() : { kind: "kept", size };
}

/** The file from its beginning, piece by piece. */
export async function* partsOf(read: Reader, importId: string): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number += 1) {
    const part = await rows.partOf(read, importId, number);
    if (!part) return;
    yield await expand(part.bytes);
  }
}

const AT_ONCE = 8;

/** The file is not needed any more. */
export async function dropParts(tools: { store: Store }, importId: string): Promise<void> {
  const some = (write: Writer) => rows.deleteParts(write, importId, AT_ONCE);
  while ((await tools.store.transact(some)) === AT_ONCE);
}
