/** One batch of rows: judged in the dry run, done in the run, and what became of it kept with its place. */
import { accountById, holdBringing } from "../accounts/accounts.ts";
import { recordEvents } from "../audit/audit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Reader, Writer } from "../platform/store/store.ts";
import { apply } from "./applying.ts";
import { type Bringer, type Decision, decide } from "./deciding.ts";
import { type Brought, makeReady, noteOn } from "./hashes.ts";
import type { JudgedRow } from "./judging.ts";
import * as rows from "./rows.ts";
import type { ImportSettings } from "./settings.ts";
import type { Counts, Note, Verdict } from "./verdicts.ts";
import type { WorkTools } from "./worker.ts";

export interface Batch {
  rows: readonly JudgedRow[];
  /** About how many bytes of the file have been read by its end. */
  bytes: number;
}

/** Whose work it is, and where it stood before. */
export interface Hold {
  id: string;
  owner: string;
  state: "checking" | "running";
  settings: ImportSettings;
  doneRows: number;
  counts: Counts;
}

export type BatchOutcome =
  | { kind: "kept"; counts: Counts }
  /** Cancelled, or somebody else's by now. */
  | { kind: "lost" }
  /** Whoever began it may not bring people any more. */
  | { kind: "no-right" };

const LEASE_MS = 60_000;

export function leaseUntil(clock: Clock): number {
  return clock.now() + LEASE_MS;
}

/** Somebody signed up or changed a contact between the look and the change: look again. */
class LookAgain extends Error {}

const TIMES = 4;

export async function takeBatch(tools: WorkTools, hold: Hold, batch: Batch): Promise<BatchOutcome> {
  for (let time = 1; ; time += 1) {
    try {
      return hold.state === "checking"
        ? await checkBatch(tools, hold, batch)
        : await runBatch(tools, hold, batch);
    } catch (error) {
      // A key that was given to somebody at this very moment breaks the constraint; it is seen next time.
      const again = error instanceof LookAgain || isConstraint(error);
      if (!again || time >= TIMES) throw error;
    }
  }
}

async function checkBatch(tools: WorkTools, hold: Hold, batch: Batch): Promise<BatchOutcome> {
  const { read } = tools.store;
  const job = await rows.importById(read, hold.id);
  const bringer = job && (await bringerOf(read, job.created_by));
  if (!bringer) return { kind: "no-right" };
  const decisions = await decide(read, hold.id, batch.rows, hold.settings, bringer);
  return tools.store.transact(async (write) => {
    if (!(await isHeld(tools, write, hold))) return { kind: "lost" };
    const lines = decisions.map((decision) => lineOf(hold.id, decision, noteOfHash(decision), null));
    await rows.keepLines(write, hold.id, lines);
    return keep(tools, write, hold, batch, lines);
  });
}

async function runBatch(tools: WorkTools, hold: Hold, batch: Batch): Promise<BatchOutcome> {
  const job = await rows.importById(tools.store.read, hold.id);
  const by = job?.created_by ?? "";
  const ready = await readyFor(tools, hold, batch, by);
  return tools.store.transact(async (write) => {
    if (!(await isHeld(tools, write, hold))) return { kind: "lost" };
    const bringer = await bringerOf(write, by);
    if (!bringer) return { kind: "no-right" };
    await holdBringing(write, tools.store.kind);
    const decisions = await decide(write, hold.id, batch.rows, hold.settings, bringer);
    if (decisions.some((decision) => needsPassword(decision) && !ready.has(decision.row.line)))
      throw new LookAgain();
    const setting = { importId: hold.id, settings: hold.settings, actor: by, ready };
    const applied = await apply(tools, write, decisions, setting);
    const lines = decisions.map((decision) => {
      const line = "row" in decision ? decision.row.line : decision.line;
      return lineOf(hold.id, decision, ready.get(line)?.note, applied.accounts.get(line) ?? null);
    });
    await rows.keepLines(write, hold.id, lines);
    const kept = await keep(tools, write, hold, batch, lines);
    await recordEvents(tools, write, applied.events);
    return kept;
  });
}

