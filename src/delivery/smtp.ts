/** Sends letters over SMTP, through a small pool of connections to the one server of `SMTP_URL`. */
import { isIP } from "node:net";
import { Readable } from "node:stream";
import type { createTransport } from "nodemailer";
import type { Answer, LetterParcel, Transport } from "./transport.ts";

export interface SmtpTimes {
  /** Connecting, TLS and the greeting together; tarpits of 30 s are common, so more than that. */
  readonly greetingMs: number;
  /** From the start until the server takes the message's first byte. */
  readonly envelopeMs: number;
  /** From that byte to the final answer (RFC 5321, 4.5.3.2.6 asks for 10 minutes). */
  readonly finalMs: number;
}

const usualTimes: SmtpTimes = { greetingMs: 45_000, envelopeMs: 90_000, finalMs: 600_000 };

/**
 * `url` is `smtp://user:password@host:port` (STARTTLS when the server offers it) or `smtps://…` (TLS from the
 * first byte); user and password are percent-encoded. Certificates are checked, except on loopback, where a
 * mail relay of the same machine usually has none that could be checked.
 */
export function createSmtpTransport(
  url: string,
  options: { readonly connections?: number; readonly times?: SmtpTimes } = {},
): Transport {
  const times = options.times ?? usualTimes;
  const server = serverOf(url);
  let opened: Promise<Pool> | undefined;

  return {
    name: "smtp",
    async send(parcel) {
      if (parcel.channel !== "email") throw new Error("SMTP carries letters only");
      opened ??= openPool(server, options.connections ?? 8, times);
      return sendOnce(await opened, parcel, times);
    },
    async close() {
      (await opened)?.transporter.close?.({ force: true });
    },
  };
}

type Pool = ReturnType<typeof createTransport>;

/** With the first letter: an idle service has no use for the library, which is memory. */
async function openPool(
  server: ReturnType<typeof serverOf>,
  connections: number,
  times: SmtpTimes,
): Promise<Pool> {
  const { createTransport } = await import("nodemailer");
  const pool = createTransport({
    pool: true,
    ...server,
    maxConnections: connections,
    // Only what was surely not handed over is sent again by itself, over a fresh connection, once.
    maxRequeues: 1,
    connectionTimeout: times.greetingMs,
    greetingTimeout: times.greetingMs,
    dnsTimeout: times.greetingMs,
    socketTimeout: times.finalMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The message is read only when the server has said "go on": that moment tells "not sent" from "unknown".
  pool.use("stream", (mail, done) => {
    const { handOver, mime } = mail.data as unknown as HandOver;
    mail.message.createReadStream = () => readWhenAsked(mime, handOver);
    done();
  });
  return pool;
}

interface HandOver {
  readonly mime: Buffer;
  readonly handOver: () => void;
}

async function sendOnce(pool: Pool, parcel: LetterParcel, times: SmtpTimes): Promise<Answer> {
  const cut = new AbortController();
  let timer = setTimeout(() => cut.abort(), times.envelopeMs);
  let handedOver = false;
  const extra: HandOver = {
    mime: parcel.mime,
    handOver() {
      handedOver = true;
      clearTimeout(timer);
      // A server that trickles single bytes never looks idle to the socket.
      timer = setTimeout(() => cut.abort(), times.finalMs);
    },
  };
  try {
    const sent = await pool.sendMail({
      envelope: { from: parcel.from, to: [parcel.to] },
      raw: "",
      signal: cut.signal,
      ...extra,
    });
    return { kind: "accepted", answer: sent.response };
  } catch (error) {
    return troubleOf(error as SmtpError, handedOver);
  } finally {
    clearTimeout(timer);
  }
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

function troubleOf(error: SmtpError, handedOver: boolean): Answer {
  const answer = error.response ?? `${error.code ?? error.name}: ${error.message}`;
  const code = error.responseCode;
  if (code === undefined) return { kind: handedOver ? "unknown" : "unreachable", answer };
  // Refusals of the greeting, of TLS and of our password say nothing about this message.
  if (error.command === "RCPT TO" || error.command === "DATA") {
    return { kind: code >= 500 ? "refused" : "later", answer };
  }
  // A refused sender is a setting to be mended, so letters wait for it.
  return { kind: error.command === "MAIL FROM" ? "later" : "unreachable", answer };
}

function readWhenAsked(mime: Buffer, handOver: () => void): Readable {
  return new Readable({
    read() {
      handOver();
      this.push(mime);
      this.push(null);
    },
  });
}

function serverOf(text: string) {
  const url = new URL(text);
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const loopback = host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
  const user = decodeURIComponent(url.username);
  return {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 25,
    secure,
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
    ...(loopback ? { tls: { rejectUnauthorized: false } } : {}),
  };
}
