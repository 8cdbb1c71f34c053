/** What there is to see of imports. */
import type { Reader } from "../platform/store/store.ts";
import * as rows from "./rows.ts";
import type { ImportSettings } from "./settings.ts";
import { type Counts, noCounts, type Verdict } from "./verdicts.ts";

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
  /** Somebody has tried it out. */
  isTried: boolean;
  /** There is work to do, and somebody wants it to wait. */
  isPaused: boolean;
}

/** Whose imports somebody may see: administrators their own, owners everybody's. */
export interface Onlooker {
  id: string;
  role: string;
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
    isPaused: isAtWork(row) && isPaused(row),
  };
}

/** The newest first, before the given one. */
export async function listImports(
  read: Reader,
  who: Onlooker,
  page: { before: string | undefined; most: number },
): Promise<Import[]> {
  const by = who.role === "owner" ? undefined : who.id;
  return (await rows.importsBefore(read, by, page)).map(asImport);
}

/** How many of this one's imports have not ended. */
export function countOpenImports(read: Reader, by: string): Promise<number> {
  return rows.countOpen(read, by);
}

export function isAtWork({ state }: Pick<rows.ImportRow, "state">): boolean {
  return state === "checking" || state === "running" || state === "inviting";
}

export function isPaused(row: Pick<rows.ImportRow, "lease_owner">): boolean {
  return row.lease_owner === rows.pausedLease.lease_owner;
}

/** `troubled`: what is refused or passed over, and what is taken with a remark. */
export type LinesShown = "all" | "troubled" | Verdict;

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
  { id, counts }: Pick<Import, "id" | "counts">,
  wanted: { show: LinesShown; after: number; most: number },
): Promise<ImportLine[]> {
  const found = await rows.linesAfter(read, id, { ...wanted, upTo: counts.line });
  return found.map((row) => ({
    line: row.line,
    verdict: row.verdict,
    notes: row.notes.split(" ").filter(Boolean),
    shown: row.shown,
    accountId: row.account_id,
    cells: row.cells === null ? {} : (JSON.parse(row.cells) as Record<string, string>),
  }));
}
