import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { MiddlewareHandler } from "hono";
import type { WebEnv } from "./context.ts";

/** Below this a packet is not saved. */
const WORTH_BYTES = 1_000;

/**
 * Sends pages compressed to who takes it. At once and on this thread: a page takes 0.1 ms, and the pool's
 * threads are for hashing. Pages hold no secret beside typed text but the form token, which is another one each time.
 */
export const compressed: MiddlewareHandler<WebEnv> = async (c, next) => {
  await next();
  if (!c.res.headers.get("content-type")?.startsWith("text/html")) return;
  const encoding = accepted(c.req.header("accept-encoding"));
  c.res.headers.append("Vary", "Accept-Encoding");
  if (!encoding) return;
  const plain = Buffer.from(await c.res.arrayBuffer());
  const { status, headers } = c.res;
  if (plain.length < WORTH_BYTES) {
    c.res = new Response(plain, { status, headers });
    return;
  }
  const packed =
    encoding === "br"
      ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : gzipSync(plain);
  c.res = new Response(packed, { status, headers });
  c.res.headers.set("Content-Encoding", encoding);
};

function accepted(header: string | undefined): "br" | "gzip" | undefined {
  const names = (header ?? "").split(",").map((part) => part.trim().split(";"));
  const takes = (wanted: string) => names.some(([each, q = ""]) => each === wanted && !/q=0(\.0*)?$/.test(q));
  return takes("br") ? "br" : takes("gzip") ? "gzip" : undefined;
}
