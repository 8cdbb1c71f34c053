/**
 * `npm run bench -- [quick] [figure …]`: our figures beside the physical limit and a peer, in one run. Prints
 * a table; a whole run at full length also writes it to RESULTS.md.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { measureCode } from "./figures/code.ts";
import { measureConsole } from "./figures/console.ts";
import { measureFlatness } from "./figures/flatness.ts";
import { measureImport } from "./figures/import.ts";
import { measureMemory } from "./figures/memory.ts";
import { measureOidc } from "./figures/oidc.ts";
import { measureOverload } from "./figures/overload.ts";
import { measurePage } from "./figures/page.ts";
import { measureRecovery } from "./figures/recovery.ts";
import { measureSessionCheck } from "./figures/session-check.ts";
import { measureSignIn } from "./figures/sign-in.ts";
import { measureSms } from "./figures/sms.ts";
import { asTable, type Row } from "./report.ts";
import { canPin } from "./rig/child.ts";
import { dataFolder } from "./rig/contenders.ts";
import type { Effort } from "./rig/rounds.ts";

const figures: Readonly<Record<string, (effort: Effort) => Promise<Row[]>>> = {
  "sign-in": measureSignIn,
  "session-check": measureSessionCheck,
  recovery: measureRecovery,
  code: measureCode,
  sms: measureSms,
  page: measurePage,
  oidc: measureOidc,
  memory: measureMemory,
  overload: measureOverload,
  flatness: measureFlatness,
  import: measureImport,
  console: measureConsole,
};

const words = process.argv.slice(2).map((word) => word.replace(/^--/, ""));
const isQuick = words.includes("quick");
const chosen = words.filter((word) => word !== "quick");
const unknown = chosen.filter((word) => !Object.hasOwn(figures, word));

if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(", ")}: choose from ${Object.keys(figures).join(", ")}.`);
  process.exitCode = 1;
} else {
  rmSync(dataFolder, { recursive: true, force: true });
  await measure();
}

async function measure(): Promise<void> {
  const effort: Effort = isQuick ? { rounds: 2, seconds: 2, isQuick } : { rounds: 5, seconds: 5, isQuick };
  const rows: Row[] = [];
  for (const [name, figure] of Object.entries(figures)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.error(`${name} …`);
    rows.push(...(await figure(effort)));
  }
  const result = `${conditions(effort)}\n\n${asTable(rows)}\n`;
  console.log(result);
  if (chosen.length > 0 || isQuick) return;
  writeFileSync(join(import.meta.dirname, "RESULTS.md"), `# Figures\n\n${result}`);
}

function conditions({ rounds, seconds }: Effort): string {
  const memoryGib = Math.round(totalmem() / 2 ** 30);
  const versions = Object.entries(dependencies()).map(([name, version]) => `${name} ${version}`);
  const { node, sqlite } = process.versions;
  const day = new Date().toISOString().slice(0, 10);
  const pinning = canPin ? "server and load on cores of their own" : "**server and load share the cores**";
  return [
    `${day}: ${availableParallelism()} cores, ${memoryGib} GiB; Node ${node}, SQLite ${sqlite},`,
    `${versions.join(", ")}; medians of ${rounds} rounds of ${seconds} s; ${pinning}.`,
  ].join("\n");
}

function dependencies(): Record<string, string> {
  const text = readFileSync(join(import.meta.dirname, "package.json"), "utf8");
  return (JSON.parse(text) as { dependencies: Record<string, string> }).dependencies;
}
