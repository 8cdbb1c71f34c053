/** People brought along from elsewhere: a file is received, understood, tried out and taken in. */

import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Reader, Store } from "../platform/store/store.ts";
import { guessColumns } from "./columns.ts";
import { dropParts, partsOf } from "./parts.ts";
import type { Encoding } from "./reading/lines.ts";
import { type Format, HEAD_BYTES, type Recognised, recognise } from "./reading/source.ts";
import * as rows from "./rows.ts";
import { type ImportSettings, problemOf, usualSettings } from "./settings.ts";
import { type Counts, noCounts, type Verdict } from "./verdicts.ts";
import { recordStep } from "./worker.ts";

export { keepPart, keepStream, MOST_BYTES, type Received } from "./parts.ts";
export type { Encoding } from "./reading/lines.ts";
export { type Format, formats, type Recognised } from "./reading/source.ts";
export { type ImportSettings, type Match, matches } from "./settings.ts";
export { type Counts, type Verdict, verdicts } from "./verdicts.ts";
export { words as importWords } from "./words.ts";
export { type ImportWorker, startImports, workOn } from "./worker.ts";

interface Tools {
  clock: Clock;
  store: Store;
}

export interface Import {
  id: string;
  createdBy: string;
  fileName: string;
  size: number;
  state: rows.ImportRow["state"];
  settings: ImportSettings | undefined;
  counts: Counts;
  doneRows: number;
  doneBytes: number;
  beganAt: number | null;
  createdAt: number;
  finishedAt: number | null;
  problem: string | null;
  /** Nobody has tried it out with these settings yet. */
  isTried: boolean;
}

/** Whose imports somebody may see: administrators their own, owners everybody's. */
export interface Onlooker {
  id: string;
  role: string;
}

/** By which number of another system each of these accounts is known; the others are left out. */
export function externalIdsOf(read: Reader, accountIds: readonly string[]): Promise<Map<string, string>> {
  return rows.externalIdsOf(read, accountIds);
}

const LONGEST_NAME = 200;

/** A new import whose file is still to come. */
export async function beginImport(
  tools: Tools,
  by: { id: string; address: string },
  fileName: string,
): Promise<string> {
  const id = newId();
  const name = fileName
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/^.*[\\/]/, "")
    .slice(0, LONGEST_NAME);
  await tools.store.transact((write) =>
    rows.insertImport(write, {
      id,
      created_by: by.id,
      file_name: name.toWellFormed() || "—",
      size: 0,
      state: "receiving",
      settings: JSON.stringify({ address: by.address }),
      counts: JSON.stringify(noCounts()),
      done_rows: 0,
      done_bytes: 0,
      began_at: null,
      checked_at: null,
      lease_owner: null,
      lease_until: 0,
      problem: null,
      created_at: tools.clock.now(),
      finished_at: null,
    }),
  );
  return id;
}

/**
 * The whole file is here: says what it is. What is none of the known kinds is thrown away at once. Also tells
 * anew, with other wishes, as long as nothing has begun.
 */
export async function recogniseImport(
  tools: Tools,
  id: string,
  wish: { format?: Format; encoding?: Encoding } = {},
): Promise<Recognised> {
  const job = await rows.importById(tools.store.read, id);
  if (!job) return { kind: "empty" };
  const recognised = recognise(await headOf(tools.store.read, id), wish);
  const { address = "" } = JSON.parse(job.settings) as Partial<ImportSettings>;
  await tools.store.transact(async (write) => {
    const held = await rows.holdImport(write, tools.store.kind, id);
    if (held?.state !== "receiving" && held?.state !== "settling") return;
    if (recognised.kind === "recognised") {
      const { source } = recognised;
      const settings = usualSettings(source, guessColumns(source.columns), address);
      await rows.changeImport(write, id, { state: "settling", settings: JSON.stringify(settings) });
      if (held.state === "receiving")
        await recordStep(tools, write, held, "import.received", { bytes: held.size });
    } else {
      await rows.changeImport(write, id, {
        state: "failed",
        problem: recognised.kind,
        finished_at: tools.clock.now(),
      });
    }
  });
  if (recognised.kind !== "recognised") await dropParts(tools, id);
  return recognised;
}

