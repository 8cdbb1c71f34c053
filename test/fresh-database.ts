/**
 * Migrated databases that nobody has used. `npm test` migrates one of each kind for the whole run, and every
 * world begins with a copy: the steps of all releases are walked in tests of their own, not in each of a
 * thousand. Without `npm test` a fresh database is empty, and whoever opens it migrates it.
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestPostgres } from "../scripts/postgres.ts";
import { migrate, openStore } from "../src/platform/store/open.ts";

const FILE = "propusk.db";

/** A folder of its own, its database in it. */
export function freshFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const pattern = process.env.TEST_PATTERN_FILE;
  if (pattern) copyFileSync(pattern, join(folder, FILE));
  return folder;
}

export function freshDatabase(server: TestPostgres): Promise<string> {
  const template = process.env.TEST_PATTERN_DATABASE;
  return server.createDatabase(undefined, template ? { template } : {});
}

/** Makes what the others copy, and names it to the processes that are started from here. */
export async function preparePatterns(server: TestPostgres): Promise<{ remove(): void }> {
  const dataDir = mkdtempSync(join(tmpdir(), "propusk-pattern-"));
  const name = "pattern";
  for (const databaseUrl of [undefined, await server.createDatabase(name)]) {
    const store = openStore({ dataDir, databaseUrl });
    await migrate(store);
    await store.close();
  }
  process.env.TEST_PATTERN_FILE = join(dataDir, FILE);
  process.env.TEST_PATTERN_DATABASE = name;
  return { remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}
