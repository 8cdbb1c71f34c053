/** Hashing gives way to pages. */
import { readdirSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { setPriority } from "node:os";

const TASKS = "/proc/self/task";
/** As `nice -n 10`: hashes take every core that nothing else wants. */
const LOWER = 10;

/**
 * Lets the threads that hash run after the one that answers requests, so that pages stay quick while
 * passwords are being guessed by the thousand. Linux alone has priorities of threads; elsewhere this does
 * nothing.
 */
export async function quietHashingThreads(): Promise<void> {
  try {
    // The pool's threads exist from its first piece of work on.
    await stat(TASKS);
    for (const thread of readdirSync(TASKS)) {
      const name = readFileSync(`${TASKS}/${thread}/comm`, "utf8").trim();
      if (name === "libuv-worker") setPriority(Number(thread), LOWER);
    }
  } catch {
    // No such system, or not allowed to: hashing is as urgent as pages then.
  }
}
