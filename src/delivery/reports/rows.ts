/** Every SQL statement about what gateways report of messages that they took over. */
import type { Reader, Store, Writer } from "../../platform/store/store.ts";
import type { MessagesTable } from "../../platform/store/tables.ts";

export type Status = NonNullable<MessagesTable["status"]>;

/** The messages of these references, held until the transaction ends. */
export async function holdByReference(
  write: Writer,
  kind: Store["kind"],
  gateway: string,
  references: readonly string[],
): Promise<Pick<MessagesTable, "id" | "reference" | "status" | "sent_to">[]> {
  const found = write
    .selectFrom("messages")
    .select(["id", "reference", "status", "sent_to"])
    .where("gateway", "=", gateway)
    .where("reference", "in", references)
    .orderBy("id");
  return (kind === "postgres" ? found.forUpdate() : found).execute();
}

/** After a final status nobody is asked any more. */
export async function setStatus(
  write: Writer,
  ids: readonly string[],
  wish: { status: Status; final: boolean },
): Promise<void> {
  await write
    .updateTable("messages")
    .set({ status: wish.status, ...(wish.final && { ask_at: null }) })
    .where("id", "in", ids)
    .execute();
}

/** Whether there is anything to ask this gateway: a cheap question outside of transactions. */
export async function isAnythingAsked(read: Reader, gateway: string, now: number): Promise<boolean> {
  const due = await read
    .selectFrom("messages")
    .select("id")
    .where("gateway", "=", gateway)
    .where("ask_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

/**
 * The references that are due to be asked about. Each is asked again when as much time has passed as since it
 * was written; one from before `since` is asked this last time.
 */
export async function claimAsked(
  write: Writer,
  kind: Store["kind"],
  wish: { gateway: string; now: number; since: number; limit: number },
): Promise<string[]> {
  const due = write
    .selectFrom("messages")
    .select(["id", "reference"])
    .where("gateway", "=", wish.gateway)
    .where("ask_at", "<=", wish.now)
    .orderBy("ask_at")
    .limit(wish.limit);
  const rows = await (kind === "postgres" ? due.forUpdate().skipLocked() : due).execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  await write
    .updateTable("messages")
    .set((row) => ({ ask_at: row(row.val(2 * wish.now), "-", row.ref("created_at")) }))
    .where("id", "in", ids)
    .execute();
  await write
    .updateTable("messages")
    .set({ ask_at: null })
    .where("id", "in", ids)
    .where("created_at", "<", wish.since)
    .execute();
  return rows.flatMap(({ reference }) => (reference === null ? [] : [reference]));
}
