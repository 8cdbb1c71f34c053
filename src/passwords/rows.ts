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
  kept: {
    accountId: string;
    hash: string;
    form: string | null;
    onceUntil: number | null;
    /** How many of those before it are remembered. */
    remembered: number;
  },
  now: number,
): Promise<void> {
  await remember(write, kept.accountId, kept.remembered);
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

/** The password in force becomes an earlier one; a one-time password was nobody's choice. */
async function remember(write: Writer, accountId: string, most: number): Promise<void> {
  const present = most > 0 ? await passwordOf(write, accountId) : undefined;
  if (present && present.once_until === null) {
    await write
      .insertInto("password_history")
      .values({ account_id: accountId, changed_at: present.changed_at, hash: present.hash })
      .onConflict((conflict) => conflict.columns(["account_id", "changed_at"]).doNothing())
      .execute();
  }
  const kept = write
    .selectFrom("password_history")
    .select("changed_at")
    .where("account_id", "=", accountId)
    .orderBy("changed_at", "desc")
    .limit(most);
  await write
    .deleteFrom("password_history")
    .where("account_id", "=", accountId)
    .where("changed_at", "not in", kept)
    .execute();
}

/** The hashes of the last `count` passwords, the present one first. */
export async function lastHashes(read: Reader, accountId: string, count: number): Promise<string[]> {
  const present = count > 0 ? await passwordOf(read, accountId) : undefined;
  if (!present && count === 0) return [];
  const earlier =
    count > 1
      ? await read
          .selectFrom("password_history")
          .select("hash")
          .where("account_id", "=", accountId)
          .orderBy("changed_at", "desc")
          .limit(count - 1)
          .execute()
      : [];
  return [...(present ? [present] : []), ...earlier].map(({ hash }) => hash);
}

export async function bringPasswords(
  write: Writer,
  brought: readonly { accountId: string; hash: string }[],
  now: number,
): Promise<void> {
  if (brought.length === 0) return;
  const values = brought.map(({ accountId, hash }) => ({
    account_id: accountId,
    hash,
    changed_at: now,
    changed_by: null,
    once_until: null,
  }));
  await write
    .insertInto("passwords")
    .values(values)
    .onConflict((conflict) => conflict.column("account_id").doNothing())
    .execute();
}

export async function withPassword(read: Reader, accountIds: readonly string[]): Promise<Set<string>> {
  if (accountIds.length === 0) return new Set();
  const found = await read
    .selectFrom("passwords")
    .select("account_id")
    .where("account_id", "in", accountIds)
    .execute();
  return new Set(found.map((row) => row.account_id));
}
