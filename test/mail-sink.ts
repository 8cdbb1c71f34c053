/** A real SMTP server for tests, which takes letters or misbehaves as it is told. */
import { randomInt } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";

export interface ReceivedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The bytes as they came. */
  readonly raw: string;
  readonly parsed: ParsedMail;
  /** Whether it came over TLS. */
  readonly secure: boolean;
}

/** What the sink does with one letter, decided once, when its recipient is named. */
export type Behaviour =
  | { readonly kind: "take" }
  /** Any refusal: 4xx is "later", 5xx is "never". */
  | {
      readonly kind: "answer";
      readonly code: number;
      readonly text: string;
      readonly at: "recipient" | "data";
    }
  /** Says nothing more, until the client leaves. */
  | { readonly kind: "hang"; readonly at: "recipient" | "data" }
  /** Takes the whole letter and cuts the line instead of saying 250. The letter counts as received. */
  | { readonly kind: "drop-after-data" };

export interface MailSink {
  readonly port: number;
  /** For `SMTP_URL`. */
  readonly url: string;
  /** Letters that arrived whole, oldest first, also those whose 250 was never said. */
  readonly received: ReceivedMail[];
  /** How many times somebody named a recipient. */
  readonly attempts: () => number;
  /** Replaces the behaviour for what comes from now on. */
  behave(next: (recipient: string) => Behaviour): void;
  to(address: string): ReceivedMail[];
  close(): Promise<void>;
}

export interface MailSinkOptions {
  /** Milliseconds before the 220 greeting. */
  readonly bannerDelayMs?: number;
  /** `offered`: STARTTLS with a certificate nobody vouches for; `broken`: STARTTLS that never completes. */
  readonly tls?: "none" | "offered" | "broken";
  readonly user?: { readonly name: string; readonly password: string };
  readonly port?: number;
}

export async function startMailSink(options: MailSinkOptions = {}): Promise<MailSink> {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const decided = new Map<string, Behaviour>();
  let attempts = 0;
  let behaviour: (recipient: string) => Behaviour = () => ({ kind: "take" });

  const server = new SMTPServer({
    ...accessOf(options),
    logger: false,
    closeTimeout: 50,
    disableReverseLookup: true,
    onConnect(_session, done) {
      setTimeout(done, options.bannerDelayMs ?? 0).unref();
    },
    onRcptTo({ address }, session, done) {
      attempts += 1;
      const now = behaviour(address);
      decided.set(session.id, now);
      if (now.kind === "hang" && now.at === "recipient") return;
      done(now.kind === "answer" && now.at === "recipient" ? refusal(now) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        void receive(Buffer.concat(chunks), session, done);
      });
    },
  });
  const receive = async (raw: Buffer, session: SMTPServerSession, done: (fault: Error | null) => void) => {
    const now = decided.get(session.id) ?? { kind: "take" };
    if (now.kind === "answer") {
      done(refusal(now));
      return;
    }
    await keep(raw, session);
    if (now.kind === "take") done(null);
    if (now.kind === "drop-after-data") cut(session);
  };
  const keep = async (raw: Buffer, { envelope, secure }: SMTPServerSession) => {
    received.push({
      envelope: {
        from: envelope.mailFrom ? envelope.mailFrom.address : "",
        to: envelope.rcptTo.map(({ address }) => address),
      },
      raw: raw.toString("utf8"),
      parsed: await simpleParser(raw),
      secure,
    });
  };
  const cut = (session: SMTPServerSession) => {
    for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
  };
  // Broken clients are what many tests are about.
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const credentials = options.user
    ? `${encodeURIComponent(options.user.name)}:${encodeURIComponent(options.user.password)}@`
    : "";

  return {
    port,
    url: `smtp://${credentials}127.0.0.1:${port}`,
    received,
    attempts: () => attempts,
    behave(next) {
      behaviour = next;
    },
    to: (address) => received.filter((mail) => mail.envelope.to.includes(address)),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function refusal(given: { code: number; text: string }): Error {
  return Object.assign(new Error(given.text), { responseCode: given.code });
}

function accessOf({ tls = "none", user }: MailSinkOptions): SMTPServerOptions {
  const disabledCommands = [...(tls === "none" ? ["STARTTLS"] : []), ...(user ? [] : ["AUTH"])];
  return {
    disabledCommands,
    allowInsecureAuth: true,
    authOptional: !user,
    // A cipher that no client offers: the greeting promises TLS and the handshake fails.
    ...(tls === "broken" ? { ciphers: "PSK-AES128-GCM-SHA256", maxVersion: "TLSv1.2" } : {}),
    onAuth(auth, _session, done) {
      const known = auth.username === user?.name && auth.password === user?.password;
      if (known) done(null, { user: auth.username });
      else done(refusal({ code: 535, text: "wrong user or password" }));
    },
  };
}

/**
 * A port of the loopback that nobody listens on, from below the range that the system hands out by itself: no
 * outgoing connection of another test can take it before it is used. One run names none twice: a test may
 * keep its port for later, while others look for theirs.
 */
export async function closedPort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    if (isFirstToTake(port)) return port;
  }
}

function isFirstToTake(port: number): boolean {
  const folder = process.env.TEST_FOLDER;
  if (folder === undefined) return true;
  try {
    closeSync(openSync(join(folder, `port-${port}`), "wx"));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EEXIST") throw error;
    return false;
  }
}
