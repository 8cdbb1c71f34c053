/** Periods as the one who looks counts days: until now, and the same stretch of time before. */
import { hourOf } from "../../figures/figures.ts";

export const lengths = [1, 7, 30, 90] as const;

export type Days = (typeof lengths)[number];

export interface Stretch {
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
}

export interface Period extends Stretch {
  readonly days: Days;
  /** Hours, or days of the one who looks, from the first to the one that is not over. */
  readonly parts: readonly Stretch[];
  readonly before: Stretch;
}

const HOUR_MS = 3_600_000;

export function readDays(text: string | undefined): Days {
  return lengths.find((days) => String(days) === text) ?? 7;
}

/**
 * The last 24 hours, the one that runs included, or that many days of this time zone with today. Counts are
 * kept by hours of UTC, so where clocks go by half an hour a day begins with the hour that it begins in.
 */
export function periodOf(days: Days, now: number, timeZone: string): Period {
  const to = hourOf(now) + HOUR_MS;
  const hours = Array.from({ length: 24 }, (_, index) => to - (24 - index) * HOUR_MS);
  const starts = days === 1 ? hours : daysUntil(days, now, timeZone);
  const from = starts[0] ?? to;
  const parts = starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? to }));
  return { days, from, to, parts, before: { from: back(from), to: back(to) } };

  function back(at: number): number {
    return hourOf(local(at, timeZone).subtract({ days }).epochMilliseconds);
  }
}

function daysUntil(days: number, now: number, timeZone: string): number[] {
  const today = local(now, timeZone).startOfDay();
  return Array.from({ length: days }, (_, index) =>
    hourOf(today.subtract({ days: days - 1 - index }).epochMilliseconds),
  );
}

function local(at: number, timeZone: string) {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
