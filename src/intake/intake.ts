/**
 * Mail that comes in, over LMTP from the machine's own mail server or over SMTP: reports of failed delivery
 * and answers to the desk. Only addresses that we made ourselves are taken, and each mail once.
 */
import type { AddressInfo } from "node:net";
import type { SMTPServer, SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from "smtp-server";
import type { Clock } from "../platform/clock.ts";
import type { Store } from "../platform/store/store.ts";
import { isLoopback, SettingRefused } from "../setting-values.ts";
import { readInboxAddress } from "./address.ts";
import type { IntakeHandler } from "./mail.ts";
import { forget } from "./rows.ts";
import { count, type IntakeResult, type IntakeTools, takeMail } from "./taking.ts";

export { type InboxTools, inboxAddress, readInboxAddress } from "./address.ts";
export type { InboundAttachment, InboundMail, IntakeHandler, Taking } from "./mail.ts";
export type { IntakeFigures, IntakeTools } from "./taking.ts";

export interface Intake {
  /**
   * Resolves once mail is taken, with the port; at once with undefined where `INTAKE_LISTEN` is unset. Throws
   * `SettingRefused` when it cannot listen there.
   */
  listen(): Promise<number | undefined>;
  /** Takes nothing new and gives what is being taken 5 s. */
  close(): Promise<void>;
}

/** With the attachments of a usual limit of 10 MB, encoded. */
const MAX_BYTES = 10 * 1024 * 1024;
/** Of all mails that are being received; beyond it they are to come again. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;
const MAX_CLIENTS = 50;
const MAX_CLIENTS_OF_SOURCE = 10;
const MAX_WRONG_RECIPIENTS = 10;
const SILENCE_MS = 60_000;
const FINISH_WITHIN_MS = 5_000;

/** `handlers`: who takes what, one for each prefix. */
export function createIntake(tools: IntakeTools, handlers: readonly IntakeHandler[]): Intake {
  const { listen } = tools.settings.intake;
  if (!listen) return { listen: async () => undefined, close: async () => {} };
  let opened: SMTPServer | undefined;
  return {
    async listen() {
      // Here: most installations take no mail, and its server is memory.
      const library = await import("smtp-server");
      const server = new library.SMTPServer(new Desk(tools, handlers).options());
      // Clients that break off or speak another protocol are nobody's trouble.
      server.on("error", () => {});
      opened = server;
      return openAt(server, listen);
    },
    close: () =>
      new Promise((resolve) => {
        if (opened?.server.listening) opened.close(() => resolve());
        else resolve();
      }),
  };
}

/** The port; throws `SettingRefused` when it cannot be listened on. */
function openAt(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new SettingRefused(`INTAKE_LISTEN: cannot listen on ${host}, port ${port} (${error.code})`)),
    );
    server.listen(port, host, () => resolve((server.server.address() as AddressInfo).port));
  });
}

/** Forgets which mail came in, after 30 days: no server tries longer than five. For the hourly tidying. */
export async function purgeInboundMail(tools: { clock: Clock; store: Store }): Promise<number> {
  const before = tools.clock.now() - 30 * 86_400_000;
  let purged = 0;
  for (;;) {
    const deleted = await tools.store.transact((write) => forget(write, before));
    if (deleted === 0) return purged;
    purged += deleted;
  }
}

type Done = (error?: Error | null) => void;

/** Answers the commands of the protocol. */
class Desk {
  readonly #tools: IntakeTools;
  readonly #handlers: readonly IntakeHandler[];
  readonly #lmtp: boolean;
  readonly #sources = new Map<string, number>();
  readonly #wrong = new Map<string, number>();
  #held = 0;

  constructor(tools: IntakeTools, handlers: readonly IntakeHandler[]) {
    this.#tools = tools;
    this.#handlers = handlers;
    this.#lmtp = tools.settings.intake.listen?.protocol === "lmtp";
  }

  options(): SMTPServerOptions {
    const { certificate, domain = "" } = this.#tools.settings.intake;
    return {
      lmtp: this.#lmtp,
      name: domain,
      banner: "",
      logger: false,
      size: MAX_BYTES,
      rejectOversized: true,
      disabledCommands: ["AUTH", ...(certificate ? [] : ["STARTTLS"])],
      ...(certificate && { cert: certificate, key: certificate }),
      disableReverseLookup: true,
      // Exim says the end of a mail and of the talk in one breath and closes its side: the library then
      // closes the other before it has answered, and the same mail comes again for days.
      hidePIPELINING: true,
      maxClients: MAX_CLIENTS,
      // Over SMTP one answer is for all recipients, so each comes with a copy of its own.
      maxRecipients: this.#lmtp ? 20 : 1,
      socketTimeout: SILENCE_MS,
      closeTimeout: FINISH_WITHIN_MS,
      onConnect: (session, done) => this.#connect(session, done),
      onMailFrom: (_address, session, done) => this.#from(session, done),
      onRcptTo: ({ address }, session, done) => this.#recipient(address, session, done),
      onData: (stream, session, done) => void this.#data(stream, session, done),
      onClose: (session) => this.#leave(session),
    };
  }

