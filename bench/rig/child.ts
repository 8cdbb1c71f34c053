/** Child processes of the bench, on the cores that they are meant for. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** One core for who answers, another for who asks, or no limit. */
export type Cores = "server" | "client" | "all";

const coreNumbers = { server: "0", client: "1" };

/** Whether the machine lets us keep server and client apart; without it one-core figures mean little. */
export const canPin = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a TypeScript file with this Node; it does not outlive us. What it prints on stderr is seen. */
export function startChild(
  script: string,
  options: {
    cores: Cores;
    environment?: Record<string, string>;
    flags?: readonly string[];
    words?: readonly string[];
  },
): ChildProcess {
  const { cores, environment = {}, flags = [], words = [] } = options;
  const command = [process.execPath, ...flags, script, ...words];
  const pinned = cores === "all" || !canPin ? command : ["taskset", "-c", coreNumbers[cores], ...command];
  const [program = process.execPath, ...rest] = pinned;
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH ?? "", ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    serialization: "advanced",
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** Waits for the end; throws unless it was a good one. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${child.spawnargs.join(" ")} ended with ${signal ?? code}`));
    });
  });
}
