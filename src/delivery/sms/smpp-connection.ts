/** One TCP or TLS connection that speaks SMPP: cuts the stream into PDUs and pairs answers with requests. */
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import smpp, { type Pdu } from "smpp";
import { type SmppAccount, serverName } from "./smpp-account.ts";

// Receipts are plain text. Read as GSM 03.38 an underscore in a message id would become a section sign.
smpp.encodings.default = "LATIN1";

/** Header of every PDU, SMPP 3.4, 3.2. */
const SHORTEST_PDU = 16;
/** No message of 64 KiB (message_payload) is ever sent to us; a longer PDU is no SMPP. */
const LONGEST_PDU = 16_384;
/** A peer that does not read its answers. */
const MOST_UNSENT_BYTES = 1_048_576;

/** What became of one request. */
export type SmppReply =
  | { readonly kind: "answered"; readonly pdu: Pdu }
  /** It may have left; nothing came back in time. */
  | { readonly kind: "silent" }
  /** It may have left; the connection ended first. */
  | { readonly kind: "closed"; readonly reason: string }
  /** The connection was over before. */
  | { readonly kind: "unsent"; readonly reason: string };

export interface SmppConnection {
  /** Sends a request and waits for its answer until the signal aborts. Never rejects. */
  ask(pdu: Pdu, until: AbortSignal): Promise<SmppReply>;
  /** Sends a response to a request of the peer. */
  answer(pdu: Pdu): void;
  /** Ends it at once. Every request that waits is `closed`. */
  end(reason: string): void;
}

export interface SmppEvents {
  /** TCP, and TLS with a good certificate, stand. */
  readonly onOpen: () => void;
  readonly onRequest: (pdu: Pdu) => void;
  /** Once, however it ended. `reason` holds no secret. */
  readonly onOver: (reason: string) => void;
}

/** Opens a connection. Whatever the peer sends ends at most this connection. */
export function openConnection(account: SmppAccount, events: SmppEvents): SmppConnection {
  const { host, port, secure } = account;
  const socket = secure ? connectTls({ host, port, ...serverName(account) }) : connect({ host, port });
  const waiting = new Map<number, { command: string; settle(reply: SmppReply): void }>();
  let lastNumber = 0;
  let overBecause: string | undefined;

  const end = (reason: string) => {
    if (overBecause !== undefined) return;
    overBecause = reason;
    socket.destroy();
    for (const { settle } of waiting.values()) settle({ kind: "closed", reason });
    events.onOver(reason);
  };
  const write = (pdu: Pdu) => {
    socket.write(pdu.toBuffer());
    if (socket.writableLength > MOST_UNSENT_BYTES) end("the peer does not read");
  };
  const receive = (pdu: Pdu) => {
    if (overBecause !== undefined) return;
    if (!pdu.isResponse()) {
      events.onRequest(pdu);
      return;
    }
    // An answer that nobody waits for any more came too late.
    const request = waiting.get(pdu.sequence_number);
    if (!request) return;
    if (pdu.command !== `${request.command}_resp` && pdu.command !== "generic_nack") {
      throw new Error(`${pdu.command} for an answer to ${request.command}`);
    }
    request.settle({ kind: "answered", pdu });
  };
  listen(socket, { opened: secure ? "secureConnect" : "connect", onOpen: events.onOpen, receive, end });

  return {
    ask(pdu, until) {
      if (overBecause !== undefined) return Promise.resolve({ kind: "unsent", reason: overBecause });
      lastNumber = (lastNumber % 0x7fff_ffff) + 1;
      pdu.sequence_number = lastNumber;
      return new Promise((resolve) => {
        const settle = (reply: SmppReply) => {
          waiting.delete(pdu.sequence_number);
          until.removeEventListener("abort", giveUp);
          resolve(reply);
        };
        const giveUp = () => settle({ kind: "silent" });
        until.addEventListener("abort", giveUp, { once: true });
        waiting.set(pdu.sequence_number, { command: pdu.command, settle });
        write(pdu);
      });
    },
    answer(pdu) {
      if (overBecause === undefined) write(pdu);
    },
    end,
  };
}

function listen(
  socket: Socket,
  to: { opened: string; onOpen(): void; receive(pdu: Pdu): void; end(reason: string): void },
): void {
  socket.setNoDelay(true);
  const read = readPdus(to.receive);
  socket.once(to.opened, to.onOpen);
  socket.on("data", (bytes) => {
    try {
      read(bytes as Buffer);
    } catch (error) {
      to.end(`broken SMPP: ${(error as Error).message}`);
    }
  });
  socket.on("error", (error) =>
    to.end(`${(error as NodeJS.ErrnoException).code ?? error.name}: ${error.message}`),
  );
  socket.on("close", () => to.end("the peer closed the connection"));
}

/**
 * Cuts a stream into PDUs. The returned function takes its next bytes and throws at the first thing that is
 * no PDU; nothing that follows can be trusted then. Keeps one unfinished PDU at most.
 */
export function readPdus(onPdu: (pdu: Pdu) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0);
      if (length < SHORTEST_PDU || length > LONGEST_PDU) throw new Error(`a PDU of ${length} bytes`);
      if (rest.length < length) return;
      const whole = rest.subarray(0, length);
      rest = rest.subarray(length);
      onPdu(new smpp.PDU(whole));
    }
  };
}

/** A name for a status: `ESME_RTHROTTLED 0x58`. */
export function statusName(status: number): string {
  const name = Object.entries(smpp.errors).find(([, code]) => code === status)?.[0];
  const code = `0x${status.toString(16).padStart(2, "0")}`;
  return name === undefined ? `status ${code}` : `${name} ${code}`;
}
