import type { CompiledQuery, Insertable, Kysely } from "kysely";
import type { Reader, Writer } from "./store.ts";
import type { Tables } from "./tables.ts";

/** Stands in a query's parameters for a value that comes later. */
class Place {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A Kysely adapter whose database answers without being waited for. Prepared statements go straight to it:
 * Kysely's queue for the connection would take longer than the statement.
 */
export interface AnswersAtOnce {
  rowsOf(text: string, values: readonly unknown[]): unknown[];
}

type Built<Row> = { compile(): CompiledQuery<Row> };

/**
 * A statement that is turned into SQL once per database and then only given its values: building the text
 * costs more than running it. `build` sees a placeholder for each value, so it must not look at them.
 */
export function prepared<Values extends object, Row>(
  build: (database: Writer, values: Values) => Built<Row>,
): (database: Reader, values: Values) => Promise<Row[]> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (database, values) => {
    const runner = database as unknown as Kysely<Tables>;
    const { adapter } = runner.getExecutor();
    let query = compiled.get(adapter);
    if (!query) {
      query = build(runner, places() as Values).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Place ? values[value.name as keyof Values] : value,
    );
    if (answersAtOnce(adapter)) return adapter.rowsOf(query.sql, parameters) as Row[];
    const result = await runner.executeQuery<Row>({ ...query, parameters });
    return result.rows;
  };
}

/** Lists of up to this many are kept ready: a sign-in and a recovery have up to three of anything. */
const READY = 8;

/** The same for a statement over a list of texts: one is kept ready for each length that is usual. */
export function preparedForList<Values extends object, Row>(
  build: (database: Writer, list: readonly string[], values: Values) => Built<Row>,
): (database: Reader, list: readonly string[], values: Values) => Promise<Row[]> {
  const ready = Array.from({ length: READY + 1 }, (_, length) =>
    prepared<Values & Record<number, string>, Row>((database, values) =>
      build(
        database,
        Array.from({ length }, (_, index) => values[index] as string),
        values,
      ),
    ),
  );
  return async (database, list, values) => {
    const usual = ready[list.length];
    if (usual) return usual(database, { ...list, ...values });
    const runner = database as unknown as Kysely<Tables>;
    const result = await runner.executeQuery<Row>(build(runner, list, values).compile());
    return result.rows;
  };
}

/** The same for putting whole rows into a table. */
export function preparedInsert<Table extends keyof Tables>(
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
): (write: Writer, row: Tables[Table]) => Promise<void> {
  const insert = prepared((database, row: Tables[Table]) => {
    const values = Object.fromEntries(columns.map((name) => [name, row[name]]));
    return (database as unknown as Kysely<Record<string, Record<string, unknown>>>)
      .insertInto(table)
      .values(values);
  });
  return async (write, row) => {
    await insert(write, row);
  };
}

/** How many rows one statement carries where each value is a parameter of its own. */
const ROWS_AT_ONCE = 250;

/**
 * The same for many rows of texts, numbers and null in one statement. On SQLite they travel as one JSON text,
 * so that the statement is the same for any number of them; one statement also lets its full-text index
 * gather what it writes, which costs a quarter of writing row by row.
 */
export function insertMany<Table extends keyof Tables>(
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
): (write: Writer, rows: readonly Insertable<Tables[Table]>[]) => Promise<void> {
  const names = columns.map((name) => `"${name}"`).join(", ");
  const values = columns.map((_, place) => `json_extract(value, '$[${place}]')`).join(", ");
  const text = `insert into "${table}" (${names}) select ${values} from json_each(?)`;
  return async (write, rows) => {
    if (rows.length === 0) return;
    const runner = write as unknown as Kysely<Record<string, object>>;
    const { adapter } = runner.getExecutor();
    if (answersAtOnce(adapter)) {
      adapter.rowsOf(text, [
        JSON.stringify(rows.map((row) => columns.map((name) => (row as Record<string, unknown>)[name]))),
      ]);
      return;
    }
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      await runner.insertInto(table).values(some).execute();
    }
  };
}

function answersAtOnce(adapter: object): adapter is AnswersAtOnce {
  return "rowsOf" in adapter;
}

function places(): object {
  return new Proxy({}, { get: (_, name) => new Place(String(name)) });
}
