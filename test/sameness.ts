/** Whether strangers see and leave the same for everybody. */
import assert from "node:assert/strict";
import { rowCounts } from "./journey.ts";
import type { Answer, Visitor } from "./walker.ts";
import type { World } from "./world.ts";

/**
 * The answers of a visit without what may differ: echoes, numbers, times and what is random for everybody.
 */
export function whatIsSeen(person: Visitor, echo: string): unknown[] {
  return person.answers.map((answer) => ({
    path: answer.path,
    status: answer.status,
    headers: headersOf(answer),
    body: answer.body
      .replaceAll(echo, "…")
      .replace(/№\s\d{3}/g, "№ …")
      .replace(/\d\d:\d\d/g, "…")
      .replace(/(name="form_token" value=")[^"]*/g, "$1…")
      .split("\n"),
  }));
}

/** Says the first difference only: whole pages would drown it. */
export function agree(seen: unknown[] | undefined, known: unknown[] | undefined, who: string): void {
  assert.equal(seen?.length, known?.length, who);
  const lines = (answers: unknown[] = []) => JSON.stringify(answers, null, 1).split("\n");
  const expected = lines(known);
  for (const [index, line] of lines(seen).entries()) assert.equal(line, expected[index], who);
}

function headersOf({ headers }: Answer): Record<string, unknown> {
  const cookies = (headers["set-cookie"] ?? []).map((line) =>
    line.replace(/=([^;]*)/, (_, value: string) => `: ${value.length} characters`),
  );
  const { date: _, etag: __, ...rest } = headers;
  return { ...rest, "set-cookie": cookies };
}

/** Rows that a request itself makes; what the sender adds to the trace later is nobody's to see. */
export async function rowsNow(world: World): Promise<Record<string, number>> {
  const { read } = world.service.tools.store;
  const counts = await rowCounts(world);
  const queued = await read.selectFrom("message_events").select("id").where("step", "=", "queued").execute();
  return { ...counts, message_events: queued.length };
}

export function difference(
  after: Record<string, number>,
  before: Record<string, number>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([table, rows]) => [table, rows - (before[table] ?? 0)]),
  );
}
