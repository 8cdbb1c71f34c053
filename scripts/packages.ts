import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of the programs that stands in a folder of PATH, with its full path. */
export function findOnPath(...programs: string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(existsSync);
}

/**
 * Installs Debian packages when that is ours to do: as root, where there is apt-get. False when it is not, or
 * when apt-get failed (its last words are then on stderr).
 */
export function installPackages(...packages: string[]): boolean {
  if (process.getuid?.() !== 0 || findOnPath("apt-get") === undefined) return false;
  console.error(`installing ${packages.join(" ")} with apt-get, once`);
  const apt = (...words: string[]) =>
    execFileSync("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", ...words], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  try {
    apt("update");
    apt("install", "--yes", "--no-install-recommends", ...packages);
    return true;
  } catch {
    return false;
  }
}
