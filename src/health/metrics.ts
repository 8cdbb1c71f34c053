import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type DeliveryFigures, oldestWaiting } from "../delivery/delivery.ts";
import type { IntakeFigures } from "../intake/intake.ts";
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
  intakeFigures: IntakeFigures;
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
  queueAges(registry, tools);
  labelled(registry, countsOf(tools));
  return registry;
}

function queueAges(registry: Registry, { clock, store }: { clock: Clock; store: Store }): void {
  const gauge = new Gauge({
    name: "propusk_delivery_queue_oldest_seconds",
    help: "Age of the oldest message that waits, by channel",
    labelNames: ["channel"],
    registers: [],
    async collect() {
      for (const channel of ["email", "sms"] as const) {
        const oldest = await oldestWaiting(store.read, channel);
        this.set({ channel }, oldest === undefined ? 0 : Math.max(0, clock.now() - oldest) / 1_000);
      }
    },
  });
  registry.registerMetric(gauge);
}

interface Counted {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  list(): Iterable<readonly [labels: readonly string[], count: number]>;
}

function countsOf(tools: {
  deliveryFigures: DeliveryFigures;
  intakeFigures: IntakeFigures;
  alarms: Alarms;
}): Counted[] {
  return [
    {
      name: "alarms_total",
      help: "Limits of the whole service that bit since the start, by what they held back",
      labelNames: ["event", "by"],
      list: () => [...tools.alarms].map(([key, count]) => [key.split(" "), count]),
    },
    {
      name: "delivery_attempts_total",
      help: "Times a connector was asked to carry a message",
      labelNames: ["channel", "connector", "result"],
      list: () => tools.deliveryFigures.list("attempts").map(({ labels, count }) => [labels, count]),
    },
    {
      name: "sms_reports_total",
      help: "What gateways reported of SMS that they had taken over",
      labelNames: ["gateway", "status"],
      list: () => tools.deliveryFigures.list("reports").map(({ labels, count }) => [labels, count]),
    },
    {
      name: "bounces_total",
      help: "Letters that were refused or came back, by what that means",
      labelNames: ["class"],
      list: () => tools.deliveryFigures.list("bounces").map(({ labels, count }) => [labels, count]),
    },
    {
      name: "intake_mails_total",
      help: "Mail that came in, by the kind of address and what became of it",
      labelNames: ["prefix", "result"],
      list: () => [...tools.intakeFigures].map(([key, count]) => [key.split(" "), count]),
    },
  ];
}

function labelled(registry: Registry, figures: readonly Counted[]): void {
  for (const { name, help, labelNames, list } of figures) {
    const gauge = new Gauge({
      name: `propusk_${name}`,
      help,
      labelNames,
      registers: [],
      collect() {
        for (const [labels, count] of list())
          this.set(Object.fromEntries(labelNames.map((label, place) => [label, labels[place] ?? ""])), count);
      },
    });
    registry.registerMetric(gauge);
  }
}
