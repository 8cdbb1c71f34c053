/**
 * `npm test`: the check gate, then every test with a throw-away PostgreSQL and a browser at hand.
 * `npm test -- recovery` leaves the gate out and runs the test files whose path contains the word.
 */
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { preparePatterns } from "../test/fresh-database.ts";
import { findBrowser } from "./browser.ts";
import { check } from "./check.ts";
import { provideNetSmpp } from "./net-smpp.ts";
import { startPostgres } from "./postgres.ts";
import { openRunFolder } from "./run-folder.ts";
import { report } from "./test-report.ts";

const project = join(import.meta.dirname, "..");
/** A file that takes longer hangs. The longest ones walk through the whole product. */
const longestFile = 10 * 60_000;

/** A file that waits for a database, a browser or a time-out leaves its core to another one. */
const concurrency = availableParallelism() + 1;

/**
 * The longest files first, so that no core waits at the end for one begun late: those with a browser, which
 * never wait, one by one with those of the faults, which wait most of their time.
 */
function inTurn(paths: readonly string[]): string[] {
  const below = (folder: string) => paths.filter((path) => path.startsWith(folder));
  const browser = below("test/e2e/");
  const faults = below("test/faults/");
  const longest = Array.from({ length: Math.max(browser.length, faults.length) }, (_, index) =>
    [browser[index], faults[index]].filter((path) => path !== undefined),
  ).flat();
  return [...new Set([...longest, ...below("test/"), ...paths])];
}

async function testEverything(words: readonly string[]): Promise<boolean> {
  const paths = globSync("{src,scripts,test}/**/*.test.ts", { cwd: project })
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
    .toSorted((one, other) => one.localeCompare(other, "en"));
  const files = inTurn(paths).map((path) => join(project, path));
  if (files.length === 0) {
    console.error(`No test file matches ${words.join(" ") || "*.test.ts"}.`);
    return false;
  }
  if (words.length === 0 && !(await check())) return false;
  process.env.CHROME_BIN = findBrowser();
  provideNetSmpp();
  const folder = openRunFolder();
  try {
    return await testWithDatabase(files);
  } finally {
    folder.remove();
  }
}

async function testWithDatabase(files: readonly string[]): Promise<boolean> {
  const postgres = await startPostgres();
  process.env.TEST_DATABASE_URL = postgres.url;
  const patterns = await preparePatterns(postgres);
  try {
    const stream = run({ cwd: project, files, concurrency, timeout: longestFile });
    return await report(stream, { allowSkipped: process.env.CI !== "true" });
  } finally {
    patterns.remove();
    await postgres.stop();
  }
}

try {
  process.exitCode = (await testEverything(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
