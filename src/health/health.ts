/** Whether this instance can do its work, for balancers and supervisors. */
import { accountById } from "../accounts/accounts.ts";
import { oldestWaiting } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";

export interface Health {
  ready: boolean;
  database: "ok" | "unavailable";
  /** "waiting": a letter has been due for over a minute; the rest of the service is not held up by that. */
  mail: "ok" | "waiting" | "unknown";
}

const LATE_MS = 60_000;

/** Never throws: a database that is away is an answer. */
export async function checkHealth(tools: { clock: Clock; store: Store }): Promise<Health> {
  try {
    await accountById(tools.store.read, "");
    const oldest = await oldestWaiting(tools.store.read);
    const late = oldest !== undefined && tools.clock.now() - oldest > LATE_MS;
    return { ready: true, database: "ok", mail: late ? "waiting" : "ok" };
  } catch {
    return { ready: false, database: "unavailable", mail: "unknown" };
  }
}
