import { insertMany } from "../platform/store/prepared.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { ImportPartsTable, ImportRowsTable, ImportsTable } from "../platform/store/tables.ts";

export type ImportRow = ImportsTable;
export type LineRow = ImportRowsTable;

export async function insertImport(write: Writer, row: ImportRow): Promise<void> {
  await write.insertInto("imports").values(row).execute();
}

export function importById(read: Reader, id: string): Promise<ImportRow | undefined> {
  return read.selectFrom("imports").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Held until the transaction ends; on the embedded database every transaction is alone anyway. */
export function holdImport(write: Writer, kind: Store["kind"], id: string): Promise<ImportRow | undefined> {
  const wanted = write.selectFrom("imports").selectAll().where("id", "=", id);
  return (kind === "postgres" ? wanted.forNoKeyUpdate() : wanted).executeTakeFirst();
}

export async function changeImport(write: Writer, id: string, change: Partial<ImportRow>): Promise<void> {
  await write.updateTable("imports").set(change).where("id", "=", id).execute();
}

/** An import with work to do that nobody is at. */
export function unattendedImport(read: Reader, now: number): Promise<ImportRow | undefined> {
  return read
    .selectFrom("imports")
    .selectAll()
    .where("state", "in", ["checking", "running", "inviting"])
    .where("lease_until", "<", now)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
}

/** True for the one who got it. */
export async function takeLease(
  write: Writer,
  id: string,
  lease: { owner: string; until: number; now: number },
): Promise<boolean> {
  const taken = await write
    .updateTable("imports")
    .set({ lease_owner: lease.owner, lease_until: lease.until })
    .where("id", "=", id)
    .where("state", "in", ["checking", "running", "inviting"])
    .where((row) => row.or([row("lease_until", "<", lease.now), row("lease_owner", "=", lease.owner)]))
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

export async function letGo(write: Writer, id: string, owner: string): Promise<void> {
  await write
    .updateTable("imports")
    .set({ lease_until: 0 })
    .where("id", "=", id)
    .where("lease_owner", "=", owner)
    .execute();
}

/** As if somebody were at it until the end of days. */
export const pausedLease = { lease_owner: "paused", lease_until: Number.MAX_SAFE_INTEGER } as const;

/** The newest first; all of them when nobody is named. */
export function importsBefore(
  read: Reader,
  by: string | undefined,
  page: { before: string | undefined; most: number },
): Promise<ImportRow[]> {
  let query = read.selectFrom("imports").selectAll();
  if (by !== undefined) query = query.where("created_by", "=", by);
  if (page.before !== undefined) query = query.where("id", "<", page.before);
  return query.orderBy("id", "desc").limit(page.most).execute();
}

export async function countOpen(read: Reader, by: string): Promise<number> {
  const found = await read
    .selectFrom("imports")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("created_by", "=", by)
    .where("finished_at", "is", null)
    .executeTakeFirst();
  return found?.count ?? 0;
}

/** Of the last imports that people were taken in by. */
export function settingsOfRun(read: Reader, most: number) {
  return read
    .selectFrom("imports")
    .select("settings")
    .where("state", "in", ["running", "inviting", "done"])
    .orderBy("id", "desc")
    .limit(most)
    .execute();
}

export async function insertPart(write: Writer, part: ImportPartsTable): Promise<void> {
  await write.insertInto("import_parts").values(part).execute();
}

export async function nextPartNumber(write: Writer, importId: string): Promise<number> {
  const last = await write
    .selectFrom("import_parts")
    .select((row) => row.fn.max("number").as("number"))
    .where("import_id", "=", importId)
    .executeTakeFirst();
  return (last?.number ?? -1) + 1;
}

export function partOf(read: Reader, importId: string, number: number) {
  return read
    .selectFrom("import_parts")
    .select(["bytes", "size", "sealed"])
    .where("import_id", "=", importId)
    .where("number", "=", number)
    .executeTakeFirst();
}

/** So many at a time, since each is a megabyte; says how many went. */
export async function deleteParts(write: Writer, importId: string, most: number): Promise<number> {
  const some = write
    .selectFrom("import_parts")
    .select("number")
    .where("import_id", "=", importId)
    .orderBy("number")
    .limit(most);
  const gone = await write
    .deleteFrom("import_parts")
    .where("import_id", "=", importId)
    .where("number", "in", some)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/**
 * Which of these people earlier rows of the file named who then were there. The database is asked by their
 * keys alone: with lines and verdicts in the question it may read all the lines before, batch after batch.
 */
export async function earlierKeys(
  read: Reader,
  importId: string,
  keys: readonly string[],
  before: number,
): Promise<Set<string>> {
  const found = await read
    .selectFrom("import_rows")
    .select(["person_key", "line", "verdict"])
    .where("import_id", "=", importId)
    .where("person_key", "in", keys)
    .execute();
  const there: readonly string[] = ["added", "updated", "unchanged"] satisfies LineRow["verdict"][];
  const earlier = found.filter(({ line, verdict }) => line < before && there.includes(verdict));
  return new Set(earlier.map((row) => row.person_key));
}

const insertLines = insertMany("import_rows", [
  "import_id",
  "line",
  "person_key",
  "verdict",
  "notes",
  "shown",
  "cells",
  "account_id",
]);

/** The verdicts on these lines, in the place of those before. */
export async function keepLines(write: Writer, importId: string, lines: readonly LineRow[]): Promise<void> {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  await write
    .deleteFrom("import_rows")
    .where("import_id", "=", importId)
    .where("line", ">=", first.line)
    .where("line", "<=", last.line)
    .execute();
  await insertLines(write, lines);
}

export function linesAfter(
  read: Reader,
  importId: string,
  wanted: { show: LineRow["verdict"] | "all" | "troubled"; after: number; upTo: number; most: number },
): Promise<LineRow[]> {
  const { show } = wanted;
  let query = read.selectFrom("import_rows").selectAll().where("import_id", "=", importId);
  if (show === "troubled") query = query.where("notes", "<>", "");
  else if (show !== "all") query = query.where("verdict", "=", show);
  const { after, upTo, most } = wanted;
  return query.where("line", ">", after).where("line", "<=", upTo).orderBy("line").limit(most).execute();
}

/** Those who were added and have nothing to sign in with, in the order of the file. */
export function addedAfter(read: Reader, importId: string, after: number, most: number) {
  return read
    .selectFrom("import_rows")
    .select(["line", "account_id"])
    .where("import_id", "=", importId)
    .where("verdict", "=", "added")
    .where("line", ">", after)
    .orderBy("line")
    .limit(most)
    .execute();
}

export async function deleteLines(write: Writer, importId: string, most: number): Promise<number> {
  const some = write
    .selectFrom("import_rows")
    .select("line")
    .where("import_id", "=", importId)
    .orderBy("line")
    .limit(most);
  const gone = await write
    .deleteFrom("import_rows")
    .where("import_id", "=", importId)
    .where("line", "in", some)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

export async function deleteImport(write: Writer, id: string): Promise<void> {
  await write.deleteFrom("imports").where("id", "=", id).execute();
}

/** Imports that nobody goes on with, held-up ones and ended ones, from before these moments. */
export function oldImports(read: Reader, before: { left: number; ended: number }) {
  return read
    .selectFrom("imports")
    .select("id")
    .where((row) =>
      row.or([
        row.and([
          row("state", "in", ["receiving", "settling", "checked"]),
          row("created_at", "<", before.left),
        ]),
        row("finished_at", "<", before.ended),
        row.and([
          row("lease_owner", "=", pausedLease.lease_owner),
          row("finished_at", "is", null),
          row("began_at", "<", before.ended),
        ]),
      ]),
    )
    .limit(20)
    .execute();
}

export async function accountsByExternalId(
  read: Reader,
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const found = await read
    .selectFrom("external_ids")
    .selectAll()
    .where("external_id", "in", externalIds)
    .execute();
  return new Map(found.map((row) => [row.external_id, row.account_id]));
}

/** Of several numbers the first. */
export async function externalIdsOf(
  read: Reader,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  if (accountIds.length === 0) return new Map();
  const found = await read
    .selectFrom("external_ids")
    .selectAll()
    .where("account_id", "in", accountIds)
    .orderBy("external_id", "desc")
    .execute();
  return new Map(found.map((row) => [row.account_id, row.external_id]));
}

export const insertExternalIds = insertMany("external_ids", ["external_id", "account_id"]);

/** Whoever ended them died before the file was dropped. */
export function endedWithFile(read: Reader) {
  return read
    .selectFrom("imports")
    .select("id")
    .where("finished_at", "is not", null)
    .where("id", "in", read.selectFrom("import_parts").select("import_id"))
    .limit(20)
    .execute();
}
