/**
 * What opens the applicant's page. A case may concern nobody, and proofs belong to accounts, so its key and
 * codes follow from its own id in the same way: unstored, and the same again in every letter.
 */
import type { Clock } from "../platform/clock.ts";
import { equalSecrets, hashSecret, type Secrets } from "../platform/secrets/secrets.ts";
import type { Reader, Store } from "../platform/store/store.ts";
import * as rows from "./rows.ts";

/** How long the six digits of a letter work. */
export const CODE_LIFETIME_MS = 30 * 60_000;
/** Wrong codes that one round of digits survives (OWASP ASVS 6.6.3). */
const TRIES_PER_CODE = 5;
/** For how long one code shown on the applicant's page is told to somebody face to face. */
export const MEETING_MS = 10 * 60_000;

interface KeyTools {
  secrets: Secrets;
}

/** 256 bits as 43 characters; undefined when its root key is no longer among the settings. */
export function keyOf(tools: KeyTools, id: string, keyId: string): string | undefined {
  return tools.secrets.derive("case key", id, keyId)?.toString("base64url");
}

export function codeOf(tools: KeyTools, found: rows.CaseRow): string | undefined {
  return digits(tools.secrets.derive("case code", `${found.id} ${found.code_round}`, found.key_id));
}

/** The digits that stand on the applicant's page now, and those of the time before. */
export function meetingCodes(tools: KeyTools, found: rows.CaseRow, now: number): string[] {
  const step = Math.floor(now / MEETING_MS);
  return [step, step - 1].flatMap((each) => {
    const code = digits(tools.secrets.derive("case meeting", `${found.id} ${each}`, found.key_id));
    return code === undefined ? [] : [code];
  });
}

export function isMeetingCode(tools: KeyTools, found: rows.CaseRow, typed: string, now: number): boolean {
  return meetingCodes(tools, found, now)
    .map((code) => equalSecrets(code, typed))
    .includes(true);
}

function digits(bytes: Buffer | undefined): string | undefined {
  return bytes && (bytes.readBigUInt64BE() % 1_000_000n).toString().padStart(6, "0");
}

/** The case behind the key of a letter. Changes nothing. */
export async function caseBehind(read: Reader, key: string): Promise<rows.CaseRow | undefined> {
  return /^[A-Za-z0-9_-]{43}$/.test(key) ? rows.caseByKeyHash(read, hashSecret(key)) : undefined;
}

export type CaseCode =
  | { kind: "right"; found: rows.CaseRow }
  | { kind: "wrong"; triesLeft: number }
  /** Out of tries or out of time: only another letter helps. */
  | { kind: "dead" };

/** Judges the six digits of a letter; the try is committed before the compare. */
export async function judgeCode(
  tools: KeyTools & { clock: Clock; store: Store },
  id: string,
  typed: string,
): Promise<CaseCode> {
  const now = tools.clock.now();
  const counted = await tools.store.transact((write) => rows.countTry(write, id, TRIES_PER_CODE, now));
  if (!counted) return { kind: "dead" };
  const code = codeOf(tools, counted);
  if (code !== undefined && equalSecrets(code, typed)) return { kind: "right", found: counted };
  return { kind: "wrong", triesLeft: TRIES_PER_CODE - counted.code_tries };
}
