/** Argon2id (RFC 9106) in a bounded pool; unknown people cost the same hash in the same pool. */
import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { hash as argon2, verify as argon2Verify, parseOptions } from "@node-rs/argon2";
import { matchesForeign } from "./foreign/compare.ts";
import { type ForeignHash, type ReadForeign, readForeign, wrappedMd5 } from "./foreign/formats.ts";
import { createShaCrypt } from "./foreign/threads.ts";
import { normalisePassword } from "./normalise.ts";
import { Pool, type PoolStats } from "./pool.ts";

export { HashingOverloaded } from "./pool.ts";

export type Verification =
  /**
   * `stale`: the stored hash was made with other parameters than today's; make a new one while the password
   * is here.
   */
  | { kind: "matches"; stale: boolean }
  | { kind: "differs" }
  /** The stored text is no hash known here, or asks for more than the ceilings: the way in is recovery. */
  | { kind: "unusable" };

export interface Hashing {
  /**
   * A PHC string with its parameters and a fresh 16-byte salt, of the normalised password. Throws
   * `HashingOverloaded`; a password that no policy lets through (too long, NUL) is a mistake of the caller.
   */
  hash(password: string): Promise<string>;
  /**
   * Compares what was typed, normalised, with a stored PHC string; `null` stands for an unknown person. Every
   * answer costs one hash. Throws `HashingOverloaded`, for unknown people as for known ones. A hash brought
   * along from another system is compared beside that one hash, so that its answer never comes earlier, and
   * is always `stale`.
   */
  verify(stored: string | null, password: string): Promise<Verification>;
  /**
   * The hash of another system as it may be kept here: as it is, or, for an MD5, inside an Argon2id hash, so
   * that no quick one is ever stored. Throws `HashingOverloaded`.
   */
  adopt(foreign: string): Promise<Adoption>;
  /**
   * Throws `HashingOverloaded` when a hash would be refused now: for the door, before budgets are charged.
   */
  assertRoom(): void;
  /** Resolves when nothing is being hashed, for an orderly end of the process. */
  idle(): Promise<void>;
  stats(): PoolStats;
}

export type Adoption =
  | { kind: "adopted"; hash: string }
  | { kind: Exclude<ReadForeign["kind"], "usable" | "md5"> };

/** What `adopt` will say, and whether it takes the time of a hash to do so. */
export type Adoptable = "as-it-is" | "slowly" | Exclude<Adoption["kind"], "adopted">;

interface Parameters {
  memoryKib: number;
  passes: number;
  lanes: number;
}

/**
 * What a stored hash may ask for: a row written by a hostile hand must not take the memory of the machine.
 */
const CEILING: Parameters = { memoryKib: 128 * 1024, passes: 10, lanes: 4 };

/** First guess only: about 25 ms for 19 MiB twice on one core of 2026; the pool measures from then on. */
const MS_PER_KIB_AND_PASS = 0.0006;

/**
 * Node has four threads for hashing, DNS look-ups and files together. Three at most for hashing leave one for
 * the others, so that letters still find their server while passwords are being guessed.
 * Up to there one more than there are cores: while this thread waits for the disk, no core runs out of work.
 */
const MOST_THREADS = 3;

/**
 * Memory, passes and lanes default to the floor of the OWASP Password Storage Cheat Sheet (19 MiB, 2, 1).
 * `parallel` hashes run at once, each on a thread of its own and with its own memory.
 */
