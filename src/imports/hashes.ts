/** Passwords of a batch, made ready before its transaction: hashes as they may be kept here. */
import { setTimeout as sleep } from "node:timers/promises";
import { adoptable, type Hashing, HashingOverloaded } from "../passwords/passwords.ts";
import type { Decision } from "./deciding.ts";
import type { FilePerson } from "./person.ts";
import type { Note } from "./verdicts.ts";

export interface Brought {
  hash?: string;
  note?: Note;
}

/** How long a sign-in may hold this work up, as often as it likes. */
const WAIT_MS = 500;

/** Whether making it ready takes the time of a hash. */
export function isSlow({ hash, password }: FilePerson): boolean {
  return hash === "" ? password !== "" : adoptable(hash) === "slowly";
}

/** What the dry run says of it: the note alone, in no time. */
export function noteOn({ hash, password }: FilePerson): Note | undefined {
  if (hash === "") return password !== "" && !isUsable(password) ? "password-unusable" : undefined;
  const verdict = adoptable(hash);
  return verdict === "as-it-is" || verdict === "slowly" ? undefined : `hash-${verdict}`;
}

/** By the line of the row. One after another, so that whoever signs in meanwhile finds room. */
export async function makeReady(
  hashing: Hashing,
  decisions: readonly Decision[],
  beat: () => Promise<void>,
): Promise<Map<number, Brought>> {
  const ready = new Map<number, Brought>();
  for (const decision of decisions) {
    const brings = decision.kind === "add" || (decision.kind === "change" && decision.change.bringsPassword);
    if (!brings) continue;
    const { person, line } = decision.row;
    if (person.hash === "" && person.password === "") continue;
    const note = noteOn(person);
    if (note) {
      ready.set(line, { note });
      continue;
    }
    const slow = isSlow(person);
    ready.set(line, { hash: slow ? await slowly(hashing, person) : person.hash });
    if (slow) await beat();
  }
  return ready;
}

async function slowly(hashing: Hashing, { hash, password }: FilePerson): Promise<string> {
  for (;;) {
    try {
      if (hash === "") return await hashing.hash(password);
      const adoption = await hashing.adopt(hash);
      if (adoption.kind === "adopted") return adoption.hash;
      throw new Error(`a hash that could be adopted is ${adoption.kind}`);
    } catch (error) {
      if (!(error instanceof HashingOverloaded)) throw error;
      await sleep(WAIT_MS);
    }
  }
}

/** As `hashing.hash` takes it. */
function isUsable(password: string): boolean {
  return [...password.normalize("NFC")].length <= 256;
}
