/** A promise that has to hold on the embedded database and on PostgreSQL alike. */
import { rmSync } from "node:fs";
import { test } from "node:test";
import { startPostgres } from "../scripts/postgres.ts";
import { migrate, type OpenStore, openStore } from "../src/platform/store/open.ts";
import { freshDatabase, freshFolder } from "./fresh-database.ts";

/**
 * Runs `body` with a fresh migrated database of each kind; on PostgreSQL only where `TEST_DATABASE_URL`
 * names a server, as `npm test` does. `another` opens the same database a second time, as a second instance
 * would.
 */
export function onBothDatabases(
  title: string,
  body: (store: OpenStore, another: () => OpenStore) => Promise<void>,
): void {
  test(`${title} (SQLite)`, async () => {
    const dataDir = freshFolder("propusk-test-");
    try {
      await withStores({ dataDir, databaseUrl: undefined }, body);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
  if (!process.env.TEST_DATABASE_URL) return;
  test(`${title} (PostgreSQL)`, async () => {
    const server = await startPostgres();
    try {
      await withStores({ dataDir: "", databaseUrl: await freshDatabase(server) }, body);
    } finally {
      await server.stop();
    }
  });
}

async function withStores(
  place: { dataDir: string; databaseUrl: string | undefined },
  body: (store: OpenStore, another: () => OpenStore) => Promise<void>,
): Promise<void> {
  const opened: OpenStore[] = [];
  const open = () => {
    const store = openStore(place);
    opened.push(store);
    return store;
  };
  try {
    const store = open();
    await migrate(store);
    await body(store, open);
  } finally {
    for (const store of opened) await store.close();
  }
}
