/** Counts against a history made by hand, by one instance and by several, on both databases. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { onBothDatabases } from "../../test/both-databases.ts";
import { type NewAuditEvent, recordEvent } from "../audit/audit.ts";
import type { Store } from "../platform/store/store.ts";
import {
  type CountingTools,
  countNow,
  createSightings,
  hours,
  noteDelivery,
  percentile,
  purgeFigures,
  totals,
} from "./figures.ts";
import { bucketOf } from "./histogram.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The first hour of a day of UTC. */
const start = Date.UTC(2026, 2, 1);

function toolsFor(store: Store) {
  const time = { now: start };
  const tools = {
    store,
    sightings: createSightings(),
    settings: { recoveryLinkLifetimeMs: HOUR },
    clock: { now: () => time.now },
  } satisfies CountingTools;
  const at = (moment: number) => {
    time.now = moment;
  };
  const happen = (moment: number, event: Partial<NewAuditEvent>) => {
    at(moment);
    const whole = { actor: "anonymous", accountId: null, address: "", detail: {}, action: "", ...event };
    return store.transact((write) => recordEvent(tools, write, whole));
  };
  const ask = (moment: number, accountId: string, channel = "email") =>
    happen(moment, { action: "recovery.asked", accountId, detail: { channel, result: "person" } });
  const send = (moment: number, accountId: string, createdAt: number, result: "accepted" | "failed") =>
    store.transact((write) => {
      const message = { kind: "recovery", accountId, createdAt };
      return noteDelivery(write, {
        channel: "email",
        to: `${accountId}@Mail.ru`,
        gateway: "",
        result,
        at: moment,
        message,
      });
    });
  const change = (moment: number, accountId: string) =>
    happen(moment, { action: "password.changed", accountId, actor: accountId, detail: { how: "recovery" } });
  return { tools, at, happen, ask, send, change };
}

const whole = { from: start - 5 * DAY, to: start + 5 * DAY };
const plain = (map: ReadonlyMap<string, number> | undefined) => Object.fromEntries(map ?? []);

onBothDatabases(
  "a history made by hand is counted exactly, once, whoever counts it",
  async (store, another) => {
    const { tools, at, happen, ask, send, change } = toolsFor(store);
    // Anna asks twice within the hour and gets there; Boris's letter is refused; Vera only opens hers.
    await ask(start + 1_000, "anna");
    await send(start + 3_000, "anna", start + 1_000, "accepted");
    await ask(start + 400_000, "anna");
    await change(start + 601_000, "anna");
    await ask(start + HOUR + 1, "boris");
    await send(start + HOUR + 5, "boris", start + HOUR + 1, "failed");
    await ask(start + 2 * HOUR, "vera", "sms");
    tools.sightings.opened("vera", start + 2 * HOUR + 9_000);
    for (const cause of ["superseded", "superseded", "expired"] as const) {
      tools.sightings.outdated("vera", cause, start + 2 * HOUR + 10_000);
    }
    // Nobody, who has no letter, counts only as one who was not found.
    await happen(start + 2 * HOUR, {
      action: "recovery.asked",
      detail: { channel: "email", result: "nobody" },
    });
    tools.sightings.opened("nobody", start + 2 * HOUR);
    const entering = { action: "session.started", accountId: "anna" };
    await happen(start + 3 * HOUR, { ...entering, detail: { method: "password", newDevice: 1 } });
    await happen(start + 3 * HOUR, { ...entering, detail: { method: "social", service: "yandex" } });
    await happen(start + 3 * HOUR, { action: "session.refused", detail: { method: "password" } });
    await happen(start + 3 * HOUR, { action: "account.blocked", accountId: "boris", actor: "olga" });
    await Promise.all([countNow(tools), countNow({ ...tools, store: another() }), countNow(tools)]);
    // Shown again later, and by another instance.
    const second = { ...tools, store: another(), sightings: createSightings() };
    second.sightings.outdated("vera", "superseded", start + 3 * HOUR);
    second.sightings.opened("vera", start + 3 * HOUR);
    await countNow(second);
    await countNow(tools);

    const expected = {
      "sign-in": { "password done": 1, "yandex done": 1, "password refused": 1 },
      "new-device": { "": 1 },
      recovery: {
        "email asked": 2,
        "email sent": 1,
        "email opened": 1,
        "email changed": 1,
        "sms asked": 1,
        "sms sent": 1,
        "sms opened": 1,
      },
      unmatched: { nobody: 1 },
      "recovery-time": { "600": 1 },
      outdated: { superseded: 1, expired: 1 },
      mail: { "mail.ru accepted": 1, "mail.ru failed": 1 },
      sms: {},
      staff: { blocked: 1 },
    };
    const figures = Object.keys(expected) as (keyof typeof expected)[];
    const found = await totals(store.read, figures, whole);
    for (const figure of figures) assert.deepEqual(plain(found.get(figure)), expected[figure], figure);
    const firstHour = await totals(store.read, ["recovery"], { from: start, to: start + HOUR });
    assert.deepEqual(plain(firstHour.get("recovery")), {
      "email asked": 1,
      "email sent": 1,
      "email opened": 1,
      "email changed": 1,
    });
    const byHour = await hours(store.read, "recovery", { from: start, to: start + DAY });
    assert.deepEqual(
      byHour
        .filter(({ label }) => label.endsWith("asked"))
        .map((row) => [(row.at - start) / HOUR, row.label, row.count])
        .toSorted(([one], [other]) => Number(one) - Number(other)),
      [
        [0, "email asked", 1],
        [1, "email asked", 1],
        [2, "sms asked", 1],
      ],
    );
    at(start + 200 * DAY);
    await purgeFigures(tools);
    assert.deepEqual(plain((await totals(store.read, ["recovery"], whole)).get("recovery")), {});
    assert.deepEqual(await store.read.selectFrom("figure_attempts").selectAll().execute(), []);
  },
);

