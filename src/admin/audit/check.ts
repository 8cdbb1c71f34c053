/** «Проверить цепочку»: at most one check at a time in a process, and its verdict is kept in the record. */
import { recordEvent, verifyAudit } from "../../audit/audit.ts";
import type { Actor } from "../acting.ts";
import type { AdminTools } from "../handling.ts";

/** Checks of an ordinary record end within this; whoever asked is not kept longer. */
const WAITED_MS = 5_000;

export interface RecordCheck {
  /** Starts a check, or joins the one that runs; tells whether it ended while one waited. */
  run(tools: AdminTools, actor: Actor): Promise<"done" | "running">;
}

export function createRecordCheck(): RecordCheck {
  let running: Promise<void> | undefined;
  return {
    async run(tools, actor) {
      running ??= check(tools, actor).finally(() => {
        running = undefined;
      });
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<"running">((resolve) => {
        timer = setTimeout(resolve, WAITED_MS, "running");
      });
      try {
        return await Promise.race([running.then(() => "done" as const), patience]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Ends without a throw: whoever asked may have gone. Without a verdict nothing is recorded. */
async function check(tools: AdminTools, actor: Actor): Promise<void> {
  try {
    const verdict = await verifyAudit(tools.store.read);
    const detail =
      verdict.kind === "whole"
        ? { verdict: "whole", events: verdict.events, head: verdict.headHash }
        : { verdict: "broken", seq: verdict.seq, why: verdict.why };
    await tools.store.transact((write) =>
      recordEvent(tools, write, {
        action: "audit.verified",
        actor: actor.id,
        accountId: null,
        address: actor.address,
        detail: { ...detail, device: actor.device },
      }),
    );
  } catch (fault) {
    tools.log.error({ err: fault }, "the record could not be checked");
  }
}
