/** Whether two addresses lie in one network, for sessions that are bound to the place of their beginning. */
import { isIPv4, isIPv6 } from "node:net";

/**
 * What of an IPv6 address answers to so many bits of an IPv4 one: the provider's block, its region, a site,
 * and the /64 within which one device changes its address by itself.
 */
const bitsInIPv6: Readonly<Record<number, number>> = { 0: 0, 8: 32, 16: 48, 24: 56, 32: 64 };

/** By `bits` of an IPv4 address, or what answers to them in IPv6. Of both kinds two are never one network. */
export function isSameNetwork(bits: number, one: string, other: string): boolean {
  if (bits === 0 || one === other) return true;
  if (isIPv4(one) && isIPv4(other)) return startOf(bytesOf4(one), bits) === startOf(bytesOf4(other), bits);
  if (!isIPv6(one) || !isIPv6(other)) return false;
  const wide = bitsInIPv6[bits] ?? 64;
  return startOf(bytesOf6(one), wide) === startOf(bytesOf6(other), wide);
}

function startOf(bytes: readonly number[], bits: number): string {
  return bytes.slice(0, bits / 8).join(".");
}

function bytesOf4(address: string): number[] {
  return address.split(".").map(Number);
}

function bytesOf6(address: string): number[] {
  const [head = "", tail = ""] = (address.split("%")[0] ?? "").split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [left, right] = [groups(head), groups(tail)];
  const missing = address.includes("::") ? 8 - left.length - right.length : 0;
  const all = [...left, ...Array<string>(Math.max(0, missing)).fill("0"), ...right];
  return all.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}
