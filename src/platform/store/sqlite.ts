/**
 * The embedded database: node:sqlite in WAL mode. A change is told as done once its log is synced to the
 * disk, so that it survives a power cut. One connection writes, one reads; reads never wait for a transaction
 * that is being worked on.
 */
import { closeSync, fdatasync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { Kysely } from "kysely";
import { guarded, insideTransaction } from "./guard.ts";
import { asStoreError, beginImmediate, NodeSqliteDialect } from "./sqlite-dialect.ts";
import { type Store, StoreUnavailable, takeHooks, type Writer } from "./store.ts";
import type { Tables } from "./tables.ts";

const BATCH = 32;
/** A form that has just arrived takes a turn more to be read. */
const QUIET_TURNS = 2;

/**
 * A checkpoint syncs both files, so it waits for 16 MiB. `synchronous = normal` keeps the order of the syncs
 * around a checkpoint; the log itself is synced by us, off this thread, before anybody hears of a commit.
 */
const pragmas = [
  "journal_mode = wal",
  "synchronous = normal",
  "foreign_keys = on",
  "temp_store = memory",
  "wal_autocheckpoint = 4000",
];

export interface SqliteStore extends Store {
  /** The writing connection's query builder, for migrations only. */
  readonly migrating: Kysely<Tables>;
}

/** `syncToDisk` is the system's fdatasync; tests watch it and make it fail. */
export function openSqlite(dataDir: string, syncToDisk: SyncToDisk = datasync): SqliteStore {
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
  const log = new SyncedLog(`${file}-wal`, syncToDisk);
  const queue = new TransactionQueue(writing, writer, log);

  return {
    kind: "sqlite",
    read: guarded(reader),
    migrating: writer,
    transact: (work, wish) => queue.add(work, wish === undefined),
    async close() {
      await queue.settled();
      await reader.destroy();
      await writer.destroy();
      if (reading.isOpen) reading.close();
      if (writing.isOpen) writing.close();
      log.close();
    },
  };
}

type SyncToDisk = (fileDescriptor: number) => Promise<void>;
const datasync: SyncToDisk = promisify(fdatasync);

/**
 * The write-ahead log as a file to sync. It exists from the first commit until the last connection closes;
 * SQLite holds no locks on it, so a descriptor of our own takes none away.
 */
class SyncedLog {
  readonly #file: string;
  readonly #syncToDisk: SyncToDisk;
  #descriptor: number | undefined;

  constructor(file: string, syncToDisk: SyncToDisk) {
    this.#file = file;
    this.#syncToDisk = syncToDisk;
  }

  async sync(): Promise<void> {
    this.#descriptor ??= openSync(this.#file, "r");
    await this.#syncToDisk(this.#descriptor);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

interface Waiting {
  /** Whether it is told as done only once it is on the disk. */
  toDisk: boolean;
  run(write: Writer): Promise<void>;
  finish(): void;
  fail(error: unknown): void;
}

interface Kept {
  job: Waiting;
  hooks: (() => void)[];
}

/**
 * Transactions run one after another in the order of their calls. Those that wait together share one `begin
 * immediate … commit` and one sync, each inside its own savepoint; a failing one takes nobody along. While
 * the disk is busy this thread goes on, and what it brings gathers for the next commit.
 */
class TransactionQueue {
  readonly #database: DatabaseSync;
  readonly #statements: TransactionStatements;
  readonly #writer: Kysely<Tables>;
  readonly #log: SyncedLog;
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(database: DatabaseSync, writer: Kysely<Tables>, log: SyncedLog) {
    this.#database = database;
    this.#statements = transactionStatements(database);
    this.#writer = writer;
    this.#log = log;
  }

  add<T>(work: (write: Writer) => Promise<T>, toDisk: boolean): Promise<T> {
    if (insideTransaction()) throw new Error("transact inside a transaction: pass `write` down instead");
    return new Promise<T>((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        toDisk,
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
      await this.#gather();
      await this.#runBatch(this.#waiting.splice(0, BATCH));
    }
    this.#running = undefined;
  }

  /**
   * Turns of the loop in which the requests that have arrived by now get to queue up as well, until two bring
   * nothing more: a commit and its sync cost the same for one as for many.
   */
  async #gather(): Promise<void> {
    for (let quiet = 0, before = 0; quiet < QUIET_TURNS && before < BATCH; ) {
      await nextTurn();
      quiet = this.#waiting.length > before ? 0 : quiet + 1;
      before = this.#waiting.length;
    }
  }

  async #runBatch(batch: Waiting[]): Promise<void> {
    const kept: Kept[] = [];
    try {
      await beginImmediate(this.#statements.begin);
      const isAlone = batch.length === 1;
      for (const job of batch) {
        const outcome = await this.#runOne(job, isAlone);
        if (outcome.kind === "kept") kept.push({ job, hooks: outcome.hooks });
        else job.fail(outcome.error);
      }
      if (kept.length === 0) {
        this.#database.exec("rollback");
        return;
      }
      this.#statements.commit.run();
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec("rollback");
      const cause = asStoreError(error);
      for (const job of batch) job.fail(cause);
      return;
    }
    try {
      if (kept.some(({ job }) => job.toDisk)) await this.#log.sync();
    } catch (error) {
      const cause = new StoreUnavailable(`database: ${(error as Error).message}`, { cause: error });
      for (const { job } of kept) job.fail(cause);
      return;
    }
    for (const { job, hooks } of kept) {
      job.finish();
      for (const hook of hooks) hook();
    }
  }

  /** `isAlone`: nobody shares the commit, so what fails is undone by undoing everything. */
  async #runOne(
    job: Waiting,
    isAlone: boolean,
  ): Promise<{ kind: "kept"; hooks: (() => void)[] } | { kind: "undone"; error: unknown }> {
    // One work at a time, so the hooks found under the writer are this work's.
    const write = this.#writer;
    if (!isAlone) this.#statements.savepoint.run();
    try {
      await insideTransaction.run(() => job.run(write));
      if (!isAlone) this.#statements.release.run();
      return { kind: "kept", hooks: takeHooks(write) };
    } catch (error) {
      takeHooks(write);
      // A full disk ends the whole transaction at once: then nothing of the batch is kept.
      if (!this.#database.isTransaction) throw error;
      if (!isAlone) {
        this.#database.exec("rollback to work");
        this.#database.exec("release work");
      }
      return { kind: "undone", error: asStoreError(error) };
    }
  }
}

/** Kept ready: as texts they would be compiled four times a transaction. */
function transactionStatements(database: DatabaseSync) {
  return {
    begin: database.prepare("begin immediate"),
    savepoint: database.prepare("savepoint work"),
    release: database.prepare("release work"),
    commit: database.prepare("commit"),
  };
}

type TransactionStatements = ReturnType<typeof transactionStatements>;
