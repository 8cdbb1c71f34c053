/**
 * The keys that sign what portals are told: one RSA key (RS256, which every client knows) and one on P-256
 * (ES256), made here, and kept in the database with their private halves sealed. A new pair is published a
 * day before it is used, and an old one a week after, so that a portal that reads the list once a day always
 * finds what it needs.
 */
import { createPrivateKey, generateKeyPair, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import { recordEvent } from "../../audit/audit.ts";
import type { Clock } from "../../platform/clock.ts";
import { randomSecret, type Secrets } from "../../platform/secrets/secrets.ts";
import type { Store } from "../../platform/store/store.ts";
import * as rows from "../rows.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long a pair signs before the next one is made. */
export const ROTATED_AFTER_MS = 90 * DAY_MS;
/** How long a new pair is published before it signs. */
const PUBLISHED_BEFORE_MS = DAY_MS;
/** How long the old pair stays published: tokens live for minutes, hints at a sign-out for longer. */
const PUBLISHED_AFTER_MS = 7 * DAY_MS;
/** How long a change made elsewhere may stay unseen. */
const LOOK_EVERY_MS = 10_000;
/** Ends with the keys themselves; sealing asks for some end. */
const SEALED_FOR_MS = 10 * 365 * DAY_MS;
const PURPOSE = "portal key";

const algorithms = ["RS256", "ES256"] as const;
type Algorithm = (typeof algorithms)[number];

export interface KeyTools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
}

export interface SigningKey {
  readonly id: string;
  readonly algorithm: Algorithm;
  readonly privateKey: KeyObject;
}

/** The keys at one moment; `version` differs when they do. */
export interface KeySet {
  readonly version: string;
  /** Those that sign come first, one of each algorithm; the others are only published. */
  readonly keys: readonly SigningKey[];
}

export interface KeyRing {
  /** Makes the first pair where there is none. */
  current(): Promise<KeySet>;
}

