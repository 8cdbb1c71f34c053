/**
 * Writes a database in the MaxMind DB format (maxmind.github.io/MaxMind-DB, version 2.0) with a few networks:
 * real ones may not be passed on.
 */
import { isIPv4 } from "node:net";

export type Value = string | number | { readonly [name: string]: Value } | readonly Value[];

const RECORD_BITS = 24;
/** Between the tree and the data. */
const GAP = 16;
const MARKER = Buffer.from("abcdef4d61784d696e642e636f6d", "hex");

type Record = { to?: Node; data?: number };
type Node = [Record, Record];

/** `networks` as `81.2.69.0/24` or `2a02:6b8::/32` to whatever is known of each. */
export function mmdb(networks: { [network: string]: Value }, type = "GeoLite2-City"): Buffer {
  const root: Node = [{}, {}];
  const data: Buffer[] = [];
  let length = 0;
  for (const [network, value] of Object.entries(networks)) {
    const [address = "", bits = "0"] = network.split("/");
    // IPv4 stands below ::/96.
    const path = bitsOf(address).slice(0, isIPv4(address) ? 96 + Number(bits) : Number(bits));
    const encoded = encode(value);
    put(root, path, length);
    data.push(encoded);
    length += encoded.length;
  }
  const nodes = listed(root);
  const tree = Buffer.concat(
    nodes.map((node) => {
      const written = Buffer.alloc(6);
      for (const [side, record] of node.entries()) {
        written.writeUIntBE(pointer(record, nodes), side * 3, RECORD_BITS / 8);
      }
      return written;
    }),
  );
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_764_000_000,
    database_type: type,
    description: { en: "for tests" },
    ip_version: 6,
    languages: ["en", "ru"],
    node_count: nodes.length,
    record_size: RECORD_BITS,
  });
  return Buffer.concat([tree, Buffer.alloc(GAP), ...data, MARKER, metadata]);
}

function put(root: Node, path: readonly number[], data: number): void {
  let node = root;
  for (const bit of path.slice(0, -1)) {
    const record = node[bit as 0 | 1];
    record.to ??= [{}, {}];
    node = record.to;
  }
  node[path.at(-1) as 0 | 1].data = data;
}

function listed(root: Node): Node[] {
  const nodes = [root];
  for (const node of nodes) for (const { to } of node) if (to) nodes.push(to);
  return nodes;
}

function pointer({ to, data }: Record, nodes: readonly Node[]): number {
  if (to) return nodes.indexOf(to);
  return data === undefined ? nodes.length : nodes.length + GAP + data;
}

function bitsOf(address: string): number[] {
  const bytes = isIPv4(address)
    ? [...Array<number>(12).fill(0), ...address.split(".").map(Number)]
    : groupsOf(address).flatMap((group) => [group >> 8, group & 255]);
  return bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1));
}

function groupsOf(address: string): number[] {
  const [head = "", tail = ""] = address.split("::");
  const read = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [before, after] = [read(head), read(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function encode(value: Value): Buffer {
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([control(2, bytes.length), bytes]);
  }
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([control(11, value.length), ...(value as readonly Value[]).map(encode)]);
  }
  const entries = Object.entries(value as { [name: string]: Value });
  return Buffer.concat([control(7, entries.length), ...entries.flatMap((entry) => entry.map(encode))]);
}

function control(type: number, size: number): Buffer {
  const [low, more] = size < 29 ? [size, []] : [29, [size - 29]];
  return type < 8 ? Buffer.from([(type << 5) | low, ...more]) : Buffer.from([low, type - 7, ...more]);
}

const names = (ru: string, en: string) => ({ names: { ru, en } });

/** Two towns, a country without towns, one that nobody translated, and names as they should not be. */
export const somePlaces: { [network: string]: Value } = {
  "93.184.216.0/24": { city: names("Казань", "Kazan"), country: names("Россия", "Russia") },
  "81.2.69.0/24": {
    subdivisions: [names("Англия", "England")],
    country: names("Великобритания", "United Kingdom"),
  },
  "89.160.20.0/24": { country: { names: { en: "Sweden" } } },
  "2a02:6b8::/32": { city: names("Москва", "Moscow"), country: names("Россия", "Russia") },
  "216.160.83.0/24": {
    city: { names: { en: `Mil\u0000ton\u202e${"x".repeat(200)}` } },
    country: { names: 7 },
  },
  "10.0.0.0/8": { city: names("Внутри", "Inside"), country: names("Нигде", "Nowhere") },
};
