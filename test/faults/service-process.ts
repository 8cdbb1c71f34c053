/** The service as operators run it: a process of its own, which can be ended in any way. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const project = join(import.meta.dirname, "../..");
/** Enough for a start on a machine that is busy with other tests. */
const START_WITHIN_MS = 30_000;

export interface ServiceProcess {
  /** Where this instance listens, whatever name its links carry. */
  readonly origin: string;
  readonly pid: number;
  readonly ended: Promise<Ending>;
  /** Everything that it wrote so far: JSON lines, and what came out beside them. */
  said(): string;
  /** `kill -9`, and the end of it. */
  kill(): Promise<void>;
  /** Sends SIGTERM and resolves to the end. */
  stop(): Promise<Ending>;
  signal(name: NodeJS.Signals): void;
  /** Resolves once it has said so. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ending>;
  said(): string;
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts `node src/main.ts` and resolves once it listens. Throws with its words when it ends instead. */
export async function startServiceProcess(environment: Record<string, string>): Promise<ServiceProcess> {
  const started = run(process.execPath, ["src/main.ts"], environment);
  const listening = await started.until(/"event":"listening".*?"port":(\d+)/);
  await started.until(/^Propusk: /m);
  const { child, ended, said, until } = started;
  return {
    origin: `http://127.0.0.1:${listening[1]}`,
    pid: child.pid ?? 0,
    ended,
    said,
    until,
    signal: (name) => child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Runs a program of the project with these settings alone, not those of the test's own process. */
export function run(
  program: string,
  words: string[],
  environment: Record<string, string>,
  options: { ownGroup?: boolean } = {},
): Started {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, ...environment };
  const child = spawn(program, words, { cwd: project, env, detached: options.ownGroup === true });
  let text = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    text += chunk.toString("utf8");
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  // A test that fails in the middle must not leave its children behind.
  const orphaned = () => child.kill("SIGKILL");
  process.once("exit", orphaned);
  const ended = new Promise<Ending>((resolve) => {
    child.once("close", (code, signal) => {
      process.off("exit", orphaned);
      resolve({ code, signal });
    });
  });
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text);
        if (!found) return;
        clearTimeout(late);
        listeners.delete(look);
        resolve(found);
      };
      const fail = (why: string) => {
        clearTimeout(late);
        reject(new Error(`${why} before it said ${pattern}:\n${text}`));
      };
      const late = setTimeout(() => fail("the program took too long"), START_WITHIN_MS);
      void ended.then(({ code, signal }) => fail(`the program ended with ${code ?? signal}`));
      listeners.add(look);
      look();
    });
  return { child, ended, said: () => text, until };
}