export function createKeyRing(tools: KeyTools): KeyRing {
  let held: { set: KeySet; until: number; rows: string } | undefined;
  let reading: Promise<KeySet> | undefined;
  const read = async (): Promise<KeySet> => {
    const now = tools.clock.now();
    const found = await keysInUse(tools);
    const inOrder = ordered(found, now);
    const version = inOrder.map(({ id }) => id).join(" ");
    const set = held?.set.version === version ? held.set : { version, keys: inOrder.flatMap(opened(tools)) };
    if (set.keys.length === 0) throw new Error("no portal key can be opened with SECRET_KEY");
    held = { set, until: now + LOOK_EVERY_MS, rows: version };
    return set;
  };
  return {
    current() {
      if (held && held.until > tools.clock.now()) return Promise.resolve(held.set);
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

/** Every key that can be opened; where there is none of an algorithm, a pair is made that signs at once. */
async function keysInUse(tools: KeyTools): Promise<rows.KeyRow[]> {
  const found = await rows.keys(tools.store.read);
  const readable = found.filter((row) => unseal(tools, row) !== undefined);
  const signs = (algorithm: Algorithm) =>
    readable.some((row) => row.algorithm === algorithm && row.used_from <= tools.clock.now());
  if (algorithms.every(signs)) return readable;
  await makePair(tools, { number: (found[0]?.number ?? 0) + 1, usedFrom: tools.clock.now() });
  return (await rows.keys(tools.store.read)).filter((row) => unseal(tools, row) !== undefined);
}

/** For each algorithm the newest that may sign by now, then all others. */
function ordered(found: readonly rows.KeyRow[], now: number): rows.KeyRow[] {
  const signing = algorithms.flatMap(
    (algorithm) => found.find((row) => row.algorithm === algorithm && row.used_from <= now) ?? [],
  );
  return [...signing, ...found.filter((row) => !signing.includes(row))];
}

function opened(tools: KeyTools) {
  return (row: rows.KeyRow): SigningKey[] => {
    const pem = unseal(tools, row);
    return pem === undefined
      ? []
      : [{ id: row.id, algorithm: row.algorithm, privateKey: createPrivateKey(pem) }];
  };
}

function unseal({ secrets, clock }: KeyTools, row: rows.KeyRow): string | undefined {
  const pem = secrets.open(`${PURPOSE} ${row.id}`, row.sealed, clock.now());
  return typeof pem === "string" ? pem : undefined;
}

const generate = promisify(generateKeyPair);

async function makePair(tools: KeyTools, wish: { number: number; usedFrom: number }): Promise<void> {
  const made = await newPair(tools, wish);
  await tools.store.transact((write) => rows.insertKeys(write, made));
}

/** Made outside of any transaction: it takes a processor for a tenth of a second. */
async function newPair(
  tools: KeyTools,
  { number, usedFrom: used_from }: { number: number; usedFrom: number },
): Promise<rows.KeyRow[]> {
  const rsa = await generate("rsa", { modulusLength: 2048 });
  const elliptic = await generate("ec", { namedCurve: "P-256" });
  const created_at = tools.clock.now();
  const rowOf = (algorithm: Algorithm, privateKey: KeyObject): rows.KeyRow => {
    const id = randomSecret().slice(0, 16);
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    const sealed = tools.secrets.seal(`${PURPOSE} ${id}`, pem, created_at + SEALED_FOR_MS);
    return { id, number, algorithm, sealed, created_at, used_from };
  };
  return [rowOf("RS256", rsa.privateKey), rowOf("ES256", elliptic.privateKey)];
}

export type Rotation = { kind: "made"; usedFrom: number } | { kind: "waiting"; usedFrom: number };

/**
 * Publishes a new pair that signs from tomorrow on. `atOnce`: the present ones are compromised, so that the
 * new pair signs now and all others go; portals fetch the list anew when they meet an unknown key.
 * `waiting`: one is published already and not yet used.
 */
export async function rotateKeys(
  tools: KeyTools,
  wish: { atOnce: boolean; actor: string },
): Promise<Rotation> {
  const now = tools.clock.now();
  const found = await rows.keys(tools.store.read);
  const newest = found[0];
  if (!wish.atOnce && newest && newest.used_from > now)
    return { kind: "waiting", usedFrom: newest.used_from };
  const usedFrom = wish.atOnce || !newest ? now : now + PUBLISHED_BEFORE_MS;
  const made = await newPair(tools, { number: (newest?.number ?? 0) + 1, usedFrom });
  await tools.store.transact(async (write) => {
    // Of several instances at once one makes the pair, and records it.
    if (!(await rows.insertKeys(write, made))) return;
    if (wish.atOnce)
      await rows.deleteKeys(
        write,
        found.map(({ id }) => id),
      );
    await recordEvent(tools, write, {
      action: "portal.keys-rotated",
      actor: wish.actor,
      accountId: null,
      address: "",
      detail: { at_once: wish.atOnce ? "yes" : "no" },
    });
  });
  return { kind: "made", usedFrom };
}

/**
 * The hourly upkeep: makes the next pair in time, takes old ones away, seals anew what an earlier SECRET_KEY
 * sealed. Does nothing before the first portal was spoken to.
 */
export async function tendKeys(tools: KeyTools): Promise<void> {
  const now = tools.clock.now();
  const found = await rows.keys(tools.store.read);
  const newest = found[0];
  if (!newest) return;
  if (newest.used_from + ROTATED_AFTER_MS - PUBLISHED_BEFORE_MS <= now) {
    await rotateKeys(tools, { atOnce: false, actor: "system" });
  }
  const signing = found.find((row) => row.used_from <= now);
  const over = found.filter(
    (row) => signing && row.number < signing.number && signing.used_from + PUBLISHED_AFTER_MS <= now,
  );
  const older = found.filter((row) => !over.includes(row) && !row.sealed.startsWith(tools.secrets.keyId));
  if (over.length === 0 && older.length === 0) return;
  await tools.store.transact(async (write) => {
    await rows.deleteKeys(
      write,
      over.map(({ id }) => id),
    );
    // At most a handful, and only after SECRET_KEY was changed.
    for (const row of older) {
      const pem = unseal(tools, row);
      if (pem === undefined) continue;
      const sealed = tools.secrets.seal(`${PURPOSE} ${row.id}`, pem, now + SEALED_FOR_MS);
      await rows.resealKey(write, row.id, sealed);
    }
  });
}

/** A signed token (JWS, RFC 7515) in the alphabet of addresses. */
export function signToken(set: KeySet, header: { typ: string }, claims: object): string {
  const key = set.keys.find(({ algorithm }) => algorithm === "RS256");
  if (!key) throw new Error("there is no key for RS256");
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid: key.id, ...header })}.${part(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key.privateKey).toString("base64url")}`;
}
