/**
 * A code is found by the request that it belongs to, never by its hash, so the index of hashes leaves codes
 * out: of what a recovery writes, only the limits changed more pages.
 */
import { type Kysely, sql } from "kysely";

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropIndex("proofs_by_secret_hash").execute();
  await sql`create unique index proofs_by_secret_hash on proofs (secret_hash) where form <> 'code'`.execute(
    database,
  );
}
