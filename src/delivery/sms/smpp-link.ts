/** Keeps one bound connection to the operator: binds, asks whether it lives, binds anew when it does not. */
import smpp, { type Pdu } from "smpp";
import type { SmppAccount } from "./smpp-account.ts";
import { openConnection, type SmppConnection, type SmppReply, statusName } from "./smpp-connection.ts";

export interface SmppLinkTimes {
  /** Connecting, TLS and the answer to the bind together. */
  readonly bindMs: number;
  /** From one enquire_link to the next. */
  readonly enquireEveryMs: number;
  /** A link that leaves an enquire_link unanswered for so long is dead. */
  readonly enquireMs: number;
  /** The rest before the next bind: the first one, doubled each time, up to the longest. */
  readonly firstRestMs: number;
  readonly longestRestMs: number;
  /** What an unbind may take. */
  readonly unbindMs: number;
}

type State =
  | { readonly kind: "binding"; readonly outcome: PromiseWithResolvers<void> }
  | { readonly kind: "bound"; readonly connection: SmppConnection }
  | { readonly kind: "down"; readonly reason: string };

/** SMPP 3.4, 5.2.4. */
const INTERFACE_VERSION = 0x34;

/** The one link of a gateway: never two binds at once, and a rest after each loss. It binds by itself. */
export class SmppLink {
  readonly #account: SmppAccount;
  readonly #times: SmppLinkTimes;
  readonly #onRequest: (pdu: Pdu, connection: SmppConnection) => void;
  #state: State = { kind: "down", reason: "not connected yet" };
  #connection: SmppConnection | undefined;
  /** The one thing that is waited for: the end of a bind, the next enquire_link, or the next bind. */
  #timer: NodeJS.Timeout | undefined;
  #losses = 0;
  #closed = false;

  /** `onRequest` gets what the operator asks, enquire_link and unbind apart. */
  constructor(
    account: SmppAccount,
    times: SmppLinkTimes,
    onRequest: (pdu: Pdu, connection: SmppConnection) => void,
  ) {
    this.#account = account;
    this.#times = times;
    this.#onRequest = onRequest;
    this.#start();
  }

  /**
   * The bound connection, or why there is none. While a bind is under way its outcome is waited for, until
   * the signal aborts; between two binds nothing is waited for, so that another gateway may have the message.
   */
  async bound(until: AbortSignal): Promise<SmppConnection | { readonly unreachable: string }> {
    if (this.#state.kind === "binding") await Promise.race([this.#state.outcome.promise, aborted(until)]);
    const state = this.#state;
    switch (state.kind) {
      case "bound":
        return state.connection;
      case "binding":
        return { unreachable: "still connecting" };
      case "down":
        return { unreachable: state.reason };
    }
  }

  /** Unbinds and ends it for good. Requests that wait are `closed`. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#state.kind === "bound") {
      await askWithin(this.#state.connection, new smpp.PDU("unbind"), this.#times.unbindMs);
    }
    this.#connection?.end("closed");
  }

  #start(): void {
    this.#state = { kind: "binding", outcome: Promise.withResolvers() };
    const connection = openConnection(this.#account, {
      onOpen: () => void this.#bind(connection),
      onRequest: (pdu) => this.#receive(pdu, connection),
      onOver: (reason) => this.#lost(reason),
    });
    this.#connection = connection;
    this.#timer = setTimeout(() => connection.end("no answer to the bind"), this.#times.bindMs);
  }

  async #bind(connection: SmppConnection): Promise<void> {
    const reply = await askWithin(connection, bindRequest(this.#account), this.#times.bindMs);
    // An answer and the end of the connection may come in one breath.
    if (reply.kind !== "answered" || this.#connection !== connection) return;
    const status = reply.pdu.command_status;
    if (status === 0) {
      clearTimeout(this.#timer);
      this.#become({ kind: "bound", connection });
      this.#watch(connection);
    } else {
      connection.end(`bind refused: ${statusName(status)}`);
    }
  }

  #watch(connection: SmppConnection): void {
    this.#timer = setTimeout(() => void this.#enquire(connection), this.#times.enquireEveryMs);
  }

  async #enquire(connection: SmppConnection): Promise<void> {
    const reply = await askWithin(connection, new smpp.PDU("enquire_link"), this.#times.enquireMs);
    if (reply.kind === "silent") connection.end("no answer to enquire_link");
    if (this.#connection !== connection) return;
    this.#losses = 0;
    this.#watch(connection);
  }

  #receive(pdu: Pdu, connection: SmppConnection): void {
    if (pdu.command !== "enquire_link" && pdu.command !== "unbind") {
      this.#onRequest(pdu, connection);
      return;
    }
    connection.answer(pdu.response());
    if (pdu.command === "unbind") connection.end("the operator unbound us");
  }

  #lost(reason: string): void {
    clearTimeout(this.#timer);
    this.#connection = undefined;
    this.#become({ kind: "down", reason });
    if (this.#closed) return;
    this.#losses += 1;
    this.#timer = setTimeout(() => this.#start(), restAfter(this.#losses, this.#times));
  }

  #become(next: State): void {
    const before = this.#state;
    this.#state = next;
    if (before.kind === "binding") before.outcome.resolve();
  }
}

function bindRequest({ systemId, password, systemType }: SmppAccount): Pdu {
  return new smpp.PDU("bind_transceiver", {
    system_id: systemId,
    password,
    system_type: systemType,
    interface_version: INTERFACE_VERSION,
  });
}

/** Between half of the doubled rest and the whole of it, so that instances do not come back together. */
export function restAfter(
  times: number,
  { firstRestMs, longestRestMs }: { readonly firstRestMs: number; readonly longestRestMs: number },
): number {
  const whole = Math.min(longestRestMs, firstRestMs * 2 ** Math.min(times, 20));
  return Math.max(firstRestMs, whole * (0.5 + Math.random() / 2));
}

/** A signal that aborts after so many milliseconds, unless it is forgotten before. */
export function within(ms: number): { readonly signal: AbortSignal; forget(): void } {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), ms);
  return { signal: end.signal, forget: () => clearTimeout(timer) };
}

async function askWithin(connection: SmppConnection, pdu: Pdu, ms: number): Promise<SmppReply> {
  const { signal, forget } = within(ms);
  const reply = await connection.ask(pdu, signal);
  forget();
  return reply;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
