/** How long something took, in buckets that can be added up: over hours, instances and periods alike. */

/** Upper bounds in seconds, ever wider: half of a minute counts at the beginning, and none at the end. */
export const bounds = [
  30, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1_200, 1_800, 2_700, 3_600, 7_200, 14_400, 28_800, 86_400,
] as const;

/** Of decisions about cases, which wait for people: from an hour to a fortnight. */
export const caseBounds = [
  3_600, 7_200, 14_400, 28_800, 43_200, 86_400, 172_800, 259_200, 432_000, 604_800, 1_209_600,
] as const;

/** The label of the bucket of a duration; the last one has no end. */
export function bucketOf(milliseconds: number, upTo: readonly number[] = bounds): string {
  const seconds = milliseconds / 1_000;
  return String(upTo.find((bound) => seconds <= bound) ?? "more");
}

/**
 * The duration in milliseconds below which this share of all lies; undefined when there are none. Within a
 * bucket they are taken as spread evenly, so it is wrong by less than the bucket is wide.
 */
export function percentile(
  buckets: ReadonlyMap<string, number>,
  share: number,
  upTo: readonly number[] = bounds,
): number | undefined {
  const total = [...buckets.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let below = 0;
  let from = 0;
  for (const bound of upTo) {
    const count = buckets.get(String(bound)) ?? 0;
    if (count > 0 && below + count >= share * total) {
      const within = (share * total - below) / count;
      return Math.round((from + within * (bound - from)) * 1_000);
    }
    below += count;
    from = bound;
  }
  return from * 1_000;
}
