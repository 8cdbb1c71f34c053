/** An SMS centre that shares no line with ours: `smsc.pl`, which stands on Net::SMPP of Debian. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { hasNetSmpp, netSmppPackage } from "../scripts/net-smpp.ts";

type Line = Readonly<Record<string, unknown>>;

export interface ForeignSmsc {
  /** For `SMS_URL`. It serves one client and ends with it. */
  readonly url: string;
  /** What it printed of this kind, oldest first: `bind`, `message`, `receipt answered`, `unbind`. */
  said(event: string): Line[];
  /** Resolves when the client has unbound and the centre is gone. */
  readonly ended: Promise<void>;
}

/** Starts one. Where Net::SMPP is missing the test says so and gets nothing; in CI it fails. */
export async function startForeignSmsc(t: TestContext): Promise<ForeignSmsc | undefined> {
  if (!hasNetSmpp()) {
    assert.notEqual(process.env.CI, "true", `CI needs ${netSmppPackage}: apt-get install ${netSmppPackage}`);
    t.diagnostic(`no ${netSmppPackage} here: the foreign SMS centre was not asked`);
    return undefined;
  }
  const centre = spawn("perl", [join(import.meta.dirname, "smsc.pl")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => centre.kill());
  const lines: Line[] = [];
  const ended = new Promise<void>((resolve) => centre.once("close", () => resolve()));
  createInterface({ input: centre.stdout }).on("line", (line) => lines.push(JSON.parse(line)));
  const said = (event: string) => lines.filter((line) => line.event === event);
  while (said("listening").length === 0) {
    assert.equal(centre.exitCode, null, "the SMS centre did not start");
    await sleep(10);
  }
  return { url: `smpp://propusk:secret@127.0.0.1:${String(said("listening")[0]?.port)}`, said, ended };
}
