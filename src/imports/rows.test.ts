import assert from "node:assert/strict";
import { onBothDatabases } from "../../test/both-databases.ts";
import { planOfLast } from "../../test/plan.ts";
import * as rows from "./rows.ts";
import { lookAtTables } from "./upkeep/rows.ts";

const LINES = 5_000;

onBothDatabases("M30: a batch looks up its people and not all the lines before it", async (store) => {
  const common = { import_id: "import", verdict: "added", notes: "", shown: "", cells: null } as const;
  const lines = Array.from({ length: LINES }, (_, line) => ({
    ...common,
    line,
    person_key: `login anna${line}`,
    account_id: null,
  }));
  const unknown = { began_at: null, checked_at: null, lease_owner: null, problem: null, finished_at: null };
  await store.transact(async (write) => {
    await rows.insertImport(write, {
      ...unknown,
      id: "import",
      created_by: "cli",
      file_name: "people.csv",
      size: 1,
      state: "running",
      settings: "{}",
      counts: "{}",
      done_rows: LINES,
      done_bytes: 1,
      lease_until: 0,
      created_at: 1,
    });
    await rows.keepLines(write, "import", lines);
    await lookAtTables(write, store.kind, LINES);
  });
  const keys = lines.slice(-20).map(({ person_key }) => person_key);
  const plan = await planOfLast(store, (read) => rows.earlierKeys(read, "import", keys, LINES));
  assert.match(plan, /import_rows_by_key/);
  assert.doesNotMatch(plan, /by_verdict|import_rows_pkey|autoindex/);
  assert.equal((await rows.earlierKeys(store.read, "import", keys, LINES - 5)).size, 15);
});
