/**
 * How often what happens, per hour. The record of who did what is read on from where counting stopped, in the
 * transaction that adds to the counts: however many instances count, and wherever one dies, each event counts
 * once.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { eventsAfter, lastNumber, numberBefore } from "../audit/audit.ts";
import type { Clock } from "../platform/clock.ts";
import { type Reader, type Store, StoreUnavailable, type Writer } from "../platform/store/store.ts";
import { type Figure, figureNames, OTHERS, openFigures, partsOf } from "./catalogue.ts";
import { accountsIn, Batch, DAY_MS, HOUR_MS } from "./counting.ts";
import type { Sightings } from "./notes.ts";
import * as rows from "./rows.ts";

export {
  type Figure,
  OTHERS,
  type OutdatedCause,
  outdatedCauses,
  partsOf,
  type Step,
  steps,
} from "./catalogue.ts";
export { bounds, caseBounds, percentile } from "./histogram.ts";
export { createSightings, noteDelivery, type Sightings } from "./notes.ts";

export interface CountingTools {
  clock: Clock;
  store: Store;
  sightings: Sightings;
  settings: { recoveryLinkLifetimeMs: number };
  log?: { error(fields: object, text: string): void } | undefined;
}

/** Events and notes of one transaction: some milliseconds, so that nobody waits behind it for long. */
const BATCH = 500;
/** Two periods of 90 days, and their edges. */
const KEPT_MS = 190 * DAY_MS;
const ATTEMPTS_KEPT_MS = 8 * DAY_MS;
const EVERY_MS = 60_000;
/** How many domains, or gateways with beginnings of numbers, a day tells apart. */
const MOST_LABELS = 100;

/**
 * Counts everything that is committed by now. Resolves at once when nothing is new, or while another instance
 * is at it.
 */
export async function countNow(tools: CountingTools): Promise<void> {
  await writeSightings(tools);
  while (await countBatch(tools)) await nextTurn();
}

/** Counts every minute from now on, and once more at the end. */
export function startCounting(tools: CountingTools): { stop(): Promise<void> } {
  let turn: Promise<void> = Promise.resolve();
  const count = () => {
    turn = turn
      .then(() => countNow(tools))
      .catch((fault) => {
        if (!(fault instanceof StoreUnavailable)) throw fault;
        tools.log?.error({ err: fault }, "the figures could not be counted");
      });
    return turn;
  };
  const timer = setInterval(() => void count(), EVERY_MS).unref();
  void count();
  return {
    async stop() {
      clearInterval(timer);
      await turn;
      await writeSightings(tools).catch(() => {});
    },
  };
}

async function writeSightings({ store, sightings }: CountingTools): Promise<void> {
  const seen = sightings.take();
  if (seen.length === 0) return;
  try {
    await store.transact((write) => rows.insertNotes(write, seen));
  } catch (fault) {
    sightings.putBack(seen);
    throw fault;
  }
}

/** True when there may be more. */
async function countBatch(tools: CountingTools): Promise<boolean> {
  const { store, clock } = tools;
  if (!(await isSomethingNew(store.read))) return false;
  return store.transact(async (write) => {
    const progress = await rows.holdProgress(write, store.kind);
    if (progress === undefined) return false;
    // The notes first: whatever they speak of was in the record before them, so it is found there afterwards.
    const notes = await rows.someNotes(write, BATCH);
    const from = progress === 0 ? await numberBefore(write, clock.now() - KEPT_MS) : progress;
    const events = await eventsAfter(write, from, BATCH);
    const isBehind = events.length === BATCH;
    const counted = isBehind ? [] : notes;
    const known = await rows.attemptsOf(write, accountsIn(events, counted));
    const batch = new Batch(known, tools.settings.recoveryLinkLifetimeMs);
    for (const event of events) batch.takeEvent(event);
    for (const note of counted) batch.takeNote(note);
    await rows.addCounts(write, await bounded(write, batch.counts()));
    await rows.saveAttempts(write, batch.attempts());
    await rows.deleteNotes(
      write,
      counted.map(({ id }) => id),
    );
    await rows.moveProgress(write, events.at(-1)?.seq ?? from);
    return isBehind || notes.length === BATCH;
  });
}

