/** A place for the database that can be filled up and freed again. */
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceProcess } from "./service-process.ts";

export interface SmallVolume {
  readonly kind: "a volume of its own" | "a limit of the process";
  readonly path: string;
  fill(service: ServiceProcess): void;
  free(service: ServiceProcess): void;
  remove(): void;
}

const PIECE = Buffer.alloc(4_096);

/**
 * A small memory disk where this process may mount one. Elsewhere an ordinary folder, in which the kernel
 * lets the service's files grow no more: another error, and the same loss.
 */
export function makeSmallVolume(megabytes: number): SmallVolume {
  const path = mkdtempSync(join(tmpdir(), "propusk-small-"));
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path]);
  return mount.status === 0 ? memoryDisk(path) : limitedFolder(path);
}

function memoryDisk(path: string): SmallVolume {
  const ballast = join(path, "ballast");
  return {
    kind: "a volume of its own",
    path,
    fill() {
      const file = openSync(ballast, "a");
      try {
        for (;;) writeSync(file, PIECE);
      } catch (error) {
        if ((error as { code?: unknown }).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast),
    remove() {
      execFileSync("umount", ["--lazy", path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function limitedFolder(path: string): SmallVolume {
  const limit = ({ pid }: ServiceProcess, bytes: string) =>
    execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
  return {
    kind: "a limit of the process",
    path,
    fill(service) {
      const sizes = ["propusk.db", "propusk.db-wal"].map((name) => statSync(join(path, name)).size);
      limit(service, String(Math.max(...sizes)));
    },
    free: (service) => limit(service, "unlimited"),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
