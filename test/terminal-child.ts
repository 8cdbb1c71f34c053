/** `propusk …` as an operator runs it: a process of its own, beside the running service or without one. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { World } from "./world.ts";

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const project = join(import.meta.dirname, "..");
/** Compiled once for all the commands of a test: half of what each would cost. */
const NODE_COMPILE_CACHE = join(project, "node_modules/.cache/compiled");

/** Runs one command with these settings alone; `input` is what comes on stdin. */
export function propusk(
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
  input = "",
): Promise<Ended> {
  const { PATH = "", HOME = "" } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["src/cli.ts", ...words],
      { cwd: project, env: { PATH, HOME, NODE_COMPILE_CACHE, ...environment } },
      (fault, out, err) => {
        const code = fault ? Number(fault.code ?? -1) : 0;
        resolve({ code, out, err });
      },
    );
    child.stdin?.end(input);
  });
}

/** The settings by which a terminal works on the database of this world. */
export function settingsOf({ service }: World): Record<string, string> {
  const { dataDir, databaseUrl, secretKeys, publicUrl, smtpUrl, smsRoutes } = service.tools.settings;
  return {
    DATA_DIR: dataDir,
    PUBLIC_URL: publicUrl,
    SECRET_KEY: secretKeys.map((key) => key.toString("base64url")).join(","),
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...(smtpUrl !== undefined && { SMTP_URL: smtpUrl }),
    SMS_URL: smsRoutes.map(({ url }) => url.href).join(" "),
  };
}