export function createHashing(
  options: { parallel?: number | undefined; queueSeconds?: number } & Partial<Parameters> = {},
): Hashing {
  const { memoryKib = 19_456, passes = 2, lanes = 1, queueSeconds = 2 } = options;
  const parallel = options.parallel ?? Math.min(availableParallelism() + 1, MOST_THREADS);
  const present = { memoryKib, passes, lanes };
  const expectedMs = memoryKib * passes * MS_PER_KIB_AND_PASS;
  const pool = new Pool({ parallel, queueSeconds, expectedMs });
  const nobodys = hashOfNobody(present);
  const cost = { memoryCost: memoryKib, timeCost: passes, parallelism: lanes };
  const shaCrypt = createShaCrypt();

  return {
    async hash(typed) {
      const normal = normalisePassword(typed);
      if (normal.kind !== "password") throw new Error(`a password to hash is ${normal.kind}: judge it first`);
      return pool.run(() => argon2(normal.password, cost));
    },
    adopt: (text) => adopt(text, (digits) => pool.run(() => argon2(digits, cost))),
    async verify(stored, typed) {
      const normal = normalisePassword(typed);
      const foreign = stored === null ? undefined : usableForeign(stored);
      if (foreign && normal.kind === "password") {
        const beside = foreign.kind === "wrapped-md5" ? undefined : () => argon2Verify(nobodys, "");
        const work = () => Promise.all([matchesForeign(foreign, normal.password, shaCrypt), beside?.()]);
        return (await pool.run(work))[0] ? { kind: "matches", stale: true } : { kind: "differs" };
      }
      const verdict = stored === null ? "nobody" : judge(stored, present);
      const comparable = normal.kind === "password" && (verdict === "present" || verdict === "stale");
      const [against, password] = comparable && stored !== null ? [stored, normal.password] : [nobodys, ""];
      const matches = await pool.run(() => argon2Verify(against, password));
      if (verdict === "unusable") return { kind: "unusable" };
      return comparable && matches ? { kind: "matches", stale: verdict === "stale" } : { kind: "differs" };
    },
    assertRoom: () => pool.assertRoom(),
    idle: () => pool.idle(),
    stats: () => pool.stats(),
  };
}

function usableForeign(stored: string): ForeignHash | undefined {
  const read = readForeign(stored);
  if (read.kind !== "usable") return undefined;
  const { hash } = read;
  return hash.kind === "wrapped-md5" && !isWithinCeiling(hash.inner) ? undefined : hash;
}

async function adopt(text: string, argon2Of: (digits: string) => Promise<string>): Promise<Adoption> {
  const verdict = adoptable(text);
  if (verdict === "as-it-is") return { kind: "adopted", hash: text };
  if (verdict !== "slowly") return { kind: verdict };
  const read = readForeign(text);
  if (read.kind !== "md5") throw new Error("only an MD5 is wrapped");
  return { kind: "adopted", hash: wrappedMd5(read.salt, await argon2Of(read.digits)) };
}

/** Depends on the text alone and takes no time. */
export function adoptable(foreign: string): Adoptable {
  if (readParameters(foreign)) return isWithinCeiling(foreign) ? "as-it-is" : "too-costly";
  const read = readForeign(foreign);
  if (read.kind === "md5") return "slowly";
  // Nobody brings ours along: what is inside a wrapping cannot be told from what somebody made up.
  if (read.kind === "usable") return read.hash.kind === "wrapped-md5" ? "unknown" : "as-it-is";
  return read.kind;
}

function isWithinCeiling(stored: string): boolean {
  const found = readParameters(stored);
  if (!found) return false;
  return (
    found.memoryKib <= CEILING.memoryKib && found.passes <= CEILING.passes && found.lanes <= CEILING.lanes
  );
}

function judge(stored: string, present: Parameters): "present" | "stale" | "unusable" {
  const found = readParameters(stored);
  if (!found || !isWithinCeiling(stored)) return "unusable";
  const same =
    stored.startsWith("$argon2id$v=19$") &&
    found.memoryKib === present.memoryKib &&
    found.passes === present.passes &&
    found.lanes === present.lanes;
  return same ? "present" : "stale";
}

function readParameters(stored: string): Parameters | undefined {
  if (stored.length > 512) return undefined;
  try {
    const { memoryCost, timeCost, parallelism, saltLen, outputLen } = parseOptions(stored);
    // Salt of 8 bytes and 8 KiB per lane are the least that RFC 9106 allows; a shorter hash compares too
    // little.
    if (saltLen < 8 || outputLen < 16 || timeCost < 1 || memoryCost < 8 * parallelism) return undefined;
    return { memoryKib: memoryCost, passes: timeCost, lanes: parallelism };
  } catch {
    return undefined;
  }
}

/** A hash that was never computed: comparing with it costs what any comparison costs and cannot succeed. */
function hashOfNobody({ memoryKib, passes, lanes }: Parameters): string {
  const random = (bytes: number) => randomBytes(bytes).toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${random(16)}$${random(32)}`;
}
