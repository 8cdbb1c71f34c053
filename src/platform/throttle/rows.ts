import { prepared, preparedForList } from "../store/prepared.ts";
import type { Reader, Store, Writer } from "../store/store.ts";
import { NOTHING_SPENT, type Spent } from "./counting.ts";

/** Statements for up to this many keys are kept ready: a sign-in has 2, a recovery 3. */
const READY = 8;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const byKeys = preparedForList((database, keys) =>
  database
    .selectFrom("budgets")
    .select(["key", "full_at", "streak", "last_at", "windows"])
    .where("key", "in", keys),
);

export async function spentOn(read: Reader, keys: readonly string[]): Promise<Map<string, Spent>> {
  const found = await byKeys(read, keys, {});
  return new Map(found.map((row) => [row.key, row]));
}

/**
 * What has been spent, with the keys held until the transaction ends, so that no other instance counts from
 * the same number. SQLite has one writer at a time. PostgreSQL locks rows only, so missing ones are made
 * first; the idle update locks those that exist, and sorted `keys` keep two instances from waiting for each
 * other.
 */
export async function holdSpent(
  write: Writer,
  kind: Store["kind"],
  keys: readonly string[],
): Promise<Map<string, Spent>> {
  if (kind === "sqlite") return spentOn(write, keys);
  const found = await write
    .insertInto("budgets")
    .values(keys.map((key) => ({ key, ...NOTHING_SPENT })))
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((fields) => ({ key: fields.ref("excluded.key") })),
    )
    .returningAll()
    .execute();
  return new Map(found.map((row) => [row.key, row]));
}

type Row = { key: string } & Spent;

const upserts = numbers(READY + 1).map((count) =>
  prepared((database, given: Record<string, string | number>) =>
    upsert(
      database,
      numbers(count).map((index) => ({
        key: given[`key${index}`] as string,
        full_at: given[`full_at${index}`] as number,
        streak: given[`streak${index}`] as number,
        last_at: given[`last_at${index}`] as number,
        windows: given[`windows${index}`] as string,
      })),
    ),
  ),
);

function upsert(write: Writer, rows: readonly Row[]) {
  return write
    .insertInto("budgets")
    .values(rows)
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((fields) => ({
        full_at: fields.ref("excluded.full_at"),
        streak: fields.ref("excluded.streak"),
        last_at: fields.ref("excluded.last_at"),
        windows: fields.ref("excluded.windows"),
      })),
    );
}

export async function keepSpent(write: Writer, spent: ReadonlyMap<string, Spent>): Promise<void> {
  if (spent.size === 0) return;
  const rows = [...spent]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(
      ([key, { full_at, streak, last_at, windows }]): Row => ({
        key,
        full_at,
        streak,
        last_at,
        windows,
      }),
    );
  const ready = upserts[rows.length];
  if (!ready) {
    await upsert(write, rows).execute();
    return;
  }
  const named = rows.flatMap((row, index) =>
    Object.entries(row).map(([name, value]) => [`${name}${index}`, value]),
  );
  await ready(write, Object.fromEntries(named));
}

export async function forget(write: Writer, keys: readonly string[]): Promise<void> {
  await forgetting(write, keys, {});
}

const forgetting = preparedForList((database, keys) =>
  database.deleteFrom("budgets").where("key", "in", keys),
);

/**
 * The last of the next `most` keys after this one; undefined when there are none. No index knows what is
 * full: it would change with every try that is counted.
 */
export async function lastOfSlice(read: Reader, after: string, most: number): Promise<string | undefined> {
  const slice = read.selectFrom("budgets").select("key").where("key", ">", after).orderBy("key").limit(most);
  const { last } = await read
    .selectFrom(slice.as("slice"))
    .select((fields) => fields.fn.max("key").as("last"))
    .executeTakeFirstOrThrow();
  return last ?? undefined;
}

/** Deletes those of the slice that mean nothing any more, and says how many. */
export async function forgetFull(
  write: Writer,
  slice: { after: string; last: string },
  now: number,
): Promise<number> {
  const result = await write
    .deleteFrom("budgets")
    .where("key", ">", slice.after)
    .where("key", "<=", slice.last)
    .where("full_at", "<=", now)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
