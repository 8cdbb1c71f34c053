import type { Reader, Writer } from "../../platform/store/store.ts";
import type { CaseEntriesTable, CaseFilesTable, CaseTemplatesTable } from "../../platform/store/tables.ts";

export type EntryRow = CaseEntriesTable;
export type FileRow = CaseFilesTable;
export type TemplateRow = CaseTemplatesTable;
export type FileLabel = Omit<FileRow, "bytes">;

/** How much of a thread is read: a case of the desk is a few letters. */
const MOST_ENTRIES = 300;
const MOST_FILES = 100;

export async function insertEntry(write: Writer, entry: EntryRow): Promise<void> {
  await write.insertInto("case_entries").values(entry).execute();
}

export function entriesOf(read: Reader, caseId: string): Promise<EntryRow[]> {
  return read
    .selectFrom("case_entries")
    .selectAll()
    .where("case_id", "=", caseId)
    .orderBy("at")
    .orderBy("id")
    .limit(MOST_ENTRIES)
    .execute();
}

export function entryById(read: Reader, id: string): Promise<EntryRow | undefined> {
  return read.selectFrom("case_entries").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function insertFile(write: Writer, file: FileRow): Promise<void> {
  await write.insertInto("case_files").values(file).execute();
}

/** Without the bytes. */
export function filesOf(read: Reader, caseId: string): Promise<FileLabel[]> {
  return read
    .selectFrom("case_files")
    .select(["id", "case_id", "entry_id", "name", "type", "size"])
    .where("case_id", "=", caseId)
    .orderBy("id")
    .limit(MOST_FILES)
    .execute();
}

export function fileOf(read: Reader, caseId: string, id: string): Promise<FileRow | undefined> {
  return read
    .selectFrom("case_files")
    .selectAll()
    .where("id", "=", id)
    .where("case_id", "=", caseId)
    .executeTakeFirst();
}

export function templates(read: Reader, most: number): Promise<TemplateRow[]> {
  return read.selectFrom("case_templates").selectAll().orderBy("name").orderBy("id").limit(most).execute();
}

export async function keepTemplate(write: Writer, template: TemplateRow): Promise<void> {
  const { name, text_ru, text_en, changed_at } = template;
  await write
    .insertInto("case_templates")
    .values(template)
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ name, text_ru, text_en, changed_at }))
    .execute();
}

export async function removeTemplate(write: Writer, id: string): Promise<boolean> {
  const done = await write.deleteFrom("case_templates").where("id", "=", id).executeTakeFirst();
  return done.numDeletedRows === 1n;
}
