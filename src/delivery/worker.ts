/**
 * Empties the outbox. Any number of workers may share one database: a row is sent by whoever holds its lease,
 * and a lease that is not renewed lapses, so a worker that died holds nothing for longer than a minute.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "../platform/secrets/ids.ts";
import type { Writer } from "../platform/store/store.ts";
import { type AttemptTools, attempt, type Outcome } from "./attempt.ts";
import type { Channel } from "./catalogue.ts";
import { countTries, noteEnd } from "./figures.ts";
import type { DeliveryOptions, DeliveryTools } from "./options.ts";
import { askGateways } from "./reports/reports.ts";
import { ChannelHealth, delayAfter } from "./retry.ts";
import {
  bringForward,
  claimDue,
  findAbandoned,
  finish,
  handBack,
  insertEvents,
  isSomethingDue,
  type MessageRow,
  renewLeases,
  requeue,
  type Step,
} from "./rows.ts";
import { stepsOf, verdictOn } from "./verdict.ts";

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 20_000;
const POLL_MS = 1_000;
const ASK_MS = 5_000;
/** Waking at a random moment keeps the work of sending out of the times of the requests that caused it. */
const WAKE_WITHIN_MS = 200;
/** Requests come first, but while they keep this process busy no message waits for them longer than this. */
const YIELD_MS = 5_000;
const STOP_WITHIN_MS = 10_000;
const RECORD_AGAIN_MS = 1_000;
const CHANNELS = ["email", "sms", "portal"] as const;

export interface Delivery {
  /** Looks into the outbox now. */
  wake(): void;
  /** For tests: resolves when nothing is due and nothing is in the air. */
  drained(): Promise<void>;
  /** Takes nothing new, gives what is in the air 10 s, hands the rest back and closes the transports. */
  stop(): Promise<void>;
}

/** Starts the worker of this process. */
export function startDelivery(tools: DeliveryTools, options: DeliveryOptions): Delivery {
  const worker = new Worker(tools, options);
  worker.start();
  return worker;
}

