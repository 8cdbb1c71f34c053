/** An operator's SMPP server for tests and figures, which takes messages or misbehaves as it is told. */
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import smpp, { type Pdu } from "smpp";
import { readPdus } from "../src/delivery/sms/smpp-connection.ts";
import { testCertificate } from "./certificate.ts";

export interface SmppSinkSms {
  /** As the submit was answered. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly pdu: Pdu;
}

/** What the sink does with one message. */
export type SmppBehaviour =
  | { readonly kind: "take" }
  /** A status by name, without taking it: `ESME_RTHROTTLED`. */
  | { readonly kind: "refuse"; readonly status: string | number }
  /** Takes it and never answers. */
  | { readonly kind: "hang" }
  /** Takes it and cuts the line instead of answering. */
  | { readonly kind: "drop" };

export interface SmppSink {
  readonly port: number;
  /** For `SMS_URL`. */
  readonly url: string;
  /** What was taken, oldest first, also when the answer was never said. */
  messages(): readonly SmppSinkSms[];
  /** Every bind that was asked for; `bound` are those that stand now. */
  binds(): readonly Pdu[];
  bound(): number;
  /** Responses of the client to what the sink asked. */
  answers(): readonly Pdu[];
  /** Replaces the behaviour for what comes from now on. */
  behave(next: (sms: SmppSinkSms) => SmppBehaviour): void;
  /** Refuses binds with this status, until it is called without one. */
  refuseBinds(status?: string): void;
  /** Leaves enquire_link and unbind unanswered from now on. */
  fallSilent(): void;
  /** Sends a request to every client: `deliver_sm`, `enquire_link`, `unbind`. */
  ask(command: string, fields?: Record<string, unknown>): void;
  /** Reports a message, with the id in the form that the test wants; `text`: the form of appendix B. */
  report(sms: SmppSinkSms, state: "DELIVRD" | "EXPIRED", as: { id: string; form: "text" | "fields" }): void;
  /** Sends octets as they are. */
  write(bytes: Buffer): void;
  /** Cuts every line. */
  cut(): void;
  close(): Promise<void>;
}

export interface SmppSinkOptions {
  readonly port?: number;
  readonly secure?: boolean;
  /** Every message that was taken is reported as delivered at once. */
  readonly reports?: boolean;
}

export async function startSmppSink(options: SmppSinkOptions = {}): Promise<SmppSink> {
  const taken: SmppSinkSms[] = [];
  const binds: Pdu[] = [];
  const answers: Pdu[] = [];
  const lines = new Map<Socket, "open" | "bound">();
  let behaviour: (sms: SmppSinkSms) => SmppBehaviour = () => ({ kind: "take" });
  let bindStatus = "ESME_ROK";
  let silent = false;
  let lastNumber = 0;

  const say = (socket: Socket, pdu: Pdu) => {
    if (pdu.sequence_number === 0) {
      lastNumber += 1;
      pdu.sequence_number = lastNumber;
    }
    socket.write(pdu.toBuffer());
  };
  const report: SmppSink["report"] = (sms, state, as) => sink.ask("deliver_sm", receiptOf(sms, state, as));
  const take = (socket: Socket, pdu: Pdu) => {
    // Hexadecimal with letters in it, as many operators number.
    const sms = { id: (0xfa_0000 + taken.length).toString(16).toUpperCase(), ...contentOf(pdu), pdu };
    const now = behaviour(sms);
    if (now.kind === "refuse") {
      const { status } = now;
      say(
        socket,
        pdu.response({ command_status: typeof status === "string" ? smpp.errors[status] : status }),
      );
      return;
    }
    taken.push(sms);
    if (now.kind === "drop") socket.destroy();
    if (now.kind !== "take") return;
    say(socket, pdu.response({ message_id: sms.id }));
    if (options.reports) report(sms, "DELIVRD", { id: sms.id, form: "text" });
  };
  const receive = (socket: Socket, pdu: Pdu) => {
    if (pdu.isResponse()) answers.push(pdu);
    else if (pdu.command === "submit_sm") take(socket, pdu);
    else if (pdu.command === "bind_transceiver") {
      binds.push(pdu);
      const status = smpp.errors[bindStatus] ?? 0;
      say(socket, pdu.response({ system_id: "sink", command_status: status }));
      if (status === 0) lines.set(socket, "bound");
    } else if (!silent) say(socket, pdu.response());
  };
  const accept = (socket: Socket) => {
    lines.set(socket, "open");
    const read = readPdus((pdu) => receive(socket, pdu));
    socket.on("data", (bytes) => read(bytes as Buffer));
    socket.on("error", () => {});
    socket.on("close", () => lines.delete(socket));
  };
  // Without `noDelay` the second of two short answers would wait for the other side.
  const server = options.secure
    ? createTlsServer(testCertificate, accept)
    : createTcpServer({ noDelay: true }, accept);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const [scheme, host] = options.secure ? ["smpps", "localhost"] : ["smpp", "127.0.0.1"];
  const everywhere = (tell: (socket: Socket) => void) => {
    for (const socket of lines.keys()) tell(socket);
  };

  const sink: SmppSink = {
    port,
    url: `${scheme}://propusk:secret@${host}:${port}`,
    messages: () => taken,
    binds: () => binds,
    bound: () => [...lines.values()].filter((state) => state === "bound").length,
    answers: () => answers,
    behave: (next) => {
      behaviour = next;
    },
    refuseBinds: (status = "ESME_ROK") => {
      bindStatus = status;
    },
    fallSilent: () => {
      silent = true;
    },
    ask: (command, fields) => everywhere((socket) => say(socket, new smpp.PDU(command, fields))),
    report,
    write: (bytes) => everywhere((socket) => socket.write(bytes)),
    cut: () => everywhere((socket) => socket.destroy()),
    close: async () => {
      sink.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return sink;
}

function contentOf(pdu: Pdu): { to: string; text: string } {
  const message = (field: unknown) => (field as { message?: string } | undefined)?.message ?? "";
  const text = message(pdu.short_message) || message(pdu.message_payload);
  return {
    to: `+${String(pdu.destination_addr)}`,
    // The package reads data_coding 0 as Latin-1 here, and the message is GSM 03.38.
    text: pdu.data_coding === 0 ? smpp.encodings.ASCII.decode(Buffer.from(text, "latin1")) : text,
  };
}

function receiptOf(
  sms: SmppSinkSms,
  state: "DELIVRD" | "EXPIRED",
  { id, form }: { id: string; form: "text" | "fields" },
): Record<string, unknown> {
  const dates = "submit date:2611221200 done date:2611221201";
  const text = `id:${id} sub:001 dlvrd:001 ${dates} stat:${state} err:000 text:`;
  return {
    esm_class: 4,
    source_addr: sms.pdu.destination_addr,
    destination_addr: sms.pdu.source_addr,
    ...(form === "text"
      ? { short_message: Buffer.from(text + sms.text.slice(0, 20), "latin1") }
      : { receipted_message_id: id, message_state: state === "DELIVRD" ? 2 : 3 }),
  };
}
