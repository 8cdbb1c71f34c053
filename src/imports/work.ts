/** Works through one import, batch by batch, for as long as its lease is held. */
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { StoreUnavailable } from "../platform/store/store.ts";
import { type BatchOutcome, type Hold, leaseUntil, takeBatch } from "./batch.ts";
import { isSlow } from "./hashes.ts";
import { type JudgedRow, judgeRow } from "./judging.ts";
import { dropParts, PieceSealed, partsOf } from "./parts.ts";
import { rowsOf } from "./reading/source.ts";
import * as rows from "./rows.ts";
import type { ImportSettings } from "./settings.ts";
import { recordStep } from "./steps.ts";
import * as upkeep from "./upkeep/rows.ts";
import { type Counts, noCounts } from "./verdicts.ts";
import type { Work, WorkOptions, WorkTools } from "./worker.ts";

const BATCH_ROWS = 500;
/** When tables have grown so much that the database should look at them anew. */
const looksAt = [500, 5_000, 50_000];
/** Each takes some 25 ms: the place is kept every second or two all the same. */
const BATCH_SLOW = 40;
/** 60 letters a minute: what a mail server takes from one sender without becoming suspicious. */
const LETTERS = 20;
const LETTERS_EVERY_MS = 20_000;

export async function workThrough(tools: WorkTools, options: WorkOptions, work: Work): Promise<void> {
  const lease = { owner: work.owner, until: leaseUntil(tools.clock), now: tools.clock.now() };
  const { kind } = tools.store;
  if (!(await tools.store.transact((write) => rows.takeLease(write, work.id, lease)))) return;
  try {
    await tools.store.transact((write) => upkeep.setCache(write, kind, "wide"));
    for (;;) {
      const job = await rows.importById(tools.store.read, work.id);
      if (!job || work.signal.aborted || job.lease_owner !== work.owner) return;
      if (job.state === "checking" || job.state === "running") {
        if ((await readThrough(tools, options, work, job, job.state)) !== "ended") return;
      } else if (job.state === "inviting") {
        if (!(await inviteSome(tools, options, work, job))) return;
      } else return;
    }
  } finally {
    await tools.store.transact(async (write) => {
      await upkeep.setCache(write, kind, "usual");
      await rows.letGo(write, work.id, work.owner);
    });
  }
}

async function readThrough(
  tools: WorkTools,
  options: WorkOptions,
  work: Work,
  job: rows.ImportRow,
  state: Hold["state"],
): Promise<"ended" | "stopped"> {
  const settings = JSON.parse(job.settings) as ImportSettings;
  const counts = { ...noCounts(), ...(JSON.parse(job.counts) as Counts) };
  const hold: Hold = { id: job.id, owner: work.owner, state, settings, doneRows: job.done_rows, counts };
  const flush = async (batch: JudgedRow[], bytes: number): Promise<BatchOutcome["kind"]> => {
    const outcome = await takeBatch(tools, hold, { rows: batch, bytes });
    if (outcome.kind !== "kept") return outcome.kind;
    const before = hold.doneRows;
    hold.doneRows += batch.length;
    if (state === "running" && looksAt.some((row) => before < row && hold.doneRows >= row))
      await tools.store.transact((write) => upkeep.lookAtTables(write, tools.store.kind, hold.doneRows));
    hold.counts = outcome.counts;
    options.onProgress?.({
      ...job,
      done_rows: hold.doneRows,
      done_bytes: bytes,
      counts: JSON.stringify(hold.counts),
    });
    return "kept";
  };
  try {
    const end = await eachBatch(tools, work, hold, flush);
    if (end === "kept") await finishReading(tools, hold);
    else if (end === "no-right") await fail(tools, job, "no-right");
    return end === "kept" || end === "no-right" ? "ended" : "stopped";
  } catch (fault) {
    // The database will be back, and so will somebody to go on from here.
    if (fault instanceof StoreUnavailable) throw fault;
    tools.log?.error({ err: fault, importId: job.id }, "an import failed");
    await fail(tools, job, fault instanceof PieceSealed ? "sealed" : "fault");
    return "ended";
  }
}