class Worker implements Delivery {
  readonly #tools: DeliveryTools;
  readonly #options: DeliveryOptions;
  readonly #attempts: AttemptTools;
  readonly #owner = newId();
  readonly #places: number;
  readonly #health = {
    email: new ChannelHealth(),
    sms: new ChannelHealth(),
    portal: new ChannelHealth(),
  };
  readonly #inTheAir = new Map<string, { channel: Channel; done: Promise<void> }>();
  #turn: Promise<unknown> = Promise.resolve();
  #wakeAt: NodeJS.Timeout | undefined;
  #timers: NodeJS.Timeout[] = [];
  #stopping = false;
  #asking = false;

  constructor(tools: DeliveryTools, options: DeliveryOptions) {
    this.#tools = tools;
    this.#options = options;
    this.#places = options.places ?? 8;
    this.#attempts = {
      read: tools.store.read,
      ...options,
      report: (fault, about) => tools.log?.error({ err: fault, ...about }, "a message could not be written"),
    };
  }

  start(): void {
    this.#timers = [
      setInterval(() => this.wake(), POLL_MS).unref(),
      setInterval(() => void this.#renew(), HEARTBEAT_MS).unref(),
      setInterval(() => void this.#ask(), ASK_MS).unref(),
    ];
    this.#tools.deliveryBell.answer(() => this.#wakeSoon());
  }

  #wakeSoon(): void {
    this.#wakeAt ??= setTimeout(() => {
      this.#wakeAt = undefined;
      this.wake();
    }, Math.random() * WAKE_WITHIN_MS).unref();
  }

  wake(): void {
    void this.#take();
  }

  async drained(): Promise<void> {
    for (;;) {
      const taken = await this.#take("at once");
      if (this.#inTheAir.size > 0)
        await Promise.race([...this.#inTheAir.values()].map((flight) => flight.done));
      else if (taken === 0) return;
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#tools.deliveryBell.answer(undefined);
    clearTimeout(this.#wakeAt);
    await this.#turn;
    const inTheAir = Promise.all([...this.#inTheAir.values()].map((flight) => flight.done));
    const patience = new AbortController();
    await Promise.race([inTheAir, sleep(STOP_WITHIN_MS, undefined, patience).catch(() => {})]);
    patience.abort();
    for (const timer of this.#timers) clearInterval(timer);
    try {
      if (this.#inTheAir.size > 0) {
        await this.#tools.store.transact((write) => handBack(write, this.#owner, this.#tools.clock.now()));
      }
    } finally {
      const { email, sms, portal } = this.#options.transports;
      await Promise.all([email.close(), sms?.close(), portal?.close()]);
    }
  }

  /** Fills the free places, one caller after another, and says how many rows were taken. */
  #take(patience: "at once" | "requests first" = "requests first"): Promise<number> {
    const turn = this.#turn.then(async () => {
      try {
        return this.#stopping ? 0 : await this.#takeNow(patience);
      } catch (fault) {
        this.#tools.log?.error({ err: fault }, "the outbox could not be read");
        return 0;
      }
    });
    this.#turn = turn;
    return turn;
  }

  async #takeNow(patience: "at once" | "requests first"): Promise<number> {
    const { clock, store } = this.#tools;
    const now = clock.now();
    const open = CHANNELS.filter((channel) => this.#room(channel, now) > 0);
    const yields = patience === "requests first" && this.#options.isBusy?.();
    if (yields) this.#wakeSoon();
    const dueBy = yields ? now - YIELD_MS : now;
    if (!(await isSomethingDue(store.read, dueBy, open))) return 0;
    const rows = await store.transact(async (write) => {
      await this.#rescue(write, now);
      const taken: MessageRow[] = [];
      for (const channel of open) {
        const limit = this.#room(channel, now);
        const lease = { owner: this.#owner, leaseUntil: now + LEASE_MS };
        taken.push(...(await claimDue(write, store.kind, { channel, limit, now: dueBy, ...lease })));
      }
      await insertEvents(
        write,
        taken.map((row) => event(row, now, "attempt", `attempt ${row.attempts}`)),
      );
      return taken;
    });
    for (const row of rows) this.#launch(row);
    return rows.length;
  }

  /** Each channel has places of its own, so a gateway that hangs holds up no letter. */
  #room(channel: Channel, now: number): number {
    const flights = [...this.#inTheAir.values()].filter((flight) => flight.channel === channel);
    return this.#health[channel].room(now, this.#places - flights.length, flights.length);
  }

  #launch(row: MessageRow): void {
    const done = this.#deliver(row).finally(() => {
      this.#inTheAir.delete(row.id);
      this.wake();
    });
    this.#inTheAir.set(row.id, { channel: row.channel, done });
  }

  async #deliver(row: MessageRow): Promise<void> {
    const outcome = await attempt(this.#attempts, row);
    const transport = this.#options.transports[row.channel] ?? null;
    countTries(this.#tools.deliveryFigures, row.channel, transport, outcome);
    // The other side has answered already, so a database that is away for a moment must not lose that.
    const lastTry = performance.now() + LEASE_MS;
    for (;;) {
      try {
        await this.#tools.store.transact((write) => this.#record(write, row, outcome));
        break;
      } catch (fault) {
        this.#tools.log?.error({ err: fault, messageId: row.id }, "an answer could not be recorded");
        if (this.#stopping || performance.now() > lastTry) break;
        await sleep(RECORD_AGAIN_MS);
      }
    }
    await this.#learn(row.channel, outcome);
  }

  async #record(write: Writer, row: MessageRow, outcome: Outcome): Promise<void> {
    const now = this.#tools.clock.now();
    const held = { id: row.id, owner: this.#owner };
    const verdict = verdictOn(row, outcome, now);
    const kept =
      verdict.kind === "over"
        ? await finish(write, { ...held, state: verdict.state, now, taken: verdict.taken })
        : await requeue(write, { ...held, nextAttemptAt: verdict.nextAttemptAt, trouble: verdict.trouble });
    // Not ours any more: the lease had lapsed, and whoever took the row over writes its own trace.
    if (!kept) return;
    if (outcome.kind === "refused" && row.channel === "email") {
      await this.#options.onRefused?.(write, { to: row.sent_to, answer: outcome.answer });
    }
    const steps = stepsOf(outcome, verdict).map(({ step, detail }) => event(row, now, step, detail));
    await insertEvents(write, steps);
    await noteEnd(write, row, { outcome, verdict, now });
  }

  async #learn(channel: Channel, outcome: Outcome): Promise<void> {
    const health = this.#health[channel];
    const now = this.#tools.clock.now();
    switch (outcome.kind) {
      case "accepted":
      case "refused":
      case "later":
        if (!health.heard()) return;
        await this.#tools.store
          .transact((write) => bringForward(write, channel, now))
          .catch((fault) =>
            this.#tools.log?.error({ err: fault }, "waiting messages were not brought forward"),
          );
        return;
      case "unknown":
      case "unreachable":
        health.silence(now);
        return;
      case "dropped":
      case "failed":
      case "unwritten":
        return;
    }
  }

  /**
   * Gives rows of dead workers back to the queue; a row that kills its workers comes back ever later. An SMS
   * may have left already, and is not sent a second time.
   */
  async #rescue(write: Writer, now: number): Promise<void> {
    const events: ReturnType<typeof event>[] = [];
    for (const row of await findAbandoned(write, this.#tools.store.kind, now)) {
      if (row.channel === "sms") {
        await finish(write, { id: row.id, owner: row.lease_owner, state: "failed", now });
        events.push(event(row, row.lease_until, "failed", "sending was interrupted, and it may have left"));
        continue;
      }
      const nextAttemptAt = row.attempts > 1 ? now + delayAfter(row.attempts) : now;
      await requeue(write, { id: row.id, owner: row.lease_owner, nextAttemptAt, trouble: row.trouble });
      events.push(event(row, row.lease_until, "deferred", "sending was interrupted"));
    }
    await insertEvents(write, events);
  }

  async #ask(): Promise<void> {
    if (this.#asking || this.#stopping) return;
    this.#asking = true;
    try {
      await askGateways(this.#tools, this.#options.gateways ?? []);
    } catch (fault) {
      this.#tools.log?.error({ err: fault }, "gateways could not be asked about messages");
    } finally {
      this.#asking = false;
    }
  }

  async #renew(): Promise<void> {
    const ids = [...this.#inTheAir.keys()];
    if (ids.length === 0) return;
    const leaseUntil = this.#tools.clock.now() + LEASE_MS;
    try {
      await this.#tools.store.transact((write) => renewLeases(write, ids, this.#owner, leaseUntil));
    } catch (fault) {
      this.#tools.log?.error({ err: fault }, "leases could not be renewed");
    }
  }
}

function event(row: MessageRow, at: number, step: Step, detail: string) {
  return { messageId: row.id, at, step, detail };
}
