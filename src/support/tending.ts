/** What time does to cases: once a minute, on every instance; of two that come together one does it. */
import { holdAccount } from "../accounts/accounts.ts";
import { StoreUnavailable, type Writer } from "../platform/store/store.ts";
import { remindOwner, stopIfDisturbed } from "./approval.ts";
import { sendLink } from "./finish.ts";
import * as rows from "./rows.ts";
import { tell } from "./staff.ts";
import { bySystem, moveCase, type SupportTools } from "./tools.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long an address for answers may stay unproved. */
export const CONFIRM_WITHIN_MS = 24 * HOUR_MS;
/** How long the desk waits for the applicant. */
export const SILENCE_MS = 7 * DAY_MS;
/** How long a case is kept after its end: as long as a person's own history, and two years for the record. */
const KEPT_MS = 730 * DAY_MS;
/** Of each kind at a time; the next minute brings the rest. */
const AT_ONCE = 50;

/** Moves on what is due: reminders, the end of waits, silence, and owners who came in themselves. */
export async function tendCases(tools: SupportTools): Promise<void> {
  const now = tools.clock.now();
  const limits = { unconfirmedBefore: now - CONFIRM_WITHIN_MS, silentBefore: now - SILENCE_MS };
  const due = await rows.dueCases(tools.store.read, tools.store.kind, limits, AT_ONCE);
  for (const { id, account_id: accountId } of due) {
    await tools.store.transact(async (write) => {
      const account = accountId ? await holdAccount(write, tools.store.kind, accountId) : undefined;
      const found = await rows.caseById(write, id);
      if (!found) return;
      if (account && (await stopIfDisturbed(tools, write, found, account))) return;
      await tend(tools, write, found, { account, now });
    });
  }
}

async function tend(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  { account, now }: { account: Awaited<ReturnType<typeof holdAccount>>; now: number },
): Promise<void> {
  switch (found.state) {
    case "unconfirmed":
      if (found.moved_at < now - CONFIRM_WITHIN_MS)
        await moveCase(tools, write, found, { move: "expire", by: bySystem });
      return;
    case "asked":
    case "released":
      if (found.moved_at < now - SILENCE_MS) await closeSilent(tools, write, found);
      return;
    case "waiting":
      if (account) await endWait(tools, write, found, account);
      return;
    case "new":
    case "handling":
    case "proposed":
    case "done":
    case "refused":
    case "stopped":
    case "closed":
    case "expired":
      return;
  }
}

async function closeSilent(tools: SupportTools, write: Writer, found: rows.CaseRow): Promise<void> {
  const set = { reason: "silent", due_at: null };
  if (await moveCase(tools, write, found, { move: "silence", by: bySystem, set }))
    await tell(tools, write, found, "case-silent");
}

/**
 * The wait is over when the database's clock and this instance's say so: one that leapt ahead shortens
 * nothing.
 */
async function endWait(
  tools: SupportTools,
  write: Writer,
  found: rows.CaseRow,
  account: NonNullable<Awaited<ReturnType<typeof holdAccount>>>,
): Promise<void> {
  const now = await rows.databaseTime(write, tools.store.kind);
  if (found.release_at !== null && now >= found.release_at && tools.clock.now() >= found.release_at) {
    const moved = await moveCase(tools, write, found, { move: "release", by: bySystem });
    if (moved) await sendLink(tools, write, moved, account);
    return;
  }
  if (found.remind_at !== null && now >= found.remind_at) await remindOwner(tools, write, found, account);
}

/** Removes what nobody needs: unconfirmed ones after a week, ended ones after two years. */
export async function purgeCases(tools: SupportTools): Promise<void> {
  const now = tools.clock.now();
  const limits = { expiredBefore: now - 7 * DAY_MS, endedBefore: now - KEPT_MS };
  for (;;) {
    const gone = await tools.store.transact((write) => rows.deleteOld(write, limits, AT_ONCE));
    if (gone === 0) return;
  }
}

/** Tends now, then once a minute until it is stopped. A database that is away is told of and waited for. */
export function startTending(tools: SupportTools & { log: { error(fields: object): void } }): {
  stop(): Promise<void>;
} {
  let running: Promise<void> = Promise.resolve();
  let isBusy = false;
  const tend = () => {
    if (isBusy) return;
    isBusy = true;
    running = tendCases(tools)
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) throw error;
        tools.log.error({ event: "desk_tending_failed", err: error });
      })
      .finally(() => {
        isBusy = false;
      });
  };
  tend();
  const timer = setInterval(tend, 60_000).unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
