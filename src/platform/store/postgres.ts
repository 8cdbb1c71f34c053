/** PostgreSQL 15 and newer, for several instances on one database. */
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { guarded, insideTransaction } from "./guard.ts";
import { type Store, StoreUnavailable, takeHooks, type Writer } from "./store.ts";
import type { Tables } from "./tables.ts";

const POOL_SIZE = 10;
const RUNS_AFTER_CONFLICT = 5;

export interface PostgresStore extends Store {
  readonly migrating: Kysely<Tables>;
}

export function openPostgres(databaseUrl: string): PostgresStore {
  const types = new pg.TypeOverrides();
  // bigint columns hold milliseconds and counters, far below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    application_name: "propusk",
    types,
    Client: TranslatingClient as never,
  });
  // A connection lost while idle: the pool replaces it; without a listener it would end the process.
  pool.on("error", () => {});
  const dialect = new PostgresDialect({
    pool: { connect: () => pool.connect().catch(unavailable), end: () => pool.end() } as never,
  });
  const database = new Kysely<Tables>({ dialect });

  return {
    kind: "postgres",
    read: guarded(database),
    migrating: database,
    async transact(work) {
      if (insideTransaction()) throw new Error("transact inside a transaction: pass `write` down instead");
      for (let run = 1; ; run += 1) {
        try {
          return await runOnce(database, work);
        } catch (error) {
          if (!isConflict(error)) throw error;
          if (run >= RUNS_AFTER_CONFLICT)
            throw new StoreUnavailable("database: too many conflicts", { cause: error });
        }
      }
    },
    async close() {
      await database.destroy();
    },
  };
}

async function runOnce<T>(database: Kysely<Tables>, work: (write: Writer) => Promise<T>): Promise<T> {
  const hooks: (() => void)[] = [];
  const result = await database.transaction().execute((transaction) =>
    insideTransaction.run(async () => {
      const value = await work(transaction);
      hooks.push(...takeHooks(transaction));
      return value;
    }),
  );
  for (const hook of hooks) hook();
  return result;
}

/** 40001 serialization failure, 40P01 deadlock (PostgreSQL manual, appendix A). */
function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "40001" || code === "40P01";
}

/**
 * Classes 08 connection, 53 resources (disk full, too many connections), 57 operator (shutdown, crash,
 * timeout), 58 system; 25006 a read-only standby; and what the driver says when the server is not there.
 */
function asStoreError(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === "string" ? message : "";
  const gone =
    (typeof code === "string" && /^(08|53|57|58)...$|^25006$|^E[A-Z]+$/.test(code)) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(text) ||
    text.includes("not queryable");
  return gone ? new StoreUnavailable(`database: ${text}`, { cause: error }) : error;
}

/** Every statement tells the same thing when the server is gone. */
class TranslatingClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super(config);
    // A connection lost between two statements of a transaction: the next statement tells. The pool listens
    // to idle connections only, and an error that nobody listens to ends the process.
    this.on("error", () => {});
  }

  override query(...given: unknown[]): never {
    const answer: unknown = Reflect.apply(super.query, this, given);
    return (answer instanceof Promise ? answer.catch(rethrow) : answer) as never;
  }
}

function rethrow(error: unknown): never {
  throw asStoreError(error);
}

/** Whatever keeps us from a connection, also a database closed for upkeep or a changed password. */
function unavailable(error: unknown): never {
  throw new StoreUnavailable(`database: ${(error as Error).message}`, { cause: error });
}
