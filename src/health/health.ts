/** Whether this instance can do its work, for balancers and supervisors. */
import { accountById } from "../accounts/accounts.ts";
import { oldestWaiting } from "../delivery/delivery.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";

export interface Health {
  ready: boolean;
  database: "ok" | "unavailable";
  mail: ChannelHealth;
  sms: ChannelHealth;
}

/** "waiting": a message has been due for over a minute; the rest of the service is not held up by that. */
type ChannelHealth = "ok" | "waiting" | "unknown";

const LATE_MS = 60_000;

/** Never throws: a database that is away is an answer. */
export async function checkHealth(tools: { clock: Clock; store: Store }): Promise<Health> {
  try {
    await accountById(tools.store.read, "");
    const [mail, sms] = [await healthOf(tools, "email"), await healthOf(tools, "sms")];
    return { ready: true, database: "ok", mail, sms };
  } catch {
    return { ready: false, database: "unavailable", mail: "unknown", sms: "unknown" };
  }
}

async function healthOf(
  { clock, store }: { clock: Clock; store: Store },
  channel: "email" | "sms",
): Promise<ChannelHealth> {
  const oldest = await oldestWaiting(store.read, channel);
  return oldest !== undefined && clock.now() - oldest > LATE_MS ? "waiting" : "ok";
}
