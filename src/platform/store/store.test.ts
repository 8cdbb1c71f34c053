import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { migrations } from "./migrations/index.ts";
import { migrate, openStore } from "./open.ts";
import { afterCommit, type Reader, StoreUnavailable, type Writer } from "./store.ts";

function folder(t: { after(cleanup: () => void): void }): string {
  const path = mkdtempSync(join(tmpdir(), "propusk-store-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function freshStore(t: { after(cleanup: () => Promise<void> | void): void }) {
  const dataDir = folder(t);
  const store = openStore({ dataDir, databaseUrl: undefined });
  t.after(() => store.close());
  await migrate(store);
  return { store, dataDir };
}

const count = (write: Writer, key: string) =>
  write.insertInto("budgets").values({ key, full_at: 1, streak: 0, last_at: 1, windows: "" }).execute();

async function keys(read: Reader): Promise<string[]> {
  const rows = await read.selectFrom("budgets").select("key").orderBy("key").execute();
  return rows.map((row) => row.key);
}

test("a failing transaction takes nobody along that shared its commit", async (t) => {
  const { store } = await freshStore(t);
  const outcomes = await Promise.allSettled([
    store.transact((write) => count(write, "a")),
    store.transact(async (write) => {
      await count(write, "b");
      throw new Error("refused");
    }),
    store.transact((write) => count(write, "c")),
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual(await keys(store.read), ["a", "c"]);
});

test("hooks run after the commit and never after a rollback", async (t) => {
  const { store } = await freshStore(t);
  const heard: string[] = [];
  await store.transact(async (write) => {
    await count(write, "a");
    afterCommit(write, () => heard.push("kept"));
    assert.deepEqual(heard, []);
  });
  const failing = store.transact(async (write) => {
    afterCommit(write, () => heard.push("lost"));
    throw new Error("refused");
  });
  await assert.rejects(failing, /refused/);
  assert.deepEqual(heard, ["kept"]);
});

test("the outer reader and a nested transaction are refused inside a transaction", async (t) => {
  const { store } = await freshStore(t);
  await assert.rejects(
    store.transact(async () => keys(store.read)),
    /used inside a transaction/,
  );
  await assert.rejects(
    store.transact(async () => store.transact(async () => 1)),
    /transact inside a transaction/,
  );
});

test("values that SQLite would silently turn into NULL are refused", async (t) => {
  const { store } = await freshStore(t);
  for (const wrong of [new Date(), Number.NaN, true]) {
    const writing = store.transact((write) =>
      write
        .insertInto("budgets")
        .values({ key: "x", full_at: wrong as number, streak: 0, last_at: 1, windows: "" })
        .execute(),
    );
    await assert.rejects(writing, /must be text/);
  }
  const absent = undefined as unknown as string;
  await assert.rejects(
    store.read.selectFrom("budgets").select("key").where("key", "=", absent).execute(),
    /must be text/,
  );
  assert.deepEqual(await keys(store.read), []);
});

test("two processes that start at once migrate once, and both find the schema ready", async (t) => {
  const dataDir = folder(t);
  const stores = [1, 2].map(() => openStore({ dataDir, databaseUrl: undefined }));
  t.after(() => Promise.all(stores.map((store) => store.close())));
  const steps = await Promise.all(stores.map((store) => migrate(store)));
  assert.deepEqual(steps.flat(), Object.keys(migrations));
});

test("another process holding the write lock makes a change wait without stopping this one", async (t) => {
  const { store, dataDir } = await freshStore(t);
  const other = new DatabaseSync(join(dataDir, "propusk.db"));
  t.after(() => other.close());
  other.exec("begin immediate");
  const writing = store.transact((write) => count(write, "late"));
  assert.deepEqual(await keys(store.read), []);
  other.exec("commit");
  await writing;
  assert.deepEqual(await keys(store.read), ["late"]);
});

test("a full disk refuses the change with StoreUnavailable, keeps nothing half-done and heals", async (t) => {
  const { store } = await freshStore(t);
  assert.equal(store.kind, "sqlite");
  const { sql } = await import("kysely");
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(store.migrating);
  await sql.raw(`pragma max_page_count = ${pages.rows[0]?.page_count ?? 0}`).execute(store.migrating);
  const filling = store.transact(async (write) => {
    for (let index = 0; index < 200; index += 1) await count(write, `${index}-${"x".repeat(900)}`);
  });
  await assert.rejects(filling, StoreUnavailable);
  assert.deepEqual(await keys(store.read), []);
  await sql.raw("pragma max_page_count = 4294967294").execute(store.migrating);
  await store.transact((write) => count(write, "after"));
  assert.deepEqual(await keys(store.read), ["after"]);
});

test("a committed change is synced to the disk: WAL and synchronous=FULL", async (t) => {
  const { store } = await freshStore(t);
  const { sql } = await import("kysely");
  const journal = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(store.migrating);
  const sync = await sql<{ synchronous: number }>`pragma synchronous`.execute(store.migrating);
  assert.equal(journal.rows[0]?.journal_mode, "wal");
  assert.equal(sync.rows[0]?.synchronous, 2);
});
