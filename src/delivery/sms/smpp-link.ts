/** Keeps one bound connection to the operator: binds, asks whether it still lives, binds anew when it does not. */
import smpp, { type Pdu } from "smpp";
import type { SmppAccount } from "./smpp-account.ts";
import { openConnection, type SmppConnection, statusName } from "./smpp-connection.ts";

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

export interface SmppLink {
  /**
   * The bound connection, or why there is none. While a bind is under way its outcome is waited for, until the
   * signal aborts; between two binds nothing is waited for, so that another gateway may have the message.
   */
  bound(until: AbortSignal): Promise<SmppConnection | { readonly unreachable: string }>;
  /** Unbinds and ends it for good. Requests that wait are `closed`. */
  close(): Promise<void>;
}

type State =
  | { readonly kind: "binding"; readonly over: Promise<void> }
  | { readonly kind: "bound"; readonly connection: SmppConnection }
  | { readonly kind: "down"; readonly reason: string };

/** SMPP 3.4, 5.2.4. */
const INTERFACE_VERSION = 0x34;

/** `onRequest` gets what the peer asks, its enquire_link and unbind apart. */
export function keepLink(
  account: SmppAccount,
  times: SmppLinkTimes,
  onRequest: (pdu: Pdu, connection: SmppConnection) => void,
): SmppLink {
  let connection: SmppConnection | undefined;
  let state: State = { kind: "down", reason: "not yet connected" };
  let outcomeKnown = () => {};
  /** The one thing that is waited for: the end of a bind, the next enquire_link, or the next bind. */
  let timer: NodeJS.Timeout | undefined;
  let losses = 0;
  let closed = false;

  const start = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    outcomeKnown = resolve;
    state = { kind: "binding", over: promise };
    const opened = openConnection(account, {
      onOpen: () => void bind(opened),
      onRequest: (pdu) => receive(pdu, opened),
      onOver: lost,
    });
    connection = opened;
    timer = setTimeout(() => opened.end("no answer to the bind"), times.bindMs);
  };
  const lost = (reason: string) => {
    clearTimeout(timer);
    connection = undefined;
    state = { kind: "down", reason };
    outcomeKnown();
    if (closed) return;
    losses += 1;
    timer = setTimeout(start, restAfter(losses, times));
  };
  const bind = async (opened: SmppConnection) => {
    const reply = await opened.ask(bindRequest(account), within(times.bindMs));
    if (reply.kind !== "answered") return opened.end("no answer to the bind");
    const status = reply.pdu.command_status;
    if (status !== 0) return opened.end(`bind refused: ${statusName(status)}`);
    // An answer and the end of the connection may come in one breath.
    if (connection !== opened) return;
    clearTimeout(timer);
    state = { kind: "bound", connection: opened };
    outcomeKnown();
    watch(opened);
  };
  const watch = (opened: SmppConnection) => {
    timer = setTimeout(async () => {
      const reply = await opened.ask(new smpp.PDU("enquire_link"), within(times.enquireMs));
      if (reply.kind !== "answered") return opened.end("no answer to enquire_link");
      if (connection !== opened) return;
      losses = 0;
      watch(opened);
    }, times.enquireEveryMs);
  };
  const receive = (pdu: Pdu, opened: SmppConnection) => {
    if (pdu.command !== "enquire_link" && pdu.command !== "unbind") return onRequest(pdu, opened);
    opened.answer(pdu.response());
    if (pdu.command === "unbind") opened.end("the operator unbound us");
  };

  start();
  return {
    async bound(until) {
      if (state.kind === "binding") await Promise.race([state.over, aborted(until)]);
      switch (state.kind) {
        case "bound":
          return state.connection;
        case "binding":
          return { unreachable: "still connecting" };
        case "down":
          return { unreachable: state.reason };
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      if (state.kind === "bound") {
        await state.connection.ask(new smpp.PDU("unbind"), within(times.unbindMs));
      }
      connection?.end("closed");
    },
  };
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

/** A signal that aborts after so many milliseconds. */
export function within(ms: number): AbortSignal {
  const end = new AbortController();
  setTimeout(() => end.abort(), ms).unref();
  return end.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
