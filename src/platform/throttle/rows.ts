import type { Reader, Store, Writer } from "../store/store.ts";
import { NOTHING_SPENT, type Spent } from "./counting.ts";

export async function spentOn(read: Reader, keys: readonly string[]): Promise<Map<string, Spent>> {
  const found = await read.selectFrom("budgets").selectAll().where("key", "in", keys).execute();
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

export async function keepSpent(write: Writer, spent: ReadonlyMap<string, Spent>): Promise<void> {
  if (spent.size === 0) return;
  const values = [...spent]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, { full_at, streak, last_at }]) => ({ key, full_at, streak, last_at }));
  await write
    .insertInto("budgets")
    .values(values)
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet((fields) => ({
        full_at: fields.ref("excluded.full_at"),
        streak: fields.ref("excluded.streak"),
        last_at: fields.ref("excluded.last_at"),
      })),
    )
    .execute();
}

export async function forget(write: Writer, keys: readonly string[]): Promise<void> {
  await write.deleteFrom("budgets").where("key", "in", keys).execute();
}

export async function forgetFull(write: Writer, now: number): Promise<number> {
  const result = await write.deleteFrom("budgets").where("full_at", "<=", now).executeTakeFirst();
  return Number(result.numDeletedRows);
}
