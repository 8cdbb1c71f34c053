import { prepared } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";

const ofAccount = prepared((database, of: { accountId: string }) =>
  database.selectFrom("passwords").selectAll().where("account_id", "=", of.accountId),
);

export async function passwordOf(read: Reader, accountId: string) {
  return (await ofAccount(read, { accountId }))[0];
}

export async function keepPassword(
  write: Writer,
  kept: { accountId: string; hash: string; form: string | null; onceUntil: number | null },
  now: number,
): Promise<void> {
  const values = { hash: kept.hash, changed_at: now, changed_by: kept.form, once_until: kept.onceUntil };
  await write
    .insertInto("passwords")
    .values({ account_id: kept.accountId, ...values })
    .onConflict((conflict) => conflict.column("account_id").doUpdateSet(values))
    .execute();
}

export async function removePassword(write: Writer, accountId: string): Promise<void> {
  await write.deleteFrom("passwords").where("account_id", "=", accountId).execute();
}

/**
 * The same password in a newer hash: not a change, so `changed_at` stays. Only if nobody changed it
 * meanwhile.
 */
export async function keepRehash(write: Writer, accountId: string, from: string, to: string): Promise<void> {
  await write
    .updateTable("passwords")
    .set({ hash: to })
    .where("account_id", "=", accountId)
    .where("hash", "=", from)
    .execute();
}
