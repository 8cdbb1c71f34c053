import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { WebEnv } from "./context.ts";
import { acceptsEncoding } from "./encodings.ts";

/** Below this a packet is not saved. */
const WORTH_BYTES = 1_000;

/** A window of 64 KiB holds any page; the usual 4 MiB would be taken and cleared for each. */
const PAGE_BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 16 };

/**
 * Sends pages compressed to who takes it. At once and on this thread: a page takes 0.1 ms, and the pool's
 * threads are for hashing. Pages hold no secret beside typed text but the form token, which is another one
 * each time.
 */
export const compressed: MiddlewareHandler<WebEnv> = async (c, next) => {
  await next();
  // An overloaded service has better things to do than to save bytes.
  if (c.res.status === 503 || !c.res.headers.get("content-type")?.startsWith("text/html")) return;
  const header = c.req.header("accept-encoding");
  const encoding = (["br", "gzip"] as const).find((each) => acceptsEncoding(header, each));
  c.res.headers.append("Vary", "Accept-Encoding");
  if (!encoding) return;
  const plain = Buffer.from(await c.res.arrayBuffer());
  const { status, headers } = c.res;
  if (plain.length < WORTH_BYTES) {
    c.res = new Response(plain, { status, headers });
    return;
  }
  const packed = encoding === "br" ? brotliCompressSync(plain, { params: PAGE_BROTLI }) : gzipSync(plain);
  c.res = new Response(packed, { status, headers });
  c.res.headers.set("Content-Encoding", encoding);
};
