/** `propusk import FILE`: the same imports as in the console, with their progress on stderr. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  beginImport,
  cancelImport,
  type Encoding,
  encodings,
  type Format,
  formats,
  type Import,
  importFor,
  importWords,
  keepStream,
  linesOfImport,
  type Match,
  MOST_BYTES,
  matches,
  recogniseImport,
  startImport,
  verdicts,
  workOn,
} from "../imports/imports.ts";
import { invite } from "../invitations/invitations.ts";
import { type Language, languages } from "../platform/language/language.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Writer } from "../platform/store/store.ts";
import { type Options, Refused, type TerminalTools, UsageMistake } from "./tools.ts";

const who = { id: "cli", role: "owner" };
const say = importWords.en;
/** How many refused rows are told one by one. */
const MOST_TOLD = 20;

export async function importFromTerminal(
  tools: TerminalTools,
  file: string,
  options: Options,
): Promise<void> {
  const wish = {
    format: oneOf<Format>("format", options.format, formats),
    encoding: oneOf<Encoding>("encoding", options.encoding, encodings),
  };
  const match = oneOf<Match>("match", options.match, matches);
  const language = oneOf<Language>("language", options.language, languages) ?? "ru";
  const id = await receive(tools, file);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const recognised = await recogniseImport(tools, id, wish);
    if (recognised.kind !== "recognised") throw new Refused(`${file}: ${say.unreadable[recognised.kind]}`);
    const { settings } = await jobOf(tools, id);
    if (!settings) throw new Error("a recognised import has settings");
    const wanted = {
      ...settings,
      match: match ?? settings.match,
      vouch: options.vouch === true,
      invite: options.invite === true,
      language,
    };
    const step = options["dry-run"] ? "checking" : "running";
    const started = await startImport(tools, id, step, wanted);
    if (started.kind === "problem")
      throw new Refused(problems[started.problem](wanted.columns, wanted.match));
    await follow(tools, id, stopping.signal);
    await tell(tools, id, options);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await endTrial(tools, id, options);
  }
}

/** Nobody goes on with what was tried out at the terminal, nor with what could not begin. */
async function endTrial(tools: TerminalTools, id: string, options: Options): Promise<void> {
  const { state } = await jobOf(tools, id);
  const isLeft = state === "receiving" || state === "settling" || (options["dry-run"] && state === "checked");
  if (isLeft) await cancelImport(tools, id);
}

const problems = {
  nobody: (columns: object) => `no column is a login or an e-mail; understood: ${told(columns)}`,
  match: (columns: object, match: string) => `no column is the ${match}; understood: ${told(columns)}`,
} as const;

function told(columns: object): string {
  const pairs = Object.entries(columns).map(([name, meaning]) => `${name} = ${meaning}`);
  return pairs.join(", ") || "nothing";
}

async function receive(tools: TerminalTools, file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new Refused(`${file}: there is no such file`);
  if (found.size > MOST_BYTES) throw new Refused(`${file}: larger than 1 GB; cut it into several`);
  const id = await beginImport(tools, { id: "cli", address: "terminal" }, basename(file));
  const stream = createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
  const kept = await keepStream(tools, id, stream);
  if (kept.kind !== "kept") throw new Refused(`${file}: could not be kept`);
  return id;
}

async function jobOf(tools: TerminalTools, id: string): Promise<Import> {
  const job = await importFor(tools.store.read, who, id);
  if (!job) throw new Refused("the import is gone");
  return job;
}

/** Works on it, or watches whoever does: a running service may have been quicker. */
async function follow(tools: TerminalTools, id: string, signal: AbortSignal): Promise<void> {
  const reading = new AbortController();
  const end = () => reading.abort();
  signal.addEventListener("abort", end);
  const options = {
    invite: (write: Writer, wish: { accountId: string; language: Language }) => invite(tools, write, wish),
    onProgress: () => void show(tools, id),
  };
  for (;;) {
    const job = await jobOf(tools, id);
    if (signal.aborted) {
      await cancelImport(tools, id);
      throw new Refused(`cancelled after ${job.doneRows} rows; what was taken in stays`);
    }
    if (job.state !== "checking" && job.state !== "running") break;
    await workOn(tools, options, { id, owner: newId(), signal: reading.signal });
    await show(tools, id);
    await sleep(300);
  }
  if (process.stderr.isTTY) process.stderr.write("\n");
}

async function show(tools: TerminalTools, id: string): Promise<void> {
  if (!process.stderr.isTTY) return;
  const job = await jobOf(tools, id);
  const seconds = Math.max(0.1, (tools.clock.now() - (job.beganAt ?? 0)) / 1_000);
  const share = Math.min(1, job.doneBytes / Math.max(1, job.size));
  const left = share > 0 ? Math.round((seconds / share) * (1 - share)) : 0;
  const rate = Math.round(job.doneRows / seconds);
  const line = `${Math.floor(share * 100)} %  ${job.doneRows} rows  ${rate} rows/s  ${left} s left`;
  process.stderr.write(`\r${line.padEnd(70)}`);
}

async function tell(tools: TerminalTools, id: string, options: Options): Promise<void> {
  const job = await jobOf(tools, id);
  if (job.state === "failed") throw new Refused(say.unreadable[job.problem ?? "fault"] ?? "failed");
  if (job.state === "cancelled") throw new Refused("cancelled");
  const { counts } = job;
  for (const verdict of verdicts) console.log(`${verdict}: ${counts[verdict]}`);
  if (job.state === "inviting") console.log("invitations: the running service sends 60 letters a minute");
  let after = 0;
  for (;;) {
    const lines = await linesOfImport(tools.store.read, job, { show: "refused", after, most: MOST_TOLD });
    for (const { line, notes, shown } of lines) {
      const reasons = notes.map((note) => say.reasons[note] ?? note).join("; ");
      console.error(`line ${line}: ${shown ? `${plain(shown)}: ` : ""}${reasons}`);
    }
    after = lines.at(-1)?.line ?? after;
    const isAll = lines.length < MOST_TOLD;
    if (!isAll && !options.all) console.error(`… and ${counts.refused - MOST_TOLD} more: --all tells them`);
    if (isAll || !options.all) return;
  }
}

/** What stands in a file may be meant for the terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, " ");
}

function oneOf<Value extends string>(
  name: string,
  value: string | undefined,
  known: readonly Value[],
): Value | undefined {
  const found = known.find((each) => each === value);
  if (value !== undefined && found === undefined)
    throw new UsageMistake(`--${name} is ${known.join(" or ")}`);
  return found;
}