async function headOf(read: Reader, id: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of partsOf(read, id)) {
    parts.push(part);
    size += part.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

export type Started =
  | { kind: "started" }
  | { kind: "problem"; problem: "nobody" | "match" }
  /** It has gone on meanwhile, or ended. */
  | { kind: "elsewhere" };

/** Tries the import out, or does it, with these settings. A worker takes it from here. */
export async function startImport(
  tools: Tools,
  id: string,
  step: "checking" | "running",
  settings: ImportSettings,
): Promise<Started> {
  const problem = problemOf(settings);
  if (problem) return { kind: "problem", problem };
  return tools.store.transact(async (write): Promise<Started> => {
    const held = await rows.holdImport(write, tools.store.kind, id);
    if (held?.state !== "settling" && held?.state !== "checked") return { kind: "elsewhere" };
    const job = { ...held, settings: JSON.stringify(settings) };
    await rows.changeImport(write, id, {
      state: step,
      settings: job.settings,
      counts: JSON.stringify(noCounts()),
      done_rows: 0,
      done_bytes: 0,
      began_at: tools.clock.now(),
      lease_owner: null,
      lease_until: 0,
    });
    const wishes = { vouch: settings.vouch ? 1 : 0, invite: settings.invite ? 1 : 0, match: settings.match };
    await recordStep(tools, write, job, step === "checking" ? "import.tried" : "import.started", wishes);
    return { kind: "started" };
  });
}

/** Ends it where it stands; what has been taken in stays. False when it had ended already. */
export async function cancelImport(tools: Tools, id: string): Promise<boolean> {
  const cancelled = await tools.store.transact(async (write) => {
    const held = await rows.holdImport(write, tools.store.kind, id);
    if (!held || held.finished_at !== null) return false;
    await rows.changeImport(write, id, {
      state: "cancelled",
      finished_at: tools.clock.now(),
      lease_until: 0,
    });
    await recordStep(tools, write, held, "import.cancelled", JSON.parse(held.counts) as Counts);
    return true;
  });
  if (cancelled) await dropParts(tools, id);
  return cancelled;
}

/** Undefined for an unknown id and for what this one may not see. */
export async function importFor(read: Reader, who: Onlooker, id: string): Promise<Import | undefined> {
  const row = await rows.importById(read, id);
  if (!row || (who.role !== "owner" && row.created_by !== who.id)) return undefined;
  return asImport(row);
}

function asImport(row: rows.ImportRow): Import {
  const settings = JSON.parse(row.settings) as Partial<ImportSettings>;
  return {
    id: row.id,
    createdBy: row.created_by,
    fileName: row.file_name,
    size: row.size,
    state: row.state,
    settings: settings.source ? (settings as ImportSettings) : undefined,
    counts: { ...noCounts(), ...(JSON.parse(row.counts) as Counts) },
    doneRows: row.done_rows,
    doneBytes: row.done_bytes,
    beganAt: row.began_at,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    problem: row.problem,
    isTried: row.checked_at !== null,
  };
}

export interface ImportLine {
  line: number;
  verdict: Verdict;
  notes: string[];
  shown: string;
  accountId: string | null;
  /** The row as it stood in the file; of refused ones alone. */
  cells: Readonly<Record<string, string>>;
}

/** What becomes, or became, of the rows, in the order of the file. */
export async function linesOfImport(
  read: Reader,
  id: string,
  wanted: { verdict: Verdict | undefined; after: number; most: number },
): Promise<ImportLine[]> {
  const found = await rows.linesAfter(read, id, wanted);
  return found.map((row) => ({
    line: row.line,
    verdict: row.verdict,
    notes: row.notes.split(" ").filter(Boolean),
    shown: row.shown,
    accountId: row.account_id,
    cells: row.cells === null ? {} : (JSON.parse(row.cells) as Record<string, string>),
  }));
}

const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 1_000;

/** What nobody went on with for two days goes, and what became of the rows after 30. */
export async function purgeImports(tools: Tools): Promise<void> {
  const now = tools.clock.now();
  const before = { left: now - 2 * DAY_MS, ended: now - 30 * DAY_MS };
  for (const { id } of await rows.oldImports(tools.store.read, before)) {
    await dropParts(tools, id);
    while (
      (await tools.store.transact((write) => rows.deleteLines(write, id, ROWS_AT_ONCE))) === ROWS_AT_ONCE
    );
    await tools.store.transact((write) => rows.deleteImport(write, id));
  }
  for (const { id } of await rows.endedWithFile(tools.store.read)) await dropParts(tools, id);
}
