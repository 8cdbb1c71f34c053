import assert from "node:assert/strict";
import { test } from "node:test";
import { afterWorkingTime } from "./hours.ts";
import { type CaseState, fits, isOpen, type Move, moves, movesFrom } from "./states.ts";
import { readWords } from "./thread/thread.ts";

const all = [...new Set(Object.values(moves).flatMap(({ from, to }) => [...from, to]))] as CaseState[];

test("every state can be reached from the first one, and every open one can end", () => {
  const reach = (start: CaseState) => {
    const seen = new Set<CaseState>([start]);
    for (const state of seen) for (const move of movesFrom(state)) seen.add(moves[move].to);
    return seen;
  };
  assert.deepEqual([...reach("unconfirmed")].toSorted(), all.toSorted());
  for (const state of all.filter(isOpen)) {
    const ends = [...reach(state)].filter((other) => !isOpen(other));
    assert.ok(ends.includes("stopped") && ends.includes("closed"), state);
  }
});

test("access is given by one way alone: proposed, approved, waited for, and only then finished", () => {
  const into = (state: CaseState) =>
    (Object.keys(moves) as Move[]).filter((move) => moves[move].to === state);
  assert.deepEqual(into("done"), ["finish"]);
  assert.deepEqual(moves.finish.from, ["released"]);
  assert.deepEqual(into("released"), ["release"]);
  assert.deepEqual(moves.release.from, ["waiting"]);
  assert.deepEqual(into("waiting"), ["approve"]);
  assert.deepEqual(moves.approve.from, ["proposed"]);
});

test("what has ended stays so: nothing leads out but one appeal of a refusal", () => {
  for (const state of ["done", "stopped", "closed", "expired"] as const)
    assert.deepEqual(movesFrom(state), [], state);
  assert.deepEqual(movesFrom("refused"), ["appeal"]);
  assert.equal(fits("veto", "waiting") && fits("veto", "released"), true);
  assert.equal(fits("approve", "stopped"), false);
});

test("an answer is promised in working time: over the night, the weekend, and a change of clocks", () => {
  const hours = { days: [1, 2, 3, 4, 5], opens: 9 * 60, closes: 18 * 60 };
  const promised = (from: string, minutes: number, zone = "Europe/Moscow") =>
    new Date(afterWorkingTime(Date.parse(from), minutes * 60_000, hours, zone)).toISOString();
  assert.equal(promised("2026-11-30T10:00:00+03:00", 240), "2026-11-30T11:00:00.000Z");
  assert.equal(promised("2026-11-30T16:00:00+03:00", 240), "2026-12-01T08:00:00.000Z", "over the night");
  assert.equal(promised("2026-11-27T17:30:00+03:00", 60), "2026-11-30T06:30:00.000Z", "over the weekend");
  assert.equal(promised("2026-11-29T03:00:00+03:00", 15), "2026-11-30T06:15:00.000Z", "from a Sunday night");
  assert.equal(promised("2026-03-27T17:00:00+01:00", 120, "Europe/Berlin"), "2026-03-30T08:00:00.000Z");
  const always = { days: [1, 2, 3, 4, 5, 6, 7], opens: 0, closes: 24 * 60 };
  const at = Date.parse("2026-11-29T23:30:00+03:00");
  assert.equal(afterWorkingTime(at, 3_600_000, always, "Europe/Moscow"), at + 3_600_000);
});

test("typed words lose what steers a reader, and are refused when empty or endless", () => {
  assert.equal(readWords("  а\r\nб\u202e\u0007\n\n\n\nв "), "а\nб\n\nв");
  assert.equal(readWords(" \n "), undefined);
  assert.equal(readWords("я".repeat(4_001)), undefined);
});
