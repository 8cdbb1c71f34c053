import { sql } from "kysely";
import { prepared, preparedForList, preparedInsert } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import type { AccountsTable, ProofsTable } from "../platform/store/tables.ts";

export type ProofRow = ProofsTable;

/** The generation of a proof that is bound to none; those of accounts begin at 1. */
export const UNBOUND = 0;

/** A proof with what decides about it besides itself. */
export type ProofWithAccount = ProofRow & {
  account_generation: number | null;
  account_status: AccountsTable["status"] | null;
};

const withAccount = (read: Reader) =>
  read
    .selectFrom("proofs")
    .leftJoin("accounts", "accounts.id", "proofs.account_id")
    .selectAll("proofs")
    .select(["accounts.generation as account_generation", "accounts.status as account_status"]);

/** Codes are never looked for by what they are; the condition is worded as in the index. */
export function proofByHash(read: Reader, hash: string): Promise<ProofWithAccount | undefined> {
  return withAccount(read)
    .where("proofs.secret_hash", "=", hash)
    .where(sql<boolean>`proofs.form <> 'code'`)
    .executeTakeFirst();
}

const byId = prepared((database, of: { id: string }) => withAccount(database).where("proofs.id", "=", of.id));

export async function proofById(read: Reader, id: string): Promise<ProofWithAccount | undefined> {
  return (await byId(read, { id }))[0];
}

export const insertProof = preparedInsert("proofs", [
  "id",
  "purpose",
  "form",
  "account_id",
  "flow_id",
  "sent_to",
  "generation",
  "secret_hash",
  "key_id",
  "tries",
  "created_at",
  "expires_at",
  "redeemed_at",
  "redeemed_by",
  "superseded_at",
  "superseded_by",
]);

const open = preparedForList((database, forms, of: { accountId: string; purpose: string }) =>
  database
    .selectFrom("proofs")
    .selectAll()
    .where("account_id", "=", of.accountId)
    .where("purpose", "=", of.purpose)
    .where("form", "in", forms as readonly ProofRow["form"][])
    .where("redeemed_at", "is", null)
    .where("superseded_at", "is", null)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc"),
);

/** The proofs of these forms that nothing has ended yet, whatever their age, the newest first. */
export function openProofs(
  read: Reader,
  accountId: string,
  purpose: string,
  forms: readonly ProofRow["form"][],
): Promise<ProofRow[]> {
  return open(read, forms, { accountId, purpose });
}

export async function supersede(write: Writer, id: string, by: string, now: number): Promise<void> {
  await write
    .updateTable("proofs")
    .set({ superseded_at: now, superseded_by: by })
    .where("id", "=", id)
    .where("superseded_at", "is", null)
    .execute();
}

/** The newest open link of a purpose that belongs to no account. */
export function newestUnowned(read: Reader, purpose: string, now: number): Promise<ProofRow | undefined> {
  return read
    .selectFrom("proofs")
    .selectAll()
    .where("account_id", "is", null)
    .where("purpose", "=", purpose)
    .where("form", "=", "link")
    .where("redeemed_at", "is", null)
    .where("superseded_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Ends what the account has open of this purpose, from this issue on; nothing takes its place. */
export async function endSince(
  write: Writer,
  wanted: { accountId: string; purpose: string; since: number },
  now: number,
): Promise<void> {
  await write
    .updateTable("proofs")
    .set({ superseded_at: now })
    .where("account_id", "=", wanted.accountId)
    .where("purpose", "=", wanted.purpose)
    .where("created_at", ">=", wanted.since)
    .where("redeemed_at", "is", null)
    .where("superseded_at", "is", null)
    .execute();
}

/** Ends all open proofs of a purpose that belong to no account. */
export async function supersedeUnowned(
  write: Writer,
  purpose: string,
  by: string,
  now: number,
): Promise<void> {
  await write
    .updateTable("proofs")
    .set({ superseded_at: now, superseded_by: by })
    .where("purpose", "=", purpose)
    .where("account_id", "is", null)
    .where("redeemed_at", "is", null)
    .where("superseded_at", "is", null)
    .where("id", "!=", by)
    .execute();
}

/** Counts one try if the code is still open and has tries left; the number of this try, or undefined. */
export async function countTry(
  write: Writer,
  id: string,
  most: number,
  now: number,
): Promise<number | undefined> {
  const counted = await write
    .updateTable("proofs")
    .set((row) => ({ tries: row("tries", "+", 1) }))
    .where("id", "=", id)
    .where("tries", "<", most)
    .where("expires_at", ">", now)
    .where("redeemed_at", "is", null)
    .where("superseded_at", "is", null)
    .returning("tries")
    .executeTakeFirst();
  return counted?.tries;
}

export async function keepUntil(write: Writer, id: string, until: number): Promise<void> {
  await write
    .updateTable("proofs")
    .set({ expires_at: until })
    .where("id", "=", id)
    .where("expires_at", "<", until)
    .execute();
}

/** The one conditional write: true for exactly one caller, whatever runs beside it. */
export async function redeem(
  write: Writer,
  proof: { id: string; secretHash: string; redeemedBy: string },
  now: number,
): Promise<boolean> {
  const changed = await write
    .updateTable("proofs")
    .set({ redeemed_at: now, redeemed_by: proof.redeemedBy })
    .where("id", "=", proof.id)
    .where("secret_hash", "=", proof.secretHash)
    .where("redeemed_at", "is", null)
    .where("superseded_at", "is", null)
    .where("expires_at", ">", now)
    .where((where) =>
      where.or([
        where.and([where("account_id", "is", null), where("purpose", "=", "setup")]),
        where.exists(
          where
            .selectFrom("accounts")
            .select("accounts.id")
            .whereRef("accounts.id", "=", "proofs.account_id")
            .where((account) =>
              account.or([
                account("proofs.generation", "=", UNBOUND),
                account("accounts.generation", "=", account.ref("proofs.generation")),
              ]),
            )
            .where("accounts.status", "=", "active"),
        ),
      ]),
    )
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export async function purgeProofs(write: Writer, before: number): Promise<void> {
  await write.deleteFrom("proofs").where("expires_at", "<", before).execute();
}
