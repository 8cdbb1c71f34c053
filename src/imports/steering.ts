/** Tries an import out, does it, holds it up and ends it. */
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";
import { isAtWork, isPaused } from "./looking.ts";
import { dropParts } from "./parts.ts";
import * as rows from "./rows.ts";
import { type ImportSettings, problemOf } from "./settings.ts";
import { type Doer, recordStep } from "./steps.ts";
import { type Counts, noCounts } from "./verdicts.ts";

interface Tools {
  clock: Clock;
  store: Store;
}

export type Started =
  | { kind: "started" }
  | { kind: "problem"; problem: "nobody" | "match" }
  /** It has gone on meanwhile, or ended. */
  | { kind: "elsewhere" };

/** Tries the import out, or does it, with these settings. A worker takes it from here. */
export async function startImport(
  tools: Tools,
  id: string,
  step: "checking" | "running",
  settings: ImportSettings,
): Promise<Started> {
  const problem = problemOf(settings);
  if (problem) return { kind: "problem", problem };
  return tools.store.transact(async (write): Promise<Started> => {
    const held = await rows.holdImport(write, tools.store.kind, id);
    if (held?.state !== "settling" && held?.state !== "checked") return { kind: "elsewhere" };
    const job = { ...held, settings: JSON.stringify(settings) };
    await rows.changeImport(write, id, {
      state: step,
      settings: job.settings,
      counts: JSON.stringify(noCounts()),
      done_rows: 0,
      done_bytes: 0,
      began_at: tools.clock.now(),
      lease_owner: null,
      lease_until: 0,
    });
    const wishes = { vouch: settings.vouch ? 1 : 0, invite: settings.invite ? 1 : 0, match: settings.match };
    await recordStep(tools, write, job, step === "checking" ? "import.tried" : "import.started", wishes);
    return { kind: "started" };
  });
}

/** Nobody works on it until it is resumed. False when there is nothing to hold up. */
export function pauseImport(tools: Tools, id: string, by: Doer): Promise<boolean> {
  return holdUp(tools, id, by, true);
}

export function resumeImport(tools: Tools, id: string, by: Doer): Promise<boolean> {
  return holdUp(tools, id, by, false);
}

function holdUp(tools: Tools, id: string, by: Doer, pauses: boolean): Promise<boolean> {
  return tools.store.transact(async (write) => {
    const held = await rows.holdImport(write, tools.store.kind, id);
    if (!held || !isAtWork(held) || isPaused(held) === pauses) return false;
    // Whoever works on it finds at the next batch that the lease is somebody else's.
    const lease = pauses ? rows.pausedLease : { lease_owner: null, lease_until: 0 };
    await rows.changeImport(write, id, lease);
    await recordStep(tools, write, held, pauses ? "import.paused" : "import.resumed", {}, by);
    return true;
  });
}

/** Ends it where it stands; what has been taken in stays. False when it had ended already. */
export async function cancelImport(tools: Tools, id: string, by?: Doer): Promise<boolean> {
  const cancelled = await tools.store.transact(async (write) => {
    const held = await rows.holdImport(write, tools.store.kind, id);
    if (!held || held.finished_at !== null) return false;
    // What a check counted has not come to pass.
    const hasRun = held.state === "running" || held.state === "inviting";
    const counts = hasRun ? (JSON.parse(held.counts) as Counts) : noCounts();
    await rows.changeImport(write, id, {
      state: "cancelled",
      counts: JSON.stringify(counts),
      ...(!hasRun && { done_rows: 0 }),
      finished_at: tools.clock.now(),
      lease_until: 0,
    });
    await recordStep(tools, write, held, "import.cancelled", counts, by);
    return true;
  });
  if (cancelled) await dropParts(tools, id);
  return cancelled;
}
