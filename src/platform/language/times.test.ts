import assert from "node:assert/strict";
import { test } from "node:test";
import { dayStart } from "./times.ts";

test("a day begins at midnight of its zone, also where the clocks are changed on it", () => {
  assert.equal(dayStart("2026-11-22", "Europe/Moscow"), Date.UTC(2026, 10, 21, 21));
  assert.equal(dayStart("2026-12-31", "UTC", 1), Date.UTC(2027, 0, 1));
  const before = dayStart("2026-03-29", "Europe/Berlin") ?? 0;
  assert.equal((dayStart("2026-03-29", "Europe/Berlin", 1) ?? 0) - before, 23 * 3_600_000);
});

test("what is no day begins never", () => {
  for (const text of ["", "x", "2026-02-30", "2026-13-01", "22.11.2026", "2026-1-1", "99999-01-01"])
    assert.equal(dayStart(text, "UTC"), undefined, text);
});
