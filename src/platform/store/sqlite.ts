/**
 * The embedded database: node:sqlite in WAL mode with synchronous=FULL, so that a committed change survives a
 * power cut. One connection writes, one reads; reads never wait for a transaction that is being worked on.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Kysely } from "kysely";
import { guarded, insideTransaction } from "./guard.ts";
import { asStoreError, beginImmediate, NodeSqliteDialect } from "./sqlite-dialect.ts";
import { type Store, takeHooks, type Writer } from "./store.ts";
import type { Tables } from "./tables.ts";

const BATCH = 32;

/**
 * A checkpoint syncs both files, so it waits for 16 MiB; `synchronous = full` syncs the log at each commit.
 */
const pragmas = [
  "journal_mode = wal",
  "synchronous = full",
  "foreign_keys = on",
  "temp_store = memory",
  "wal_autocheckpoint = 4000",
];

export interface SqliteStore extends Store {
  /** The writing connection's query builder, for migrations only. */
  readonly migrating: Kysely<Tables>;
}

export function openSqlite(dataDir: string): SqliteStore {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "propusk.db");
  // Readable for the service's own user alone; SQLite gives its side files the same mode.
  closeSync(openSync(file, "a", 0o600));
  const writing = new DatabaseSync(file, { timeout: 5_000 });
  for (const pragma of pragmas) {
    writing.exec(`pragma ${pragma}`);
  }
  writing.exec("pragma busy_timeout = 50");
  const reading = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const writer = new Kysely<Tables>({ dialect: new NodeSqliteDialect(writing) });
  const reader = new Kysely<Tables>({ dialect: new NodeSqliteDialect(reading) });
  const queue = new TransactionQueue(writing, writer);

  return {
    kind: "sqlite",
    read: guarded(reader),
    migrating: writer,
    transact: (work) => queue.add(work),
    async close() {
      await queue.settled();
      await reader.destroy();
      await writer.destroy();
      if (reading.isOpen) reading.close();
      if (writing.isOpen) writing.close();
    },
  };
}

interface Waiting {
  run(write: Writer): Promise<void>;
  finish(): void;
  fail(error: unknown): void;
}

/**
 * Transactions run one after another in the order of their calls. Those that wait together share one `begin
 * immediate … commit`, each inside its own savepoint: one sync to the disk serves them all, and a failing one
 * takes nobody along.
 */
class TransactionQueue {
  readonly #database: DatabaseSync;
  readonly #writer: Kysely<Tables>;
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(database: DatabaseSync, writer: Kysely<Tables>) {
    this.#database = database;
    this.#writer = writer;
  }

  add<T>(work: (write: Writer) => Promise<T>): Promise<T> {
    if (insideTransaction()) throw new Error("transact inside a transaction: pass `write` down instead");
    return new Promise<T>((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        run: async (write) => {
          result = await work(write);
        },
        finish: () => resolve(result),
        fail: reject,
      });
      this.#running ??= this.#drain();
    });
  }

  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // One turn of the loop, in which the requests that have arrived by now get to queue up as well.
      await nextTurn();
      await this.#runBatch(this.#waiting.splice(0, BATCH));
    }
    this.#running = undefined;
  }

  async #runBatch(batch: Waiting[]): Promise<void> {
    const done: { job: Waiting; hooks: (() => void)[] }[] = [];
    try {
      await beginImmediate(this.#database);
      for (const job of batch) {
        const outcome = await this.#runOne(job);
        if (outcome.kind === "kept") done.push({ job, hooks: outcome.hooks });
        else job.fail(outcome.error);
      }
      this.#database.exec("commit");
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec("rollback");
      const cause = asStoreError(error);
      for (const job of batch) job.fail(cause);
      return;
    }
    for (const { job, hooks } of done) {
      job.finish();
      for (const hook of hooks) hook();
    }
  }

  async #runOne(
    job: Waiting,
  ): Promise<{ kind: "kept"; hooks: (() => void)[] } | { kind: "undone"; error: unknown }> {
    // One work at a time, so the hooks found under the writer are this work's.
    const write = this.#writer;
    this.#database.exec("savepoint work");
    try {
      await insideTransaction.run(() => job.run(write));
      this.#database.exec("release work");
      return { kind: "kept", hooks: takeHooks(write) };
    } catch (error) {
      takeHooks(write);
      // A full disk ends the whole transaction at once: then nothing of the batch is kept.
      if (!this.#database.isTransaction) throw error;
      this.#database.exec("rollback to work");
      this.#database.exec("release work");
      return { kind: "undone", error: asStoreError(error) };
    }
  }
}
