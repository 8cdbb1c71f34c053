/**
 * Looks out for imports with work to do. Any number of processes may share one database: an import is worked
 * on by whoever holds its lease, and the place that was reached is committed with the batch that reached it.
 * Whoever died is followed by another within a minute, which begins right behind the last whole batch. What
 * reads files and judges rows is loaded when there is the first such work.
 */
import type { Hashing } from "../passwords/passwords.ts";
import type { Language } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Store, Writer } from "../platform/store/store.ts";
import type { VisitTools } from "../sessions/sessions.ts";
import * as rows from "./rows.ts";

export interface WorkTools extends VisitTools {
  store: Store;
  hashing: Hashing;
  secrets: Secrets;
  log?: { error(fields: object, text: string): void };
}

export interface WorkOptions {
  /** Puts the letter into the outbox that leads to a first password; in the own language of who has one. */
  invite(write: Writer, wish: { accountId: string; language: Language }): Promise<unknown>;
  /** Told after each batch. */
  onProgress?(job: rows.ImportRow): void;
}

export interface Work {
  id: string;
  owner: string;
  signal: AbortSignal;
}

/** Works on this import until it needs nobody any more, or until the signal. */
export async function workOn(tools: WorkTools, options: WorkOptions, work: Work): Promise<void> {
  const { workThrough } = await import("./work.ts");
  return workThrough(tools, options, work);
}

/** One look into an index that is empty but for imports at work. */
const POLL_MS = 2_000;

export interface ImportWorker {
  /** For tests: resolves when there is nothing to work on. */
  settled(): Promise<void>;
  /** Ends with the batch at hand and leaves the rest to others. */
  stop(): Promise<void>;
}

/** The worker of this process. */
export function startImports(tools: WorkTools, options: WorkOptions): ImportWorker {
  const owner = newId();
  const stopping = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  const look = async () => {
    try {
      const job = await rows.unattendedImport(tools.store.read, tools.clock.now());
      if (job) await workOn(tools, options, { id: job.id, owner, signal: stopping.signal });
      return job !== undefined;
    } catch (fault) {
      tools.log?.error({ err: fault }, "imports could not be worked on");
      return false;
    }
  };
  const timer = setInterval(() => {
    if (isBusy || stopping.signal.aborted) return;
    isBusy = true;
    turn = look().finally(() => {
      isBusy = false;
    });
  }, POLL_MS).unref();
  return {
    async settled() {
      do await turn;
      while (!stopping.signal.aborted && (await look()));
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await turn;
    },
  };
}
