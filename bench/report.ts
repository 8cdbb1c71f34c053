/** One line of the result: our figure, what stands beside it, and the goal. */
export interface Row {
  figure: string;
  ours: string;
  beside: string;
  /** Ours divided by what stands beside it. */
  ratio?: number;
  goal?: { text: string; met: boolean };
}

const heads = ["Figure", "Propusk", "Beside it", "Ratio", "Goal", "Met"];

/** The rows as a table of Markdown. */
export function asTable(rows: readonly Row[]): string {
  const lines = rows.map(({ figure, ours, beside, ratio, goal }) => [
    figure,
    ours,
    beside,
    ratio === undefined ? "" : ratio.toFixed(2),
    goal?.text ?? "",
    goal ? (goal.met ? "yes" : "**no**") : "",
  ]);
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** "≥ 0.90": at least this much. */
export function atLeast(limit: number, value: number): NonNullable<Row["goal"]> {
  return { text: `≥ ${limit}`, met: value >= limit };
}

/** "≤ 30 KB": at most this much. */
export function atMost(limit: number, value: number, unit: string): NonNullable<Row["goal"]> {
  return { text: `≤ ${limit} ${unit}`, met: value <= limit };
}

/** "0.45–0.55": not outside. */
export function within(low: number, high: number, value: number): NonNullable<Row["goal"]> {
  return { text: `${low}–${high}`, met: value >= low && value <= high };
}
