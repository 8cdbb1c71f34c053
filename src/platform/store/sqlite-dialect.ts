/** What Kysely needs to work over node:sqlite. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Driver,
  type LimitNode,
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
  ValueNode,
} from "kysely";
import type { AnswersAtOnce } from "./prepared.ts";
import { StoreUnavailable } from "./store.ts";

const STATEMENTS_KEPT = 300;
const BUSY_DEADLINE_MS = 5_000;

/** Takes the write lock, waiting up to 5 s for another process that holds it. */
export async function beginImmediate(begin: StatementSync): Promise<void> {
  const deadline = performance.now() + BUSY_DEADLINE_MS;
  for (;;) {
    try {
      begin.run();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      // Another process writes; waiting here would stop every page, so wait outside of SQLite.
      await sleep(2 + Math.random() * 8);
    }
  }
}

/**
 * SQLite's result codes: 5 BUSY, 6 LOCKED, 8 READONLY, 10 IOERR, 13 FULL, 14 CANTOPEN
 * (sqlite.org/rescode.html).
 */
export function asStoreError(error: unknown): unknown {
  const code = resultCode(error);
  return code !== undefined && [5, 6, 8, 10, 13, 14].includes(code)
    ? new StoreUnavailable(`database: ${(error as Error).message}`, { cause: error })
    : error;
}

function isBusy(error: unknown): boolean {
  return resultCode(error) === 5;
}

function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === "number" ? code & 0xff : undefined;
}

/** Extends SqliteAdapter: a bare adapter would silently lose Kysely's single-connection mutex. */
class NodeSqliteAdapter extends SqliteAdapter implements AnswersAtOnce {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    super();
    this.#statements = statements;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  rowsOf(text: string, values: readonly unknown[]): unknown[] {
    const statement = this.#statements.prepare(text);
    if (statement.reader) return statement.all(values);
    statement.run(values);
    return [];
  }
}

/** SQLite plans a statement anew, at ten times its cost, whenever another value is bound to its limit. */
class NodeSqliteCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node;
    if (ValueNode.is(limit) && Number.isInteger(limit.value)) this.append(`limit ${String(limit.value)}`);
    else super.visitLimit(node);
  }
}

/** Kysely's own dialect over node:sqlite. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    const statements = preparing(database);
    super({ database: statements });
    this.#database = database;
    this.#statements = statements;
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new NodeSqliteCompiler();
  }

  override createAdapter(): SqliteAdapter {
    return new NodeSqliteAdapter(this.#statements);
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = () => beginImmediate(this.#database.prepare("begin immediate"));
    return driver;
  }
}

/**
 * What Kysely's SQLite driver asks of a database, over node:sqlite, with the most recent statements kept
 * ready.
 */
function preparing(database: DatabaseSync) {
  const kept = new Map<string, PreparedStatement>();
  return {
    prepare(text: string): PreparedStatement {
      const known = kept.get(text);
      if (known) return known;
      const statement = new PreparedStatement(database.prepare(text), text);
      if (kept.size >= STATEMENTS_KEPT) kept.delete(kept.keys().next().value ?? "");
      kept.set(text, statement);
      return statement;
    },
    close(): void {
      kept.clear();
    },
  };
}

type Statements = ReturnType<typeof preparing>;

type Row = Record<string, SQLOutputValue>;

/**
 * Where a statement names its columns, its rows are taken as lists and made into objects here: the objects
 * that node:sqlite makes are dictionaries, each look into which costs a search. What `*` stands for may
 * change while the statement is kept, when another process brings the tables to a newer release.
 */
class PreparedStatement {
  readonly reader: boolean;
  readonly #statement: StatementSync;
  readonly #names: readonly string[] | null;

  constructor(statement: StatementSync, text: string) {
    this.#statement = statement;
    const names = statement.columns().map(({ name }) => name);
    this.reader = names.length > 0;
    this.#names = text.includes("*") ? null : names;
    statement.setReturnArrays(this.#names !== null);
  }

  all(values: readonly unknown[]): unknown[] {
    try {
      return this.#statement.all(...checked(values)).map((row) => this.#row(row));
    } catch (error) {
      throw asStoreError(error);
    }
  }

  run(values: readonly unknown[]) {
    try {
      return this.#statement.run(...checked(values));
    } catch (error) {
      throw asStoreError(error);
    }
  }

  *iterate(values: readonly unknown[]) {
    for (const row of this.#statement.iterate(...checked(values))) yield this.#row(row);
  }

  /** `taken`: a list or an object, as was asked for. */
  #row(taken: Row): Row {
    const names = this.#names;
    if (names === null) return taken;
    const list = taken as unknown as readonly SQLOutputValue[];
    const row: Row = {};
    for (let place = 0; place < names.length; place += 1) row[names[place] ?? ""] = list[place] ?? null;
    return row;
  }
}

/** node:sqlite binds a Date, undefined and NaN as NULL without a word; here they are mistakes. */
function checked(values: readonly unknown[]): SQLInputValue[] {
  for (const value of values) {
    const fine =
      value === null ||
      typeof value === "string" ||
      typeof value === "bigint" ||
      (typeof value === "number" && Number.isFinite(value)) ||
      value instanceof Uint8Array;
    if (!fine)
      throw new TypeError(`a database value must be text, a number, bytes or null, not ${typeof value}`);
  }
  return values as SQLInputValue[];
}
