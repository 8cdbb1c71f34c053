/** Files that leave the console, written piece by piece: as much is in memory as a piece takes. */

export const formats = {
  csv: { type: "text/csv; charset=utf-8", ending: "csv" },
  jsonl: { type: "application/x-ndjson; charset=utf-8", ending: "jsonl" },
} as const;

export type Format = keyof typeof formats;

/** CSV unless JSON Lines are asked for. */
export function readFormat(asked: string): Format {
  return asked === "jsonl" ? "jsonl" : "csv";
}

/** `name-2026-11-22.csv`; the day is that of UTC. */
export function fileHeaders(name: string, format: Format, now: number): Record<string, string> {
  const { type, ending } = formats[format];
  const day = new Date(now).toISOString().slice(0, 10);
  return {
    "Content-Type": type,
    "Content-Disposition": `attachment; filename="${name}-${day}.${ending}"`,
  };
}

/**
 * The head, then one piece after another until there is none, each asked for when the one before was sent. A
 * fault on the way breaks the answer off, so that half a file does not look like a whole.
 */
export function streamText(
  head: string,
  next: () => Promise<string | undefined>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      start(controller) {
        if (head !== "") controller.enqueue(encoder.encode(head));
      },
      async pull(controller) {
        for (;;) {
          const piece = await next();
          if (piece === undefined) return controller.close();
          // A pull that brings nothing is not repeated.
          if (piece !== "") return controller.enqueue(encoder.encode(piece));
        }
      },
    },
    { highWaterMark: 2 },
  );
}
