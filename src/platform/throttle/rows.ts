import { prepared } from "../store/prepared.ts";
import type { Reader, Store, Writer } from "../store/store.ts";
import { NOTHING_SPENT, type Spent } from "./counting.ts";

/** Statements for up to this many keys are kept ready: a sign-in has 2, a recovery 3. */
const READY = 8;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const selects = numbers(READY + 1).map((count) =>
  prepared((database, keys: Record<number, string>) =>
    database
      .selectFrom("budgets")
      .selectAll()
      .where(
        "key",
        "in",
        numbers(count).map((index) => keys[index] ?? ""),
      ),
  ),
);

export async function spentOn(read: Reader, keys: readonly string[]): Promise<Map<string, Spent>> {
  const select = selects[keys.length];
  const found = select
    ? await select(read, { ...keys })
    : await read.selectFrom("budgets").selectAll().where("key", "in", keys).execute();
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
  await write.deleteFrom("budgets").where("key", "in", keys).execute();
}

export async function forgetFull(write: Writer, now: number): Promise<number> {
  const result = await write.deleteFrom("budgets").where("full_at", "<=", now).executeTakeFirst();
  return Number(result.numDeletedRows);
}