async function readyFor(
  tools: WorkTools,
  hold: Hold,
  batch: Batch,
  by: string,
): Promise<Map<number, Brought>> {
  const brings = batch.rows.some(
    (row) => row.kind === "person" && (row.person.hash !== "" || row.person.password !== ""),
  );
  if (!brings) return new Map();
  const { read } = tools.store;
  const bringer = await bringerOf(read, by);
  if (!bringer) return new Map();
  const decisions = await decide(read, hold.id, batch.rows, hold.settings, bringer);
  let beaten = tools.clock.now();
  return makeReady(tools.hashing, decisions, async () => {
    if (tools.clock.now() - beaten < LEASE_MS / 4) return;
    beaten = tools.clock.now();
    const lease = { owner: hold.owner, until: leaseUntil(tools.clock), now: beaten };
    await tools.store.transact((write) => rows.takeLease(write, hold.id, lease));
  });
}

function needsPassword(decision: Decision): decision is Extract<Decision, { kind: "add" | "change" }> {
  if (decision.kind !== "add" && decision.kind !== "change") return false;
  if (decision.kind === "change" && !decision.change.bringsPassword) return false;
  const { hash, password } = decision.row.person;
  return hash !== "" || password !== "";
}

function noteOfHash(decision: Decision): Note | undefined {
  return needsPassword(decision) ? noteOn(decision.row.person) : undefined;
}

async function bringerOf(read: Reader, by: string): Promise<Bringer | undefined> {
  if (by === "cli") return { id: by, role: "owner" };
  const account = await accountById(read, by);
  const may = account?.status === "active" && (account.role === "administrator" || account.role === "owner");
  return may ? { id: account.id, role: account.role } : undefined;
}

async function isHeld(tools: WorkTools, write: Writer, hold: Hold): Promise<boolean> {
  const job = await rows.holdImport(write, tools.store.kind, hold.id);
  return job?.state === hold.state && job.lease_owner === hold.owner && job.done_rows === hold.doneRows;
}

async function keep(
  tools: WorkTools,
  write: Writer,
  hold: Hold,
  batch: Batch,
  lines: readonly rows.LineRow[],
): Promise<BatchOutcome> {
  const counts = { ...hold.counts };
  for (const { verdict, notes } of lines) {
    counts[verdict] += 1;
    if (notes !== "") counts.noted += 1;
  }
  counts.line = lines.at(-1)?.line ?? counts.line;
  await rows.changeImport(write, hold.id, {
    counts: JSON.stringify(counts),
    done_rows: hold.doneRows + batch.rows.length,
    done_bytes: batch.bytes,
    lease_until: leaseUntil(tools.clock),
  });
  return { kind: "kept", counts };
}

const verdictOf = {
  add: "added",
  change: "updated",
  leave: "unchanged",
  number: "number",
  "number-of-coming": "number",
  skip: "skipped",
  refuse: "refused",
} as const satisfies Record<Decision["kind"], Verdict>;

const LONGEST_SHOWN = 120;

function lineOf(
  importId: string,
  decision: Decision,
  more: Note | undefined,
  accountId: string | null,
): rows.LineRow {
  const common = {
    import_id: importId,
    verdict: verdictOf[decision.kind],
    cells: null,
    account_id: accountId,
  };
  const shown = (text: string) => text.slice(0, LONGEST_SHOWN).toWellFormed();
  switch (decision.kind) {
    case "refuse": {
      const { line, key, why } = decision;
      const cells = JSON.stringify(decision.values).replaceAll("\\u0000", "");
      return { ...common, line, person_key: key, notes: why, shown: shown(decision.shown), cells };
    }
    case "skip":
      return {
        ...common,
        line: decision.line,
        person_key: "",
        notes: decision.notes.join(" "),
        shown: shown(decision.shown),
      };
    case "number":
    case "number-of-coming":
      return {
        ...common,
        line: decision.row.line,
        person_key: "",
        notes: "",
        shown: decision.row.externalId,
      };
    case "add":
    case "change":
    case "leave": {
      const { row, notes } = decision;
      const all = more ? [...notes, more] : notes;
      return {
        ...common,
        line: row.line,
        person_key: row.key,
        notes: all.join(" "),
        shown: shown(row.person.name),
      };
    }
  }
}

/** SQLite's 19 (and its kinds), PostgreSQL's class 23. */
function isConstraint(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  return (
    (typeof errcode === "number" && (errcode & 0xff) === 19) ||
    (typeof code === "string" && code.startsWith("23"))
  );
}
