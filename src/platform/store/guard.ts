import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely } from "kysely";
import type { Reader } from "./store.ts";
import type { Tables } from "./tables.ts";

const working = new AsyncLocalStorage<true>();

/** True while the caller runs inside `Store.transact`. */
export function insideTransaction(): boolean {
  return working.getStore() === true;
}

insideTransaction.run = <T>(work: () => T): T => working.run(true, work);

/**
 * The outer reader, refusing to be used inside a transaction: there it would read what was before (SQLite) or
 * take a second connection while holding the first, which can stop the whole pool (PostgreSQL).
 */
export function guarded(database: Kysely<Tables>): Reader {
  return new Proxy(database, {
    get(target, name) {
      if (working.getStore() === true) {
        throw new Error(
          `store.read.${String(name)} used inside a transaction: use the transaction's \`write\``,
        );
      }
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
