/**
 * The file of an import, kept in the database in pieces: every instance can go on with it. It may hold hashes
 * and passwords, so whoever reads the database or a backup of it finds them sealed.
 */
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

const compress = promisify(deflateRaw);
const expand = promisify(inflateRaw);

/** As much as is in memory of a file at a time. */
export const PART_BYTES = 1024 * 1024;
/** A dump of 1,000,000 people takes about 700 MB. */
export const MOST_BYTES = 1024 * 1024 * 1024;

const PURPOSE = "import file";

/** A piece fits nowhere but at its place of its file. */
function placeOf(importId: string, at: number): string {
  return `${importId} ${at}`;
}

/** The key that a piece was sealed with is not among those of this installation any more. */
export class PieceSealed extends Error {}

export type Received =
  | { kind: "kept"; size: number }
  | { kind: "too-large" }
  | { kind: "elsewhere"; size: number };

/**
 * Adds a piece at this place of the file, in a transaction of its own. A piece that is there already does no
 * harm, so that a broken connection can begin it again; `elsewhere` says where the file ends.
 */
export async function keepPart(
  tools: { secrets: Secrets; store: Store },
  importId: string,
  at: number,
  bytes: Uint8Array,
): Promise<Received> {
  const compressed = await compress(bytes, { level: 1 });
  const sealed = tools.secrets.sealBytes(PURPOSE, placeOf(importId, at), compressed);
  return tools.store.transact(async (write): Promise<Received> => {
    const job = await rows.holdImport(write, tools.store.kind, importId);
    if (job?.state !== "receiving") return { kind: "elsewhere", size: job?.size ?? 0 };
    if (at + bytes.length <= job.size) return { kind: "kept", size: job.size };
    if (at !== job.size) return { kind: "elsewhere", size: job.size };
    const size = at + bytes.length;
    if (size > MOST_BYTES) return { kind: "too-large" };
    const number = await rows.nextPartNumber(write, importId);
    const part = { import_id: importId, number, size: bytes.length, bytes: sealed, sealed: 1 as const };
    await rows.insertPart(write, part);
    await rows.changeImport(write, importId, { size });
    return { kind: "kept", size };
  });
}

/** Keeps a whole stream, a piece after another. */
export async function keepStream(
  tools: { secrets: Secrets; store: Store },
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
export async function* partsOf(
  { secrets, store }: { secrets: Secrets; store: { read: Reader } },
  importId: string,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let number = 0; ; number += 1) {
    const part = await rows.partOf(store.read, importId, number);
    if (!part) return;
    // What came before files were sealed lies as it came.
    const compressed =
      part.sealed === 1 ? secrets.openBytes(PURPOSE, placeOf(importId, at), part.bytes) : part.bytes;
    if (!compressed) throw new PieceSealed(`piece ${number} of import ${importId} does not open`);
    yield await expand(compressed);
    at += part.size;
  }
}

const AT_ONCE = 8;

/** The file is not needed any more. */
export async function dropParts(tools: { store: Store }, importId: string): Promise<void> {
  const some = (write: Writer) => rows.deleteParts(write, importId, AT_ONCE);
  while ((await tools.store.transact(some)) === AT_ONCE);
}
