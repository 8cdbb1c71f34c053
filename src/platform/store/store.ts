import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** Queries. Outside of a transaction it sees what is committed; inside, pass the `Writer` instead. */
export type Reader = Pick<Kysely<Tables>, "selectFrom" | "fn" | "with">;

/**
 * Changes, inside `Store.transact` only. A `Writer` is a `Reader` that also sees its own uncommitted changes.
 */
export type Writer = Reader & Pick<Kysely<Tables>, "insertInto" | "updateTable" | "deleteFrom">;

export interface Store {
  readonly kind: "sqlite" | "postgres";
  /** Reading outside of transactions. Using it inside `transact` throws: it would not see the transaction. */
  readonly read: Reader;
  /**
   * Runs `work` in one transaction and resolves once it is durably committed. A throw inside rolls back this
   * work alone. `work` may run a second time after a deadlock, so it touches nothing but the database: no
   * mail, SMS, HTTP or hashing. Throws `StoreUnavailable` when the database is busy for 5 s, full or gone.
   *
   * `kept: "by-the-system"` does not wait for the disk where that can be left out: no end of a process loses
   * the commit, a power cut within a moment may.
   */
  transact<T>(work: (write: Writer) => Promise<T>, wish?: { kept: "by-the-system" }): Promise<T>;
  close(): Promise<void>;
}

/**
 * The database cannot answer just now; nothing of the work was kept, or, if the disk failed to sync it,
 * nobody knows. The answer is 503 with `Retry-After`.
 */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

/** This release must not touch the database; `message` is one line for the operator. */
export class DatabaseRefused extends Error {
  override readonly name = "DatabaseRefused";
}

const hooks = new WeakMap<Writer, (() => void)[]>();

/** Calls `hook` once the transaction of `write` is committed, and never if it is rolled back. */
export function afterCommit(write: Writer, hook: () => void): void {
  const list = hooks.get(write);
  if (list) list.push(hook);
  else hooks.set(write, [hook]);
}

/** For the two drivers: hands over the hooks gathered during one run of a work. */
export function takeHooks(write: Writer): (() => void)[] {
  const list = hooks.get(write) ?? [];
  hooks.delete(write);
  return list;
}
