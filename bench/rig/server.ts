/** A server under load: Propusk or a peer, as a child whose time and memory the kernel counts. */
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Cores, ended, startChild } from "./child.ts";
import { BROKEN, Line } from "./line.ts";
import { requestText } from "./load.ts";

export interface Server {
  readonly port: number;
  /** Where it runs. */
  readonly cores: Cores;
  /** From the start of the process to the first whole answer. */
  readonly firstAnswerMs: number;
  /** Processor time of all its threads so far. */
  cpuMs(): number;
  memory(): { nowMib: number; peakMib: number };
  /** Resolves once it has nothing left to do: letters are sent, logs are written. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const STARTS_WITHIN_MS = 60_000;
const SETTLES_WITHIN_MS = 240_000;
/** Linux counts process time in hundredths of a second (sysconf CLK_TCK). */
const MS_PER_TICK = 10;

/** Starts the script with `PORT` set and waits until it answers `firstPath`. */
export async function startServer(
  script: string,
  options: {
    cores: Cores;
    environment: Record<string, string>;
    flags?: readonly string[];
    firstPath: string;
  },
): Promise<Server> {
  const port = await freePort();
  const began = performance.now();
  const child = startChild(script, {
    cores: options.cores,
    flags: options.flags ?? [],
    environment: { ...options.environment, PORT: String(port) },
  });
  const end = ended(child);
  await Promise.race([untilAnswered(port, options.firstPath), end]);
  const firstAnswerMs = performance.now() - began;
  return asServer(child, end, { port, cores: options.cores, firstAnswerMs });
}

function asServer(
  child: ChildProcess,
  end: Promise<void>,
  told: Pick<Server, "port" | "cores" | "firstAnswerMs">,
): Server {
  let isStopping = false;
  end.catch((error: unknown) => {
    if (!isStopping) console.error(error);
  });
  const cpuMs = (): number => cpuMsOf(child);
  return {
    ...told,
    cpuMs,
    memory: () => memoryOf(child),
    async settled() {
      const until = performance.now() + SETTLES_WITHIN_MS;
      for (let before = cpuMs(); ; before = cpuMs()) {
        await sleep(300);
        if (cpuMs() - before <= 2 * MS_PER_TICK) return;
        if (performance.now() > until) throw new Error("the server does not come to rest");
      }
    },
    async stop() {
      isStopping = true;
      child.kill("SIGTERM");
      await end.catch(() => {});
    },
  };
}

async function untilAnswered(port: number, path: string): Promise<void> {
  const until = performance.now() + STARTS_WITHIN_MS;
  while (performance.now() < until) {
    if ((await statusOf(port, path)) !== BROKEN) return;
    await sleep(2);
  }
  throw new Error(`no answer on port ${port}`);
}

function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const line = new Line(port);
    line.ask(requestText(`GET ${path}`, {}), (status) => {
      line.close();
      resolve(status);
    });
  });
}

/** A port of the loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function cpuMsOf(child: ChildProcess): number {
  const text = readFileSync(`/proc/${child.pid}/stat`, "utf8");
  // Fields 14 and 15 of proc(5), counted after the name, which may hold spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

function memoryOf(child: ChildProcess): { nowMib: number; peakMib: number } {
  const text = readFileSync(`/proc/${child.pid}/status`, "utf8");
  const mib = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1]) / 1024;
  return { nowMib: mib("VmRSS"), peakMib: mib("VmHWM") };
}
