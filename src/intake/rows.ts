/** Every SQL statement about mail that came in. */
import type { Reader, Writer } from "../platform/store/store.ts";

export async function isKnown(read: Reader, key: string): Promise<boolean> {
  const found = await read.selectFrom("inbound_mail").select("key").where("key", "=", key).executeTakeFirst();
  return found !== undefined;
}

/** False when it stood there already. Of two at the same time the second waits for the first. */
export async function remember(write: Writer, key: string, now: number): Promise<boolean> {
  const added = await write
    .insertInto("inbound_mail")
    .values({ key, received_at: now })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

const BATCH = 1_000;

/** Deletes up to 1,000 rows and says how many. */
export async function forget(write: Writer, before: number): Promise<number> {
  const old = await write
    .selectFrom("inbound_mail")
    .select("key")
    .where("received_at", "<", before)
    .orderBy("received_at")
    .limit(BATCH)
    .execute();
  if (old.length === 0) return 0;
  await write
    .deleteFrom("inbound_mail")
    .where(
      "key",
      "in",
      old.map(({ key }) => key),
    )
    .execute();
  return old.length;
}
