/** `npm run check`: every tool that reads the sources, side by side; one closing line each. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { styleText } from "node:util";

const project = join(import.meta.dirname, "..");

const tools: Record<string, string[]> = {
  tidy: ["node", "scripts/tidy.ts"],
  biome: ["biome", "check", "--error-on-warnings", "--max-diagnostics=200"],
  oxlint: ["oxlint", "--type-aware", "--deny-warnings", "--report-unused-disable-directives"],
  tsc: ["tsc", "--project", "."],
  knip: ["knip"],
  settings: ["node", "scripts/settings-table.ts", "--check"],
};

/** Runs all of them and prints what the failing ones say. Resolves to whether every one is content. */
export async function check(): Promise<boolean> {
  const results = await Promise.all(Object.entries(tools).map(([name, command]) => runTool(name, command)));
  return results.every(Boolean);
}

async function runTool(name: string, [program = "", ...words]: string[]): Promise<boolean> {
  const started = performance.now();
  const said: Buffer[] = [];
  const code = await new Promise<number | string | null>((resolve) => {
    const tool = spawn(join(project, "node_modules/.bin", program), words, {
      cwd: project,
      stdio: ["ignore", "pipe", "pipe"],
    });
    tool.stdout.on("data", (chunk: Buffer) => said.push(chunk));
    tool.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    tool.once("error", (error) => resolve(error.message));
    tool.once("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  const isContent = code === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (!isContent) process.stdout.write(Buffer.concat(said));
  const mark = isContent ? styleText("green", "✔") : styleText("red", "✖");
  console.log(`${mark} ${name} (${seconds} s)${isContent ? "" : `: ${code}`}`);
  return isContent;
}

if (import.meta.main) process.exitCode = (await check()) ? 0 : 1;
