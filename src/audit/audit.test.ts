import assert from "node:assert/strict";
import { onBothDatabases } from "../../test/both-databases.ts";
import type { OpenStore } from "../platform/store/open.ts";
import type { Store } from "../platform/store/store.ts";
import { eventsOf, findEvents, recordEvent, verifyAudit } from "./audit.ts";

const clock = { now: () => 1_800_000_000_000 };

function record(store: Store, index: number, accountId: string | null = "anna"): Promise<void> {
  return store.transact((write) =>
    recordEvent({ clock }, write, {
      action: "password.changed",
      actor: "anonymous",
      accountId,
      address: "192.0.2.1",
      detail: { how: "recovery", number: index, note: null },
    }),
  );
}

async function recordMany(store: Store, count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) await record(store, index);
}

onBothDatabases("an untouched record is whole, empty or longer than a page", async (store) => {
  assert.deepEqual(await verifyAudit(store.read), { kind: "whole", events: 0, headHash: "" });
  await recordMany(store, 3);
  const verdict = await verifyAudit(store.read);
  assert.equal(verdict.kind === "whole" && verdict.events, 3);
  await store.transact(async (write) => {
    for (let index = 0; index < 1_100; index += 1) {
      await recordEvent({ clock }, write, {
        action: "session.ended",
        actor: "system",
        accountId: null,
        address: "",
        detail: {},
      });
    }
  });
  const long = await verifyAudit(store.read);
  assert.equal(long.kind === "whole" && long.events, 1_103);
});

onBothDatabases("two instances that record at once make one chain", async (store, another) => {
  const other = another();
  const both = Array.from({ length: 40 }, (_, index) => record(index % 2 === 0 ? store : other, index));
  await Promise.all(both);
  const verdict = await verifyAudit(store.read);
  assert.equal(verdict.kind === "whole" && verdict.events, 40);
});

onBothDatabases("an event of a transaction that is rolled back leaves no gap", async (store) => {
  await record(store, 1);
  const failing = store.transact(async (write) => {
    await recordEvent({ clock }, write, {
      action: "password.changed",
      actor: "cli",
      accountId: "anna",
      address: "",
      detail: {},
    });
    throw new Error("refused");
  });
  await assert.rejects(failing, /refused/);
  await record(store, 2);
  const verdict = await verifyAudit(store.read);
  assert.equal(verdict.kind === "whole" && verdict.events, 2);
});

onBothDatabases("every event is found under its account, newest first", async (store) => {
  await record(store, 1, "anna");
  await record(store, 2, "boris");
  await record(store, 3, "anna");
  await record(store, 4, null);
  const found = await eventsOf(store.read, "anna", { most: 10 });
  assert.deepEqual(
    found.map((event) => event.detail.number),
    [3, 1],
  );
  assert.deepEqual(await eventsOf(store.read, "anna", { most: 1 }), [
    {
      seq: 3,
      at: clock.now(),
      action: "password.changed",
      actor: "anonymous",
      accountId: "anna",
      address: "192.0.2.1",
      detail: { how: "recovery", number: 3, note: null },
    },
  ]);
});

/** Damages ten events by a hand that reaches the database but does not know or care for the chain. */
function damage(
  title: string,
  spoil: (database: OpenStore["migrating"]) => Promise<unknown>,
  expected: { seq: number; why: string },
): void {
  onBothDatabases(title, async (store) => {
    await recordMany(store, 10);
    await spoil(store.migrating);
    assert.deepEqual(await verifyAudit(store.read), { kind: "broken", ...expected });
  });
}

for (const [column, value] of Object.entries({
  at: 5,
  action: "password.kept",
  actor: "cli",
  account_id: null,
  address: "192.0.2.2",
  detail: "{}",
  hash: "0".repeat(64),
})) {
  damage(
    `an edited ${column} is found`,
    (database) =>
      database
        .updateTable("audit_events")
        .set({ [column]: value })
        .where("seq", "=", 4)
        .execute(),
    { seq: 4, why: "changed" },
  );
}

damage(
  "a row taken from the middle is found",
  (database) => database.deleteFrom("audit_events").where("seq", "=", 6).execute(),
  { seq: 6, why: "missing" },
);

damage(
  "rows taken from the start are found",
  (database) => database.deleteFrom("audit_events").where("seq", "<=", 2).execute(),
  { seq: 1, why: "missing" },
);

damage(
  "rows taken from the end are found",
  (database) => database.deleteFrom("audit_events").where("seq", ">", 8).execute(),
  { seq: 9, why: "missing" },
);

damage("an emptied record is found", (database) => database.deleteFrom("audit_events").execute(), {
  seq: 1,
  why: "missing",
});

damage(
  "an end cut off together with the head's number is found",
  async (database) => {
    await database.deleteFrom("audit_events").where("seq", "=", 10).execute();
    await database.updateTable("audit_head").set({ seq: 9 }).execute();
  },
  { seq: 9, why: "head" },
);

damage("a row put behind the end is found", (database) => copyOf(database, 11), { seq: 11, why: "added" });

damage("a row put before the start is found", (database) => copyOf(database, 0), { seq: 0, why: "added" });

damage(
  "two rows that changed places are found",
  async (database) => {
    for (const [from, to] of [
      [3, 100],
      [7, 3],
      [100, 7],
    ] as const) {
      await database.updateTable("audit_events").set({ seq: to }).where("seq", "=", from).execute();
    }
  },
  { seq: 3, why: "changed" },
);

damage("a head that is gone is found", (database) => database.deleteFrom("audit_head").execute(), {
  seq: 0,
  why: "head",
});

async function copyOf(database: OpenStore["migrating"], seq: number): Promise<void> {
  const row = await database
    .selectFrom("audit_events")
    .selectAll()
    .where("seq", "=", 5)
    .executeTakeFirstOrThrow();
  await database
    .insertInto("audit_events")
    .values({ ...row, seq })
    .execute();
}

onBothDatabases("a period is found again though the clocks of two instances are apart", async (store) => {
  const minute = 60_000;
  const times = [0, 5, 1, 6, 2, 30, 60].map((minutes) => clock.now() + minutes * minute);
  for (const at of times) {
    await store.transact((write) =>
      recordEvent({ clock: { now: () => at } }, write, {
        action: at === times[5] ? "session.ended" : "session.started",
        actor: "system",
        accountId: null,
        address: "",
        detail: {},
      }),
    );
  }
  const found = async (from: number, to: number, more = {}) => {
    const period = { since: clock.now() + from * minute, until: clock.now() + to * minute };
    return (await findEvents(store.read, { ...period, ...more }, { most: 50 })).map(({ seq }) => seq);
  };
  assert.deepEqual(await found(1, 6), [5, 3, 2]);
  assert.deepEqual(await found(5, 31), [6, 4, 2]);
  assert.deepEqual(await found(5, 31, { actions: ["session.ended", "session.started"] }), [6, 4, 2]);
  assert.deepEqual(await found(5, 31, { actions: ["session.ended", "photo.changed"] }), [6]);
  assert.deepEqual(await found(5, 31, { except: ["session.ended"], actors: ["system"] }), [4, 2]);
  assert.deepEqual(await found(5, 31, { notActors: ["system"] }), []);
  assert.deepEqual(await found(5, 31, { actions: [] }), []);
  assert.deepEqual(await found(61, 90), []);
  assert.deepEqual(await found(-90, -61), []);
});
