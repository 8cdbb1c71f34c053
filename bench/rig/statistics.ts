export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which `share` percent of the values are; between two of them it is interpolated. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const place = ((sorted.length - 1) * share) / 100;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * How well one time tells the two groups apart: the share of pairs in which the left one is longer (rank AUC,
 * Mann-Whitney). 0.5 is a coin; 0 or 1 is certainty.
 */
export function rankAuc(left: readonly number[], right: readonly number[]): number {
  let wins = 0;
  for (const one of left) {
    for (const other of right) {
      if (one > other) wins += 1;
      else if (one === other) wins += 0.5;
    }
  }
  return wins / (left.length * right.length);
}