async function isSomethingNew(read: Reader): Promise<boolean> {
  return (
    (await lastNumber(read)) > (await rows.progressOf(read)) || (await rows.someNotes(read, 1)).length > 0
  );
}

/** Domains are chosen by those who own them: beyond the first hundred of a day all count as one. */
async function bounded(write: Writer, counts: rows.CountRow[]): Promise<rows.CountRow[]> {
  const known = new Map<string, Set<string>>();
  const result = new Map<string, rows.CountRow>();
  for (const row of counts.toSorted((one, other) => one.grain.localeCompare(other.grain))) {
    const label = isOpen(row.figure) ? await told(row) : row.label;
    const key = JSON.stringify([row.figure, row.grain, row.at, label]);
    result.set(key, { ...row, label, count: row.count + (result.get(key)?.count ?? 0) });
  }
  return [...result.values()];

  async function told({ figure, at, label }: rows.CountRow): Promise<string> {
    const day = Math.floor(at / DAY_MS) * DAY_MS;
    const key = `${figure} ${day}`;
    const abouts =
      known.get(key) ?? new Set((await rows.labelsOf(write, figure, day)).map((old) => partsOf(old).about));
    known.set(key, abouts);
    const { about, result } = partsOf(label);
    if (!abouts.has(about) && abouts.size >= MOST_LABELS) return `${OTHERS} ${result}`;
    abouts.add(about);
    return label;
  }
}

function isOpen(figure: string): boolean {
  return openFigures.some((open) => open === figure);
}

/** Until when everything is counted: the first event of the record that waits for it, or `now`. */
export async function countedUntil(read: Reader, now: number): Promise<number> {
  const [waiting] = await eventsAfter(read, await rows.progressOf(read), 1);
  return waiting?.at ?? now;
}

export type Totals = ReadonlyMap<Figure, ReadonlyMap<string, number>>;

/**
 * Sums by figure and label over whole hours from `from` until before `to`. Whole days in between are read as
 * days, so a quarter of a year costs hardly more than a day.
 */
export async function totals(
  read: Reader,
  figures: readonly Figure[],
  period: { from: number; to: number },
): Promise<Totals> {
  const found = await rows.sums(read, figures, stretchesOf(period));
  const result = new Map(figures.map((figure) => [figure, new Map<string, number>()]));
  for (const { figure, label, count } of found) result.get(figure as Figure)?.set(label, count);
  return result;
}

function stretchesOf({ from, to }: { from: number; to: number }): rows.Stretch[] {
  const firstDay = Math.ceil(from / DAY_MS) * DAY_MS;
  const lastDay = Math.floor(to / DAY_MS) * DAY_MS;
  if (firstDay >= lastDay) return [{ grain: "hour", from, to }];
  return [
    { grain: "hour" as const, from, to: firstDay },
    { grain: "day" as const, from: firstDay, to: lastDay },
    { grain: "hour" as const, from: lastDay, to },
  ].filter((stretch) => stretch.from < stretch.to);
}

/** One figure hour by hour. */
export function hours(read: Reader, figure: Figure, period: { from: number; to: number }) {
  return rows.hoursOf(read, figure, period.from, period.to);
}

/** The beginning of the hour that a time lies in, of UTC as all hours here. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

/** Removes what no period reaches any more. */
export async function purgeFigures(tools: { clock: Clock; store: Store }): Promise<void> {
  const now = tools.clock.now();
  const before = { countsAt: now - KEPT_MS, attemptsAskedAt: now - ATTEMPTS_KEPT_MS };
  await tools.store.transact((write) => rows.purge(write, before, figureNames));
}
