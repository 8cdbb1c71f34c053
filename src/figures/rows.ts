/** Every SQL statement of the figures. */
import { sql } from "kysely";
import { newId } from "../platform/secrets/ids.ts";
import { preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Store, Writer } from "../platform/store/store.ts";
import type { FigureAttemptsTable, FigureNotesTable, FiguresTable } from "../platform/store/tables.ts";

export type AttemptRow = FigureAttemptsTable;
export type NoteRow = FigureNotesTable;
export type CountRow = FiguresTable;

/** As many rows as go into one statement. */
const CHUNK = 500;

const noteOne = preparedInsert("figure_notes", ["id", "figure", "label", "at", "account_id", "sent_since"]);

export async function insertNotes(write: Writer, notes: readonly Omit<NoteRow, "id">[]): Promise<void> {
  for (const note of notes) await noteOne(write, { id: newId(), ...note });
}

export function someNotes(read: Reader, most: number): Promise<NoteRow[]> {
  return read.selectFrom("figure_notes").selectAll().limit(most).execute();
}

export async function deleteNotes(write: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await write.deleteFrom("figure_notes").where("id", "in", ids).execute();
}

/**
 * The progress, held until the transaction ends; undefined while another instance holds it, whose work would
 * only be done again.
 */
export async function holdProgress(write: Writer, kind: Store["kind"]): Promise<number | undefined> {
  const progress = write.selectFrom("figure_progress").select("seq").where("id", "=", 1);
  const held = kind === "postgres" ? progress.forUpdate().skipLocked() : progress;
  return (await held.executeTakeFirst())?.seq;
}

export async function progressOf(read: Reader): Promise<number> {
  const progress = read.selectFrom("figure_progress").select("seq").where("id", "=", 1);
  return (await progress.executeTakeFirstOrThrow()).seq;
}

export async function moveProgress(write: Writer, seq: number): Promise<void> {
  await write.updateTable("figure_progress").set({ seq }).where("id", "=", 1).execute();
}

export async function addCounts(write: Writer, counts: readonly CountRow[]): Promise<void> {
  for (const rows of chunks(counts)) {
    await write
      .insertInto("figures")
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(["figure", "grain", "at", "label"])
          .doUpdateSet((row) => ({ count: sql`figures.count + ${row.ref("excluded.count")}` })),
      )
      .execute();
  }
}

/** The labels that one day has of a figure already. */
export async function labelsOf(read: Reader, figure: string, day: number): Promise<string[]> {
  const found = await read
    .selectFrom("figures")
    .select("label")
    .where("figure", "=", figure)
    .where("grain", "=", "day")
    .where("at", "=", day)
    .execute();
  return found.map(({ label }) => label);
}

export async function attemptsOf(read: Reader, accountIds: readonly string[]): Promise<AttemptRow[]> {
  if (accountIds.length === 0) return [];
  return read
    .selectFrom("figure_attempts")
    .selectAll()
    .where("account_id", "in", accountIds)
    .orderBy("asked_at")
    .execute();
}

export async function saveAttempts(write: Writer, attempts: readonly AttemptRow[]): Promise<void> {
  for (const rows of chunks(attempts)) {
    await write
      .insertInto("figure_attempts")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["account_id", "asked_at"]).doUpdateSet((row) => ({
          last_asked_at: row.ref("excluded.last_asked_at"),
          step: row.ref("excluded.step"),
          outdated: row.ref("excluded.outdated"),
        })),
      )
      .execute();
  }
}

export interface Stretch {
  readonly grain: CountRow["grain"];
  readonly from: number;
  readonly to: number;
}

/** Sums over some stretches of time, each an uninterrupted part of the key for every figure. */
export async function sums(
  read: Reader,
  figures: readonly string[],
  stretches: readonly Stretch[],
): Promise<{ figure: string; label: string; count: number }[]> {
  const parts = figures.flatMap((figure) =>
    stretches.map(({ grain, from, to }) =>
      read
        .selectFrom("figures")
        .select(["figure", "label", "count"])
        .where("figure", "=", figure)
        .where("grain", "=", grain)
        .where("at", ">=", from)
        .where("at", "<", to),
    ),
  );
  const [first, ...others] = parts;
  if (!first) return [];
  const all = others.reduce((union, other) => union.unionAll(other), first);
  return await read
    .selectFrom(all.as("parts"))
    .select(["figure", "label", sql<number>`cast(sum(count) as bigint)`.as("count")])
    .groupBy(["figure", "label"])
    .execute();
}

export function hoursOf(read: Reader, figure: string, from: number, to: number) {
  return read
    .selectFrom("figures")
    .select(["at", "label", "count"])
    .where("figure", "=", figure)
    .where("grain", "=", "hour")
    .where("at", ">=", from)
    .where("at", "<", to)
    .execute();
}

export async function purge(
  write: Writer,
  before: { countsAt: number; attemptsAskedAt: number },
  figures: readonly string[],
): Promise<void> {
  for (const grain of ["hour", "day"] as const) {
    await write
      .deleteFrom("figures")
      .where("figure", "in", figures)
      .where("grain", "=", grain)
      .where("at", "<", before.countsAt)
      .execute();
  }
  await write.deleteFrom("figure_attempts").where("last_asked_at", "<", before.attemptsAskedAt).execute();
}

function chunks<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, index) =>
    rows.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
