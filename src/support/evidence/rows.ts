import type { Reader, Writer } from "../../platform/store/store.ts";
import type { CaseEvidenceTable } from "../../platform/store/tables.ts";

export type EvidenceRow = CaseEvidenceTable;

export async function insertEvidence(write: Writer, row: EvidenceRow): Promise<void> {
  await write.insertInto("case_evidence").values(row).execute();
}

/** A case has a handful. */
export function evidenceOf(read: Reader, caseId: string): Promise<EvidenceRow[]> {
  return read
    .selectFrom("case_evidence")
    .selectAll()
    .where("case_id", "=", caseId)
    .orderBy("at")
    .orderBy("id")
    .limit(50)
    .execute();
}

export function evidenceById(read: Reader, id: string): Promise<EvidenceRow | undefined> {
  return read.selectFrom("case_evidence").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The colleague's word; whoever asked for it holds the account of the case. */
export async function answerAsked(
  write: Writer,
  id: string,
  answer: Pick<EvidenceRow, "state" | "at" | "note">,
): Promise<void> {
  await write.updateTable("case_evidence").set(answer).where("id", "=", id).execute();
}
