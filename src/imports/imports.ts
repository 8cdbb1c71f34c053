/** People brought along from elsewhere: a file is received, understood, tried out and taken in. */
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";
import { dropParts } from "./parts.ts";
import * as rows from "./rows.ts";

export { type Columns, type Meaning, meanings, otherMeanings, usualMeanings } from "./columns.ts";
export {
  countOpenImports,
  type Import,
  type ImportLine,
  importFor,
  type LinesShown,
  linesOfImport,
  listImports,
  type Onlooker,
} from "./looking.ts";
export { keepPart, keepStream, MOST_BYTES, PART_BYTES, type Received } from "./parts.ts";
export * from "./reading/kinds.ts";
export { beginImport, recogniseImport, samplesOf } from "./receiving.ts";
export { externalIdsOf } from "./rows.ts";
export { type ImportSettings, type Match, matches } from "./settings.ts";
export { cancelImport, pauseImport, resumeImport, type Started, startImport } from "./steering.ts";
export type { Doer } from "./steps.ts";
export { type Counts, type Verdict, verdicts } from "./verdicts.ts";
export { words as importWords } from "./words.ts";
export { type ImportWorker, startImports, workOn } from "./worker.ts";

const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 1_000;

/** What nobody went on with for two days goes, and what became of the rows after 30. */
export async function purgeImports(tools: { clock: Clock; store: Store }): Promise<void> {
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
