import { Migrator } from "kysely/migration";
import { migrations } from "./migrations/index.ts";
import { openPostgres, type PostgresStore } from "./postgres.ts";
import { openSqlite, type SqliteStore } from "./sqlite.ts";
import { DatabaseRefused } from "./store.ts";

export type OpenStore = SqliteStore | PostgresStore;

/** Opens the embedded database of `dataDir`, or PostgreSQL when an address is given. Does not migrate. */
export function openStore(place: { dataDir: string; databaseUrl: string | undefined }): OpenStore {
  return place.databaseUrl ? openPostgres(place.databaseUrl) : openSqlite(place.dataDir);
}

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
