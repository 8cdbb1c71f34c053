/**
 * Where one run of the tests keeps its databases and the profiles of its browsers: in memory where there is
 * room, because a disk takes most of the time that a test needs for making a database and throwing it away.
 */
import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEnd } from "./at-end.ts";

export const memory = "/dev/shm";
/** A run was seen to hold 0.5 GiB at once. */
const roomNeeded = 2 * 1024 ** 3;
const memoryNeeded = 4 * 1024 ** 3;

/** Names the folder to the processes that are started from here. Whoever sets TMPDIR has chosen another. */
export function openRunFolder(): { remove(): void } {
  if (process.env.TMPDIR) return { remove() {} };
  const folder = mkdtempSync(join(hasRoom() ? memory : tmpdir(), "propusk-run-"));
  // PostgreSQL runs as a user of its own, who has to walk through here.
  chmodSync(folder, 0o711);
  // What is compiled already outlives the run.
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");
  process.env.TMPDIR = folder;
  process.env.TEST_FOLDER = folder;
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const forget = atEnd(remove);
  return {
    remove() {
      forget();
      remove();
    },
  };
}

function hasRoom(): boolean {
  if (process.availableMemory() < memoryNeeded) return false;
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= roomNeeded;
  } catch {
    return false;
  }
}
