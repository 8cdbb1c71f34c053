import assert from "node:assert/strict";
import { fstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { migrations } from "./migrations/index.ts";
import { migrate, openStore } from "./open.ts";
import { openSqlite } from "./sqlite.ts";
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

test("rows are read rightly while another process changes their table to a newer release's", async (t) => {
  const { store, dataDir } = await freshStore(t);
  await store.transact((write) => count(write, "a"));
  const read = () => [
    store.read.selectFrom("budgets").selectAll().select("key as again").execute(),
    store.read.selectFrom("budgets").select(["windows", "key", "full_at"]).execute(),
  ];
  const before = await Promise.all(read());
  const other = new DatabaseSync(join(dataDir, "propusk.db"));
  other.exec("alter table budgets add column newer text default 'x'");
  const [whole, named] = await Promise.all(read());
  assert.deepEqual({ ...whole?.[0] }, { ...before[0]?.[0], newer: "x" });
  assert.deepEqual({ ...named?.[0] }, { windows: "", key: "a", full_at: 1 });
  other.exec(`create table turned (windows text, last_at bigint, streak bigint, full_at bigint, key text);
    insert into turned select windows, last_at, streak, full_at, key from budgets;
    drop table budgets; alter table turned rename to budgets`);
  other.close();
  assert.deepEqual({ ...(await Promise.all(read()))[0]?.[0] }, { ...before[0]?.[0] });
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

/** A database whose disk takes its time: each sync waits to be let through. */
async function onSlowDisk(t: { after(cleanup: () => Promise<void> | void): void }) {
  const syncs: { done(): void; fail(error: Error): void }[] = [];
  let asked = () => {};
  const disk = { slow: false };
  const store = openSqlite(folder(t), (descriptor) => {
    fstatSync(descriptor);
    if (!disk.slow) return Promise.resolve();
    return new Promise((done, fail) => {
      syncs.push({ done, fail });
      asked();
    });
  });
  t.after(() => store.close());
  await migrate(store);
  disk.slow = true;
  const nextSync = async () => {
    while (syncs.length === 0) await new Promise<void>((resolve) => (asked = resolve));
    return syncs.shift() ?? assert.fail("no sync");
  };
  return { store, nextSync };
}

test("nobody hears of a change before it is on the disk; what comes meanwhile shares a sync", async (t) => {
  const { store, nextSync } = await onSlowDisk(t);
  const told: string[] = [];
  const change = (key: string) =>
    store
      .transact(async (write) => {
        await count(write, key);
        afterCommit(write, () => told.push(`hook ${key}`));
      })
      .then(() => told.push(key));
  const first = change("a");
  const sync = await nextSync();
  const later = [change("b"), change("c")];
  assert.deepEqual(await keys(store.read), ["a"]);
  await nextTurn();
  assert.equal(told.length, 0);
  sync.done();
  await first;
  assert.equal(told.join(), "hook a,a");
  (await nextSync()).done();
  await Promise.all(later);
  assert.deepEqual(
    told.toSorted((a, b) => a.localeCompare(b)),
    ["a", "b", "c", "hook a", "hook b", "hook c"],
  );
});

test("a change that the system keeps does not wait for the disk; who shares its commit does", async (t) => {
  const { store, nextSync } = await onSlowDisk(t);
  const told: string[] = [];
  const change = (key: string, wish?: { kept: "by-the-system" }) =>
    store.transact((write) => count(write, key), wish).then(() => told.push(key));
  await change("a", { kept: "by-the-system" });
  assert.deepEqual(await keys(store.read), ["a"]);
  const together = [change("b", { kept: "by-the-system" }), change("c")];
  const sync = await nextSync();
  await nextTurn();
  assert.deepEqual(told, ["a"]);
  sync.done();
  await Promise.all(together);
});

test("changes that begin a few turns of the loop apart share one commit", async (t) => {
  const { store, nextSync } = await onSlowDisk(t);
  const changes = [store.transact((write) => count(write, "a"))];
  for (const key of ["b", "c"]) {
    await nextTurn();
    changes.push(store.transact((write) => count(write, key)));
  }
  (await nextSync()).done();
  await Promise.all(changes);
  assert.deepEqual(await keys(store.read), ["a", "b", "c"]);
});

test("a disk that cannot keep a change is told to who made it, and to nobody after", async (t) => {
  const { store, nextSync } = await onSlowDisk(t);
  const lost = store.transact((write) => count(write, "a"));
  const rejected = assert.rejects(lost, StoreUnavailable);
  (await nextSync()).fail(new Error("EIO"));
  await rejected;
  const next = store.transact((write) => count(write, "b"));
  (await nextSync()).done();
  await next;
});

test("closing waits for the disk", async (t) => {
  const { store, nextSync } = await onSlowDisk(t);
  const kept = store.transact((write) => count(write, "a"));
  const sync = await nextSync();
  const order: string[] = [];
  const closed = store.close().then(() => order.push("closed"));
  const heard = kept.then(() => order.push("kept"));
  await nextTurn();
  sync.done();
  await Promise.all([closed, heard]);
  assert.deepEqual(order, ["kept", "closed"]);
});

/** A parser with a stack of a hundred, as SQLite had up to 3.45, keeps three for each level. */
const DEEPEST = 25;

test("the schema is read by the sqlite3 that a backup is made with, whatever its age", async (t) => {
  const { store } = await freshStore(t);
  const { rows } = await sql<{ name: string; text: string }>`select name, sql as text from sqlite_schema
    where sql is not null`.execute(store.migrating);
  assert.ok(rows.length > 100);
  assert.deepEqual(
    rows.filter(({ text }) => depthOf(text) > DEEPEST).map(({ name }) => name),
    [],
  );
});

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const sign of text) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
