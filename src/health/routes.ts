import { Hono } from "hono";
import type { DeliveryFigures } from "../delivery/delivery.ts";
import type { IntakeFigures } from "../intake/intake.ts";
import type { Hashing } from "../passwords/passwords.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";
import type { Alarms } from "../platform/throttle/alarms.ts";
import type { WebEnv } from "../platform/web/context.ts";
import { checkHealth } from "./health.ts";

export function healthRoutes(tools: { clock: Clock; store: Store }): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/live", (c) => c.json({ live: true }))
    .get("/ready", async (c) => {
      const health = await checkHealth(tools);
      return c.json(health, health.ready ? 200 : 503);
    });
}

/** The second listener: health and figures, for loopback only. Its library is loaded only here. */
export async function createManagement(tools: {
  clock: Clock;
  store: Store;
  hashing: Hashing;
  deliveryFigures: DeliveryFigures;
  intakeFigures: IntakeFigures;
  alarms: Alarms;
}): Promise<Hono<WebEnv>> {
  const { createMetrics } = await import("./metrics.ts");
  const metrics = createMetrics(tools);
  return new Hono<WebEnv>().route("/health", healthRoutes(tools)).get("/metrics", async (c) => {
    c.header("Content-Type", metrics.contentType);
    return c.body(await metrics.metrics());
  });
}
