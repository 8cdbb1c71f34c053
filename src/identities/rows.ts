import { prepared } from "../platform/store/prepared.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import type { SocialIdentitiesTable } from "../platform/store/tables.ts";

export type IdentityRow = SocialIdentitiesTable;

const bySubject = prepared((database, of: { issuer: string; subject: string }) =>
  database
    .selectFrom("social_identities")
    .selectAll()
    .where("issuer", "=", of.issuer)
    .where("subject", "=", of.subject),
);

export async function identityBySubject(
  read: Reader,
  issuer: string,
  subject: string,
): Promise<IdentityRow | undefined> {
  return (await bySubject(read, { issuer, subject }))[0];
}

const ofAccount = prepared((database, of: { accountId: string }) =>
  database
    .selectFrom("social_identities")
    .selectAll()
    .where("account_id", "=", of.accountId)
    .orderBy("used_at", "desc")
    .orderBy("id"),
);

export function identitiesOf(read: Reader, accountId: string): Promise<IdentityRow[]> {
  return ofAccount(read, { accountId });
}

/** False when somebody was faster: the pair of issuer and subject is there already. */
export async function insertIdentity(write: Writer, identity: IdentityRow): Promise<boolean> {
  const inserted = await write
    .insertInto("social_identities")
    .values(identity)
    .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function noteUse(write: Writer, id: string, shown: string, now: number): Promise<void> {
  await write.updateTable("social_identities").set({ used_at: now, shown }).where("id", "=", id).execute();
}

export async function deleteIdentity(write: Writer, id: string): Promise<void> {
  await write.deleteFrom("social_identities").where("id", "=", id).execute();
}

/** The services of what was used at this moment or later. */
export async function usedSince(read: Reader, accountId: string, since: number): Promise<string[]> {
  const used = await read
    .selectFrom("social_identities")
    .select("service")
    .where("account_id", "=", accountId)
    .where("used_at", ">=", since)
    .execute();
  return used.map(({ service }) => service);
}

export async function deleteUsedSince(write: Writer, accountId: string, since: number): Promise<void> {
  await write
    .deleteFrom("social_identities")
    .where("account_id", "=", accountId)
    .where("used_at", ">=", since)
    .execute();
}
