import { isIP } from "node:net";
import type { WebContext } from "./context.ts";

/**
 * The client's address: the socket's, or the hop that the given number of own proxies vouch for, counted from
 * the right of X-Forwarded-For. Anything unreadable there falls back to the socket.
 */
export function clientAddress(c: WebContext, trustedHops: number): string {
  const socket = plain(c.env.incoming?.socket?.remoteAddress ?? "") ?? "unknown";
  if (trustedHops === 0) return socket;
  const hops = (c.req.header("x-forwarded-for") ?? "").split(",");
  return plain(hops.at(-trustedHops)?.trim() ?? "") ?? socket;
}

/** The subject that limits count for: an IPv4 address, or the /64 that one household or host has in IPv6. */
export function sourceOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("%")[0]?.split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const groups = address.includes("::")
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right]
    : left;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

function plain(text: string): string | undefined {
  const bare = text.replace(/^::ffff:(?=\d+\.)/i, "").replace(/^\[(.*)\](:\d+)?$/, "$1");
  return isIP(bare) === 0 ? undefined : bare;
}
