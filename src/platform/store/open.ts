import { createRequire } from "node:module";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations/index.ts";
import type { PostgresStore } from "./postgres.ts";
import { openSqlite, type SqliteStore } from "./sqlite.ts";
import { DatabaseRefused } from "./store.ts";

export type OpenStore = SqliteStore | PostgresStore;

/** Opens the embedded database of `dataDir`, or PostgreSQL when an address is given. Does not migrate. */
export function openStore(place: { dataDir: string; databaseUrl: string | undefined }): OpenStore {
  if (!place.databaseUrl) return openSqlite(place.dataDir);
  // Only now: the driver is memory that an embedded installation need not carry.
  const { openPostgres } = load("./postgres.ts") as typeof import("./postgres.ts");
  return openPostgres(place.databaseUrl);
}

const load = createRequire(import.meta.url);

/**
 * Brings the schema forward, under a lock that several starting processes respect, and returns the names of
 * the steps that this call took. Throws when a step fails (nothing of it is kept) or when the database was
 * written by a newer release.
 */
export async function migrate(store: OpenStore): Promise<string[]> {
  const migrator = new Migrator({ db: store.migrating, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error instanceof Error && error.message.startsWith("corrupted migrations")) {
    throw new DatabaseRefused(
      "the database was written by a newer release: start that one, or restore a backup",
    );
  }
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}