  #connect({ remoteAddress }: SMTPServerSession, done: Done): void {
    const here = this.#sources.get(remoteAddress) ?? 0;
    this.#sources.set(remoteAddress, here + 1);
    const crowded = !isLoopback(bare(remoteAddress)) && here >= MAX_CLIENTS_OF_SOURCE;
    done(crowded ? answer(421, "4.7.0 Too many connections from your address") : null);
  }

  #leave({ id, remoteAddress }: SMTPServerSession): void {
    this.#wrong.delete(id);
    const left = (this.#sources.get(remoteAddress) ?? 1) - 1;
    if (left > 0) this.#sources.set(remoteAddress, left);
    else this.#sources.delete(remoteAddress);
  }

  #from({ secure, remoteAddress }: SMTPServerSession, done: Done): void {
    const plain = !secure && !isLoopback(bare(remoteAddress));
    done(plain ? answer(530, "5.7.0 Must issue a STARTTLS command first") : null);
  }

  #recipient(address: string, { id }: SMTPServerSession, done: Done): void {
    const led = readInboxAddress(this.#tools, address);
    if (this.#handlers.some(({ prefix }) => prefix === led?.prefix)) {
      done(null);
      return;
    }
    count(this.#tools, "-", "unknown");
    const wrong = (this.#wrong.get(id) ?? 0) + 1;
    this.#wrong.set(id, wrong);
    done(
      wrong >= MAX_WRONG_RECIPIENTS
        ? answer(421, "4.7.0 Too many unknown recipients")
        : answer(550, "5.1.1 No such address here"),
    );
  }

  async #data(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null, message?: string | (string | Error)[]) => void,
  ): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope;
    const received = await this.#receive(stream);
    try {
      if (received.kind === "too-large") {
        count(this.#tools, "-", "too-large");
        return done(answer(552, "5.3.4 Message too big"));
      }
      if (received.kind === "full") return done(answer(452, "4.3.1 Too much mail at once, come again"));
      if (received.kind === "broken") return done(answer(451, "4.4.2 The connection broke"));
      const results = await takeMail(this.#tools, this.#handlers, {
        raw: received.raw,
        envelopeFrom: mailFrom ? mailFrom.address : "",
        recipients: rcptTo.map(({ address }) => address),
        source: isLoopback(bare(session.remoteAddress)) ? null : bare(session.remoteAddress),
      });
      const answers = results.map((result) => spoken[result]());
      const [first = spoken.later()] = answers;
      if (this.#lmtp) done(null, answers);
      else if (typeof first === "string") done(null, first);
      else done(first);
    } finally {
      this.#held -= received.held;
    }
  }

  /** The whole mail, unless it is too large or too much is being held already; read to its end either way. */
  async #receive(stream: SMTPServerDataStream) {
    const chunks: Buffer[] = [];
    let held = 0;
    let full = false;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (stream.sizeExceeded || full) continue;
        if (this.#held + chunk.length > MAX_HELD_BYTES) {
          full = true;
          continue;
        }
        this.#held += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
      }
    } catch {
      return { kind: "broken", held } as const;
    }
    if (stream.sizeExceeded) return { kind: "too-large", held } as const;
    if (full) return { kind: "full", held } as const;
    return { kind: "mail", raw: Buffer.concat(chunks), held } as const;
  }
}

const spoken: Record<IntakeResult, () => string | Error> = {
  taken: () => "2.0.0 Taken",
  repeated: () => "2.0.0 Taken before",
  refused: () => answer(550, "5.7.1 Not accepted here"),
  later: () => answer(451, "4.3.0 Not now, come again"),
  limited: () => answer(451, "4.7.1 Too much mail to this address, come again later"),
  malformed: () => answer(554, "5.6.0 The message cannot be read"),
  loop: () => answer(554, "5.4.6 Too many hops"),
  unknown: () => answer(550, "5.1.1 No such address here"),
  "too-large": () => answer(552, "5.3.4 Message too big"),
};

function answer(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** An IPv4 address in the clothes of an IPv6 one is the same. */
function bare(address: string): string {
  return address.replace(/^::ffff:/i, "");
}
