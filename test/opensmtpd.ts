/** Debian's OpenSMTPD as a throw-away mail server on loopback, where it is there and may be started. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const program = "/usr/sbin/smtpd";

export interface Relay {
  /** What it printed. */
  said(): string;
  stop(): Promise<void>;
}

/** Whether it is installed, and this user may start it. */
export function hasOpensmtpd(): boolean {
  return existsSync(program) && process.getuid?.() === 0;
}

/** In the foreground, listening on `port`; `rules` are the lines of its configuration below that one. */
export async function startOpensmtpd(port: number, rules: readonly string[]): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), "propusk-relay-"));
  const config = join(folder, "smtpd.conf");
  writeFileSync(config, `${[`listen on 127.0.0.1 port ${port}`, ...rules].join("\n")}\n`);
  const server = spawn(program, ["-d", "-f", config], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said += text));
  while (!(await opens(port))) {
    if (server.exitCode !== null) throw new Error(`the relay did not start: ${said}`);
    await sleep(50);
  }
  return {
    said: () => said,
    async stop() {
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill();
  await exit;
}

function opens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
