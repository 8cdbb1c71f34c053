/** What a long import asks of the database itself. */
import { type Kysely, sql } from "kysely";
import type { Store, Writer } from "../../platform/store/store.ts";

/**
 * What the database knows of its tables may be from when they were nearly empty; it then reads them whole for
 * each row that comes. `people`: as many as there are at least. On the embedded database only where somebody
 * once had it look at all; and nowhere when it knows of that many, since a look at a million takes seconds.
 */
export async function lookAtTables(write: Writer, kind: Store["kind"], people: number): Promise<void> {
  const runner = write as unknown as Kysely<unknown>;
  if ((await peopleKnown(runner, kind)) * 2 > people) return;
  if (kind === "postgres") {
    const tables = sql`accounts, identifiers, people, people_words, passwords, external_ids, import_rows`;
    await sql`analyze ${tables}`.execute(runner);
    return;
  }
  await sql`pragma analysis_limit = 1000`.execute(runner);
  await sql`analyze`.execute(runner);
}

async function peopleKnown(runner: Kysely<unknown>, kind: Store["kind"]): Promise<number> {
  if (kind === "postgres") {
    const pages = sql<{ people: number }>`select reltuples::bigint as people from pg_class
      where oid = 'accounts'::regclass`;
    return (await pages.execute(runner)).rows[0]?.people ?? 0;
  }
  const looked = await sql`select 1 from sqlite_master where name = 'sqlite_stat1'`.execute(runner);
  if (looked.rows.length === 0) return Number.POSITIVE_INFINITY;
  const found = sql<{ people: number | null }>`select max(cast(stat as integer)) as people from sqlite_stat1
    where tbl = 'accounts'`;
  return (await found.execute(runner)).rows[0]?.people ?? 0;
}

/** SQLite's own limit, and what the pages that 500 people change want of it. */
const CACHES_KB = { usual: 2_000, wide: 32_000 };

/**
 * How much of the file the embedded database keeps at hand. A batch changes more pages than it usually holds
 * and would write and read some of them again and again. Holds for the connection that writes.
 */
export async function setCache(
  write: Writer,
  kind: Store["kind"],
  width: keyof typeof CACHES_KB,
): Promise<void> {
  if (kind !== "sqlite") return;
  const runner = write as unknown as Kysely<unknown>;
  await sql`pragma cache_size = ${sql.lit(-CACHES_KB[width])}`.execute(runner);
  if (width === "usual") await sql`pragma shrink_memory`.execute(runner);
}