async function eachBatch(
  tools: WorkTools,
  work: Work,
  hold: Hold,
  flush: (batch: JudgedRow[], bytes: number) => Promise<BatchOutcome["kind"]>,
): Promise<BatchOutcome["kind"] | "stopped"> {
  let seen = 0;
  let batch: JudgedRow[] = [];
  let slow = 0;
  let bytes = 0;
  const done = hold.doneRows;
  for await (const some of rowsOf(hold.settings.source, partsOf(tools, hold.id))) {
    for (const row of some) {
      seen += 1;
      if (seen <= done) continue;
      const judged = await judgeRow(row, hold.settings);
      // Numbers are for people who are there by then.
      const people = batch.at(-1)?.kind === "person" && judged.kind === "number" ? batch : [];
      if (people.length > 0) {
        const kept = await flush(people, bytes);
        if (kept !== "kept") return kept;
        [batch, slow] = [[], 0];
      }
      batch.push(judged);
      bytes = row.bytes;
      if (hold.state === "running" && judged.kind === "person" && isSlow(judged.person)) slow += 1;
      if (batch.length < BATCH_ROWS && slow < BATCH_SLOW) continue;
      const kept = await flush(batch, bytes);
      if (kept !== "kept") return kept;
      [batch, slow] = [[], 0];
      if (work.signal.aborted) return "stopped";
      await nextTurn();
    }
    // Between the pieces of the file as well, so that reading it never holds up a page for long.
    await nextTurn();
  }
  return batch.length > 0 ? flush(batch, bytes) : "kept";
}

async function finishReading(tools: WorkTools, hold: Hold): Promise<void> {
  const now = tools.clock.now();
  const isCheck = hold.state === "checking";
  if (hold.doneRows === 0) {
    const job = await rows.importById(tools.store.read, hold.id);
    if (job) await fail(tools, job, "no-people");
    return dropParts(tools, hold.id);
  }
  const next = isCheck ? "checked" : hold.settings.invite ? "inviting" : "done";
  await tools.store.transact(async (write) => {
    const job = await rows.holdImport(write, tools.store.kind, hold.id);
    if (job?.state !== hold.state || job.lease_owner !== hold.owner) return;
    await rows.changeImport(write, hold.id, {
      state: next,
      ...(isCheck && { checked_at: now }),
      ...(next === "inviting" && { done_rows: 0 }),
      ...(next === "done" && { finished_at: now }),
    });
    await recordStep(tools, write, job, isCheck ? "import.checked" : "import.finished", hold.counts);
  });
  if (!isCheck) await dropParts(tools, hold.id);
}

async function fail(tools: WorkTools, job: rows.ImportRow, problem: string): Promise<void> {
  await tools.store.transact(async (write) => {
    const now = tools.clock.now();
    const unbegun = job.state === "checking" && { done_rows: 0, counts: JSON.stringify(noCounts()) };
    await rows.changeImport(write, job.id, { state: "failed", problem, finished_at: now, ...unbegun });
    await recordStep(tools, write, job, "import.failed", { problem });
  });
}

/** False when there is nothing left for this process to do. */
async function inviteSome(
  tools: WorkTools,
  options: WorkOptions,
  work: Work,
  job: rows.ImportRow,
): Promise<boolean> {
  const { language } = JSON.parse(job.settings) as Partial<ImportSettings>;
  const left = await tools.store.transact(async (write) => {
    const held = await rows.holdImport(write, tools.store.kind, job.id);
    if (held?.state !== "inviting" || held.lease_owner !== work.owner) return "lost";
    const some = await rows.addedAfter(write, job.id, held.done_rows, LETTERS);
    for (const { account_id: accountId } of some)
      if (accountId) await options.invite(write, { accountId, language: language ?? "ru" });
    const last = some.at(-1);
    const isLast = some.length < LETTERS;
    await rows.changeImport(write, job.id, {
      done_rows: last?.line ?? held.done_rows,
      lease_until: leaseUntil(tools.clock),
      ...(isLast && { state: "done", finished_at: tools.clock.now() }),
    });
    return isLast ? "nobody" : "some";
  });
  if (left !== "some") return left === "nobody";
  await sleep(LETTERS_EVERY_MS, undefined, { signal: work.signal }).catch(() => {});
  return !work.signal.aborted;
}
