import { prepared, preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import type { ProofsTable, RecoveriesTable } from "../platform/store/tables.ts";

export type RecoveryRow = RecoveriesTable;

export const insertRecovery = preparedInsert("recoveries", [
  "id",
  "number",
  "account_id",
  "style",
  "channel",
  "language",
  "asked_at",
  "link_proof_id",
  "code_proof_id",
  "finished_at",
  "portal_id",
]);

const byId = prepared((database, of: { id: string }) =>
  database.selectFrom("recoveries").selectAll().where("id", "=", of.id),
);

export async function recoveryById(read: Reader, id: string): Promise<RecoveryRow | undefined> {
  return (await byId(read, { id }))[0];
}

/** The latest letter that carries this link: the one to look for in the mailbox. */
export function latestWithLink(read: Reader, linkProofId: string) {
  return read
    .selectFrom("recoveries")
    .selectAll()
    .where("link_proof_id", "=", linkProofId)
    .orderBy("asked_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The portal of the latest request with this link, control string or code. */
export async function portalOfProof(
  read: Reader,
  proof: { id: string; form: ProofsTable["form"] },
): Promise<string | null> {
  const found = await read
    .selectFrom("recoveries")
    .select("portal_id")
    .where(proof.form === "code" ? "code_proof_id" : "link_proof_id", "=", proof.id)
    .orderBy("asked_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.portal_id ?? null;
}

/** The latest request whose message carries this link or code. */
export function latestWith(read: Reader, proofId: string) {
  return read
    .selectFrom("recoveries")
    .select("id")
    .where((where) => where.or([where("link_proof_id", "=", proofId), where("code_proof_id", "=", proofId)]))
    .orderBy("asked_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function finishRecoveries(write: Writer, proofId: string, now: number): Promise<void> {
  await write
    .updateTable("recoveries")
    .set({ finished_at: now })
    .where((where) => where.or([where("link_proof_id", "=", proofId), where("code_proof_id", "=", proofId)]))
    .execute();
}

export async function purgeRecoveries(write: Writer, askedBefore: number): Promise<void> {
  await write.deleteFrom("recoveries").where("asked_at", "<", askedBefore).execute();
}
