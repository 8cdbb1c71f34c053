/** Between the site and the protocol library, which answers on the socket itself. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Engine } from "./engine/engine.ts";

/**
 * Lets the provider answer. It makes addresses of what the request says of itself, so it is told our public
 * address and nothing else; the fixed headers stand on the response already.
 */
export async function handOver(
  engine: Engine,
  publicUrl: string,
  exchange: { incoming: IncomingMessage; outgoing: ServerResponse; cookies: readonly string[] },
): Promise<number> {
  const { incoming, outgoing, cookies } = exchange;
  const provider = await engine.provider();
  speakOfUs(incoming, publicUrl);
  for (const cookie of cookies) outgoing.appendHeader("set-cookie", cookie);
  const answered = new Promise<void>((resolve) => {
    outgoing.once("close", resolve);
    outgoing.once("finish", resolve);
  });
  await provider.callback()(incoming, outgoing);
  await answered;
  return outgoing.statusCode;
}

/** Host and X-Forwarded-* of the request say nothing any more; nor does a whole address in its first line. */
export function speakOfUs(incoming: IncomingMessage, publicUrl: string): void {
  const { host, protocol } = new URL(publicUrl);
  const asked = URL.parse(incoming.url ?? "/", publicUrl);
  incoming.url = asked ? `${asked.pathname}${asked.search}` : "/";
  for (const name of Object.keys(incoming.headers)) {
    if (name.startsWith("x-forwarded-") || name === "forwarded") delete incoming.headers[name];
  }
  incoming.headers.host = host;
  incoming.headers["x-forwarded-host"] = host;
  incoming.headers["x-forwarded-proto"] = protocol.slice(0, -1);
}
