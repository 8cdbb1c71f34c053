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
  accountId: string,
  hash: string,
  now: number,
): Promise<void> {
  await write
    .insertInto("passwords")
    .values({ account_id: accountId, hash, changed_at: now })
    .onConflict((conflict) => conflict.column("account_id").doUpdateSet({ hash, changed_at: now }))
    .execute();
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
