import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type DeliveryFigure, type DeliveryFigures, oldestWaiting } from "../delivery/delivery.ts";
import type { Hashing } from "../passwords/passwords.ts";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";
import type { Alarms } from "../platform/throttle/alarms.ts";

/** The figures of this instance, read at the moment of each scrape. */
export function createMetrics(tools: {
  clock: Clock;
  store: Store;
  hashing: Hashing;
  deliveryFigures: DeliveryFigures;
  alarms: Alarms;
}): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "propusk_" });
  const gauge = (name: string, help: string, collect: () => number | Promise<number>) =>
    new Gauge({
      name: `propusk_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await collect());
      },
    });
  gauge("hashing_running", "Password hashes worked on now", () => tools.hashing.stats().running);
  gauge("hashing_waiting", "Password hashes waiting for a place", () => tools.hashing.stats().waiting);
  gauge(
    "hashing_refused_total",
    "Password hashes turned away since the start",
    () => tools.hashing.stats().refused,
  );
  gauge(
    "hashing_seconds",
    "Moving average of one password hash",
    () => tools.hashing.stats().averageMs / 1_000,
  );
  gauge("delivery_queue_oldest_seconds", "Age of the oldest message that waits", async () => {
    const oldest = await oldestWaiting(tools.store.read);
    return oldest === undefined ? 0 : Math.max(0, tools.clock.now() - oldest) / 1_000;
  });
  new Gauge({
    name: "propusk_alarms_total",
    help: "Limits of the whole service that bit since the start, by what they held back",
    labelNames: ["event", "by"],
    registers: [registry],
    collect() {
      for (const [key, count] of tools.alarms) {
        const [event = "", by = ""] = key.split(" ");
        this.set({ event, by }, count);
      }
    },
  });
  const counted = (figure: DeliveryFigure, name: string, help: string, labelNames: readonly string[]) =>
    new Gauge({
      name: `propusk_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        for (const { labels, count } of tools.deliveryFigures.list(figure))
          this.set(Object.fromEntries(labelNames.map((label, place) => [label, labels[place] ?? ""])), count);
      },
    });
  counted("attempts", "delivery_attempts_total", "Times a connector was asked to carry a message", [
    "channel",
    "connector",
    "result",
  ]);
  counted("reports", "sms_reports_total", "What gateways reported of SMS that they had taken over", [
    "gateway",
    "status",
  ]);
  return registry;
}
