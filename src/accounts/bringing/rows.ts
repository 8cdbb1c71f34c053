import { type Kysely, sql } from "kysely";
import { insertMany } from "../../platform/store/prepared.ts";
import type { Reader, Store, Writer } from "../../platform/store/store.ts";

export function ownersOf(read: Reader, keys: readonly string[]) {
  return read
    .selectFrom("identifiers")
    .select(["key", "kind", "account_id"])
    .where("key", "in", keys)
    .execute();
}

/** References are looked at when the transaction ends. */
export async function deferReferences(write: Writer, kind: Store["kind"]): Promise<void> {
  const runner = write as unknown as Kysely<unknown>;
  if (kind === "sqlite") await sql`pragma defer_foreign_keys = on`.execute(runner);
  else await sql`set constraints all deferred`.execute(runner);
}

/**
 * Until the transaction ends, indexes are asked whatever the statistics say: those are from before the people
 * who just came, and a statement that is kept ready would go on reading whole tables that were empty then.
 */
export async function askIndexes(write: Writer, kind: Store["kind"]): Promise<void> {
  if (kind !== "postgres") return;
  await sql`set local enable_seqscan = off`.execute(write as unknown as Kysely<unknown>);
}

/** A mailbox that several have names none of them. */
export async function shareMailboxes(write: Writer, keys: readonly string[]): Promise<void> {
  await write
    .updateTable("identifiers")
    .set({ sign_in_key: null })
    .where("key", "in", keys)
    .where("kind", "=", "email")
    .execute();
}

export const insertManyIdentifiers = insertMany("identifiers", [
  "id",
  "account_id",
  "kind",
  "value",
  "key",
  "sign_in_key",
  "confirmed_at",
  "created_at",
]);

export const insertManyAccounts = insertMany("accounts", [
  "id",
  "name",
  "role",
  "status",
  "language",
  "generation",
  "created_at",
  "updated_at",
  "position",
  "department",
  "time_zone",
  "photo",
  "signed_in_at",
  "policy_groups",
]);
