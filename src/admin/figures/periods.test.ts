import assert from "node:assert/strict";
import { test } from "node:test";
import { periodOf, readDays } from "./periods.ts";

const HOUR = 3_600_000;
const hours = ({ from, to }: { from: number; to: number }) => (to - from) / HOUR;

test("days are those of the one who looks, also when clocks are put forward and back", () => {
  // In Berlin 29 March 2026 has 23 hours and 25 October 25.
  const spring = periodOf(7, Date.parse("2026-03-31T10:20:00Z"), "Europe/Berlin");
  assert.deepEqual(spring.parts.map(hours), [24, 24, 24, 24, 23, 24, 13]);
  assert.equal(new Date(spring.from).toISOString(), "2026-03-24T23:00:00.000Z");
  const autumn = periodOf(7, Date.parse("2026-10-26T10:20:00Z"), "Europe/Berlin");
  assert.deepEqual(autumn.parts.map(hours), [24, 24, 24, 24, 24, 25, 12]);
  const there = periodOf(7, Date.parse("2026-03-31T10:20:00Z"), "Asia/Kamchatka");
  assert.equal(new Date(there.from).toISOString(), "2026-03-24T12:00:00.000Z");
});

test("the period before is as long by the clock on the wall, and ends as late in its last day", () => {
  for (const days of [1, 7, 30, 90] as const) {
    const period = periodOf(days, Date.parse("2026-11-22T11:05:00Z"), "Europe/Moscow");
    assert.equal(period.parts.length, days === 1 ? 24 : days);
    assert.equal(period.from - period.before.from, days * 24 * HOUR);
    assert.equal(period.to - period.before.to, days * 24 * HOUR);
    assert.equal(period.parts[0]?.from, period.from);
    assert.equal(period.parts.at(-1)?.to, period.to);
    for (const [index, part] of period.parts.entries()) {
      assert.equal(part.to, period.parts[index + 1]?.from ?? period.to, "without gaps");
    }
  }
  const spring = periodOf(7, Date.parse("2026-03-31T10:20:00Z"), "Europe/Berlin");
  assert.equal(new Date(spring.before.from).toISOString(), "2026-03-17T23:00:00.000Z");
  assert.equal(new Date(spring.before.to).toISOString(), "2026-03-24T12:00:00.000Z");
});

test("where clocks go by half an hour, everything still begins at an hour that is counted", () => {
  const { parts, before } = periodOf(30, Date.parse("2026-11-22T11:05:00Z"), "Asia/Kolkata");
  for (const at of [...parts.flatMap(({ from, to }) => [from, to]), before.from, before.to]) {
    assert.equal(at % HOUR, 0);
  }
});

test("whatever else is asked for is a week", () => {
  assert.deepEqual(["1", "7", "30", "90", "2", "", "x", undefined].map(readDays), [1, 7, 30, 90, 7, 7, 7, 7]);
});
