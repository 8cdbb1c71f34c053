/** A file on its way in, and what it turns out to be. */
import type { Clock } from "../platform/clock.ts";
import { newId } from "../platform/secrets/ids.ts";
import type { Secrets } from "../platform/secrets/secrets.ts";
import type { Reader, Store } from "../platform/store/store.ts";
import { guessColumns } from "./columns.ts";
import { dropParts, PieceSealed, partsOf } from "./parts.ts";
import { HEAD_BYTES, type Recognised, type Source, type Wish } from "./reading/kinds.ts";
import * as rows from "./rows.ts";
import { type ImportSettings, usualSettings } from "./settings.ts";
import { type Doer, recordStep } from "./steps.ts";
import { noCounts } from "./verdicts.ts";

interface Tools {
  clock: Clock;
  secrets: Secrets;
  store: Store;
}

const LONGEST_NAME = 200;

/** A new import whose file is still to come. */
export async function beginImport(
  tools: Omit<Tools, "secrets">,
  by: Doer,
  fileName: string,
): Promise<string> {
  const id = newId();
  const name = fileName
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/^.*[\\/]/, "")
    .slice(0, LONGEST_NAME);
  await tools.store.transact((write) =>
    rows.insertImport(write, {
      id,
      created_by: by.id,
      file_name: name.toWellFormed() || "—",
      size: 0,
      state: "receiving",
      settings: JSON.stringify({ address: by.address }),
      counts: JSON.stringify(noCounts()),
      done_rows: 0,
      done_bytes: 0,
      began_at: null,
      checked_at: null,
      lease_owner: null,
      lease_until: 0,
      problem: null,
      created_at: tools.clock.now(),
      finished_at: null,
    }),
  );
  return id;
}

/**
 * The whole file is here: says what it is. What is none of the known kinds is thrown away at once. Also tells
 * anew, with other wishes, as long as nothing has begun; what cannot be then leaves everything as it was.
 */
export async function recogniseImport(tools: Tools, id: string, wish: Wish = {}): Promise<Recognised> {
  const job = await rows.importById(tools.store.read, id);
  if (!job) return { kind: "empty" };
  const { recognise } = await import("./reading/source.ts");
  const head = await headOf(tools, id, HEAD_BYTES);
  const recognised: Recognised = head ? recognise(head, wish) : { kind: "sealed" };
  const { address = "" } = JSON.parse(job.settings) as Partial<ImportSettings>;
  const settings =
    recognised.kind === "recognised" && (await settingsFor(tools.store.read, recognised.source, address));
  await tools.store.transact(async (write) => {
    const held = await rows.holdImport(write, tools.store.kind, id);
    if (held?.state !== "receiving" && held?.state !== "settling" && held?.state !== "checked") return;
    if (settings) {
      await rows.changeImport(write, id, { state: "settling", settings: JSON.stringify(settings) });
      if (held.state === "receiving")
        await recordStep(tools, write, held, "import.received", { bytes: held.size });
    } else if (held.state === "receiving") {
      await rows.changeImport(write, id, {
        state: "failed",
        problem: recognised.kind,
        finished_at: tools.clock.now(),
      });
    }
  });
  if (recognised.kind !== "recognised" && job.state === "receiving") await dropParts(tools, id);
  return recognised;
}

const EARLIER = 50;

/** What was settled for the last file with the same columns goes before a guess. */
async function settingsFor(read: Reader, source: Source, address: string): Promise<ImportSettings> {
  const usual = usualSettings(source, guessColumns(source.columns), address);
  if (source.format === "bitrix") return usual;
  const isSame = (columns: readonly string[] = []) =>
    columns.length === source.columns.length && columns.every((name, at) => name === source.columns[at]);
  for (const row of await rows.settingsOfRun(read, EARLIER)) {
    const earlier = JSON.parse(row.settings) as Partial<ImportSettings>;
    if (!earlier.columns || !earlier.match || !isSame(earlier.source?.columns)) continue;
    return { ...usual, columns: earlier.columns, match: earlier.match };
  }
  return usual;
}

const SAMPLED_BYTES = 32 * 1024;

/** The first rows as they are read with these settings, for the eye; none where the file does not open. */
export async function samplesOf(
  tools: Tools,
  id: string,
  source: Source,
  most: number,
): Promise<Readonly<Record<string, string>>[]> {
  const head = await headOf(tools, id, SAMPLED_BYTES);
  if (!head) return [];
  // A row that is cut off is one of the first only where lines are longer than that.
  const isWhole = head.length < SAMPLED_BYTES || source.encoding === "utf-16";
  const whole = isWhole ? head : head.subarray(0, head.lastIndexOf(0x0a) + 1);
  const { rowsOf } = await import("./reading/source.ts");
  const found: Readonly<Record<string, string>>[] = [];
  for await (const some of rowsOf(source, [whole] as unknown as AsyncIterable<Uint8Array>)) {
    for (const row of some) if (row.kind === "row" && found.length < most) found.push(row.values);
  }
  return found;
}

/** Undefined when the key that it was sealed with is gone. */
async function headOf(tools: Tools, id: string, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of partsOf(tools, id)) {
      parts.push(part);
      size += part.length;
      if (size >= most) break;
    }
  } catch (fault) {
    if (fault instanceof PieceSealed) return undefined;
    throw fault;
  }
  return Buffer.concat(parts).subarray(0, most);
}
