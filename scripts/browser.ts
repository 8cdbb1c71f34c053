/** The Chromium of the browser tests: found, or installed where that is ours to do. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { findOnPath, installPackages } from "./packages.ts";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The first is Chromium without windows and toolbars: the same pages for half the work. */
const programs = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/** The path of Chromium: CHROME_BIN, PATH, or freshly installed. Throws when there is none. */
export function findBrowser(): string {
  const given = process.env.CHROME_BIN;
  if (given !== undefined && given !== "") {
    if (existsSync(given)) return given;
    throw new Error(`CHROME_BIN names ${given}, and there is no such file.`);
  }
  const onPath = () => findOnPath(...programs);
  const isInstalled = () => installPackages("chromium-headless-shell") || installPackages("chromium");
  const found = onPath() ?? (isInstalled() ? onPath() : undefined);
  if (found !== undefined) return found;
  throw new Error(
    "The browser tests need Chromium. Install it (Debian: apt-get install chromium), or set CHROME_BIN.",
  );
}

/** Starts Chromium without a window. The sandbox is off: tests run as root and visit our own pages only. */
export function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    ...options,
    executablePath: findBrowser(),
    args: [...quiet, ...(options.args ?? [])],
  });
}
