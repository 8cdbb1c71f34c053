import { relative } from "node:path";
import type { run } from "node:test";
import { inspect, styleText } from "node:util";

interface Counts {
  tests: number;
  passed: number;
  failed: number;
  cancelled: number;
  skipped: number;
  todo: number;
}

const nothing: Counts = { tests: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };

/**
 * Prints one line per file, every failure, what the failing files printed, and the closing counts. Resolves
 * to whether the run is good: some tests, none failed or cancelled, and none left out unless allowed.
 */
export async function report(
  stream: ReturnType<typeof run>,
  { allowSkipped }: { allowSkipped: boolean },
): Promise<boolean> {
  const started = performance.now();
  const failing = new Set<string>();
  const printed = new Map<string, string>();
  const keep = ({ file, message }: { file?: string | undefined; message: string }) =>
    printed.set(file ?? "", (printed.get(file ?? "") ?? "") + message);
  let total = nothing;

  stream.on("test:stdout", keep);
  stream.on("test:stderr", keep);
  stream.on("test:fail", ({ name, file, line, details }) => {
    failing.add(file ?? "");
    if (isEcho(details.error)) return;
    console.log(`\n${styleText("red", `✖ ${name}`)}\n  ${place(file)}:${line ?? 1}`);
    console.log(indent(inspect(details.error.cause ?? details.error, { colors: process.stdout.isTTY })));
  });
  stream.on("test:summary", ({ file, counts, duration_ms, success }) => {
    const seen = { ...nothing, ...counts };
    if (file === undefined) {
      total = seen;
      return;
    }
    const mark = success ? styleText("green", "✔") : styleText("red", "✖");
    console.log(`${mark} ${place(file)} (${seen.tests} tests, ${(duration_ms / 1000).toFixed(1)} s)`);
  });

  for await (const event of stream) void event;
  for (const file of failing) {
    if (printed.has(file)) console.log(`\n${place(file)} printed:\n${indent(printed.get(file) ?? "")}`);
  }
  printCounts(total, performance.now() - started);
  return verdict(total, allowSkipped);
}

/** A suite or a file fails because something in it failed; that one is shown already. */
function isEcho(error: Error): boolean {
  return "failureType" in error && error.failureType === "subtestsFailed";
}

function printCounts({ tests, passed, failed, cancelled, skipped, todo }: Counts, duration: number): void {
  const lines = {
    tests,
    pass: passed,
    fail: failed,
    cancelled,
    skipped,
    todo,
    duration_ms: Math.round(duration),
  };
  console.log(
    `\n${Object.entries(lines)
      .map(([name, count]) => `ℹ ${name} ${count}`)
      .join("\n")}`,
  );
}

function verdict({ tests, failed, cancelled, skipped, todo }: Counts, allowSkipped: boolean): boolean {
  if (tests === 0) console.error("No test ran: that is a failure.");
  const leftOut = skipped + todo;
  if (leftOut > 0 && !allowSkipped) console.error(`${leftOut} tests were left out: that is a failure here.`);
  return tests > 0 && failed + cancelled === 0 && (leftOut === 0 || allowSkipped);
}

function place(file: string | undefined): string {
  return file === undefined ? "?" : relative(process.cwd(), file);
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