onBothDatabases(
  "after an hour it is another attempt, and a late letter counts for its own",
  async (store) => {
    const { tools, ask, send, change } = toolsFor(store);
    await ask(start, "anna");
    await ask(start + 2 * HOUR, "anna");
    await send(start + 2 * HOUR + 9_000, "anna", start, "accepted");
    await change(start + 2 * HOUR + 45_000, "anna");
    await ask(start + 2 * HOUR + 60_000, "anna");
    await countNow(tools);
    const hour = async (from: number) =>
      plain((await totals(store.read, ["recovery"], { from, to: from + HOUR })).get("recovery"));
    assert.deepEqual(await hour(start), { "email asked": 1, "email sent": 1 });
    const later = { "email asked": 2, "email sent": 1, "email opened": 1, "email changed": 1 };
    assert.deepEqual(await hour(start + 2 * HOUR), later, "a request after the change begins anew");
  },
);

onBothDatabases(
  "more events than one batch, counted by two instances at once, and more domains than a day tells apart",
  async (store, another) => {
    const { tools, happen } = toolsFor(store);
    const most = 1_200;
    await store.transact(async (write) => {
      for (let index = 0; index < 150; index += 1) {
        const message = { kind: "notice", accountId: null, createdAt: start };
        const to = `a@d${index}.example`;
        const ended = { channel: "email", to, gateway: "", result: "accepted", at: start, message } as const;
        await noteDelivery(write, ended);
      }
      for (let index = 0; index < most; index += 1) {
        await recordEvent({ clock: { now: () => start + index * 60_000 } }, write, {
          action: "session.refused",
          actor: "anonymous",
          accountId: null,
          address: "",
          detail: { method: "password" },
        });
      }
    });
    await happen(start + 2 * DAY, { action: "account.blocked" });
    await Promise.all([countNow(tools), countNow({ ...tools, store: another() })]);
    await countNow(tools);
    const found = await totals(store.read, ["sign-in", "mail", "staff"], whole);
    assert.deepEqual(plain(found.get("sign-in")), { "password refused": most });
    assert.deepEqual(plain(found.get("staff")), { blocked: 1 });
    const mail = found.get("mail") ?? new Map<string, number>();
    assert.equal(mail.size, 101);
    assert.equal(mail.get("* accepted"), 50);
    for (const [from, to] of [
      [0, 20],
      [3, 9],
      [5, 20],
    ] as const) {
      const period = { from: start + from * HOUR, to: start + to * HOUR };
      const part = await totals(store.read, ["sign-in"], period);
      assert.equal(part.get("sign-in")?.get("password refused"), (to - from) * 60);
    }
  },
);

onBothDatabases(
  "an upgrade counts what was recorded before it, as far back as periods reach",
  async (store) => {
    const { tools, at, happen } = toolsFor(store);
    await happen(start - 300 * DAY, { action: "account.blocked" });
    await happen(start - 2 * DAY, { action: "account.blocked" });
    at(start);
    await countNow(tools);
    const everything = await totals(store.read, ["staff"], { from: 0, to: start + DAY });
    assert.deepEqual(plain(everything.get("staff")), { blocked: 1 });
  },
);

test("a median of buckets lies in the bucket that it belongs to, and buckets add up", () => {
  const durations = Array.from({ length: 101 }, (_, index) => index * 6_000);
  const buckets = new Map<string, number>();
  for (const duration of durations) {
    const bucket = bucketOf(duration);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }
  const median = percentile(buckets, 0.5) ?? 0;
  assert.ok(median > 270_000 && median <= 330_000, String(median));
  const late = percentile(buckets, 0.9) ?? 0;
  assert.ok(late > 480_000 && late <= 600_000, String(late));
  assert.equal(percentile(new Map(), 0.5), undefined);
  assert.equal(percentile(new Map([["more", 3]]), 0.5), 86_400_000);
});

test("what is looked at again and again is one entry, and there is an end to them", () => {
  const sightings = createSightings();
  for (let index = 0; index < 30_000; index += 1) sightings.outdated(`a${index % 3}`, "used", index);
  assert.equal(sightings.take().length, 3);
  for (let index = 0; index < 30_000; index += 1) sightings.opened(`a${index}`, index);
  const kept = sightings.take();
  assert.equal(kept.length, 20_000);
  sightings.putBack(kept.slice(0, 2));
  assert.equal(sightings.take().length, 2);
});
