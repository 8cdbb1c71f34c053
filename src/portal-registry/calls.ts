/**
 * Calls to addresses that were registered for a portal. Whoever registers one must not make the service knock
 * at doors that only the service can reach, so an address is judged where the connection is made: by the
 * number that it leads to, after its name was looked up, and by nothing that could change in between.
 */
import { lookup as resolveName } from "node:dns";
import { Agent as PlainAgent, request as plainRequest } from "node:http";
import { request as secureRequest, Agent as TlsAgent } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { PortalReach } from "../portal-settings.ts";
import { isLoopback } from "../setting-values.ts";

export type CallOutcome =
  /** Redirects are answers like others: nobody follows them. */
  | { kind: "answered"; status: number }
  /** It may not be called: neither https nor this machine, or it leads where PORTAL_CALLS does not reach. */
  | { kind: "forbidden"; why: "not-https" | "out-of-reach" }
  /** No answer; `trouble` is the code of the system, or `timeout`. */
  | { kind: "silent"; trouble: string };

export interface CallWish {
  method: "GET" | "POST";
  form?: Readonly<Record<string, string>>;
  /** For name, connection and the head of the answer together. */
  withinMs: number;
  signal?: AbortSignal;
}

export interface PortalCaller {
  /** Never rejects. Nothing is read of an answer but its status. */
  call(address: string, wish: CallWish): Promise<CallOutcome>;
  close(): void;
}

/** As `dns.lookup` with `all`; another one for tests. */
export type Resolve = (
  name: string,
  done: (fault: NodeJS.ErrnoException | null, found: { address: string; family: number }[]) => void,
) => void;

const OUT_OF_REACH = "OUT_OF_REACH";
const TIMEOUT = "timeout";

export function createPortalCaller(
  reach: PortalReach,
  resolve: Resolve = (name, done) => resolveName(name, { all: true }, done),
): PortalCaller {
  const lookup = judgingLookup(reach, resolve);
  // A kept connection was judged when it was made.
  const agents = {
    plain: new PlainAgent({ keepAlive: true, maxFreeSockets: 8 }),
    secure: new TlsAgent({ keepAlive: true, maxFreeSockets: 8 }),
  };
  return {
    call(address, wish) {
      const url = URL.parse(address);
      const forbidden = judge(url, reach);
      if (!url || forbidden) return Promise.resolve({ kind: "forbidden", why: forbidden ?? "not-https" });
      return ask(url, wish, { lookup, agents });
    },
    close() {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

/** What can be said of an address without asking for its name. */
function judge(url: URL | null, reach: PortalReach): "not-https" | "out-of-reach" | undefined {
  if (!url || url.username || url.password) return "not-https";
  const local = reach === "machine" && url.protocol === "http:" && isLoopback(url.hostname);
  if (url.protocol !== "https:" && !local) return "not-https";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) > 0 && !isWithinReach(host, reach) ? "out-of-reach" : undefined;
}

/** Gives only numbers that may be called; the connection is made to one of them and to no other. */
function judgingLookup(reach: PortalReach, resolve: Resolve): LookupFunction {
  return (name, options, done) => {
    resolve(name, (fault, found) => {
      const open = fault ? [] : found.filter(({ address }) => isWithinReach(address, reach));
      const [first] = open;
      if (fault || !first) done(fault ?? Object.assign(new Error(name), { code: OUT_OF_REACH }), "", 0);
      else if (options.all) done(null, open);
      else done(null, first.address, first.family);
    });
  };
}

function ask(
  url: URL,
  { method, form, withinMs, signal }: CallWish,
  { lookup, agents }: { lookup: LookupFunction; agents: { plain: PlainAgent; secure: TlsAgent } },
): Promise<CallOutcome> {
  const secure = url.protocol === "https:";
  const body = form && new URLSearchParams(form).toString();
  const headers = body !== undefined && {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": Buffer.byteLength(body),
  };
  const late = AbortSignal.timeout(withinMs);
  return new Promise((settle) => {
    const call = (secure ? secureRequest : plainRequest)(url, {
      method,
      headers: { Accept: "*/*", ...headers },
      agent: secure ? agents.secure : agents.plain,
      lookup,
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    call.on("error", (fault: NodeJS.ErrnoException) => {
      if (fault.code === OUT_OF_REACH) settle({ kind: "forbidden", why: "out-of-reach" });
      else settle({ kind: "silent", trouble: late.aborted ? TIMEOUT : (fault.code ?? fault.name) });
    });
    call.once("response", (response) => {
      settle({ kind: "answered", status: response.statusCode ?? 0 });
      // A short answer leaves the connection for the next call; an endless one is cut at the timeout.
      response.on("error", () => {}).resume();
    });
    call.end(body);
  });
}

/** Whether the service may open a connection to this number (IPv4 or IPv6, without brackets). */
export function isWithinReach(address: string, reach: PortalReach): boolean {
  const number = innerAddress(address);
  const family = isIP(number) === 6 ? "ipv6" : "ipv4";
  if (isIP(number) === 0 || never.check(number, family)) return false;
  if (machine.check(number, family)) return reach === "machine";
  return reach !== "internet" || !privateNetworks.check(number, family);
}

/** An IPv4 address that stands in an IPv6 one: mapped (::ffff:0:0/96) or through NAT64 (64:ff9b::/96). */
function innerAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const whole = URL.parse(`http://[${address.split("%")[0]}]/`)?.hostname.slice(1, -1) ?? "";
  const [, high = "", low = ""] = /^(?:::ffff:|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})$/.exec(whole) ?? [];
  if (high === "") return whole;
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join(".");
}

/**
 * Numbers that lead to no portal, whatever is set (IANA's registries of special-purpose addresses), with what
 * clouds answer their machines at: 169.254.169.254, fd00:ec2::254, 100.100.100.200, 168.63.129.16.
 */
const never = listOf([
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["168.63.129.16", 32],
  ["100.100.100.200", 32],
  ["192.0.0.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  ["::", 128],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
  ["fd00:ec2::254", 128],
  // Ways through others' gateways into IPv4: 6to4, Teredo, local NAT64.
  ["2002::", 16],
  ["2001::", 32],
  ["64:ff9b:1::", 48],
]);

const machine = listOf([
  ["127.0.0.0", 8],
  ["::1", 128],
]);

const privateNetworks = listOf([
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["fc00::", 7],
]);

function listOf(networks: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) {
    list.addSubnet(network, prefix, isIP(network) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}
