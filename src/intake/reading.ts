/** Makes of the bytes of a mail what its taker works with. Everything in them may be hostile. */
import { basename } from "node:path";
import type { Attachment, ParsedMail } from "mailparser";
import { hashSecret } from "../platform/secrets/secrets.ts";
import type { InboundAttachment, InboundMail } from "./mail.ts";

export type ReadMail = Omit<InboundMail, "id" | "recipient" | "receivedAt" | "firstTime"> & {
  /** Names the mail: its Message-ID, or its bytes where it has none. */
  readonly name: string;
};

export type Reading =
  | { readonly kind: "mail"; readonly mail: ReadMail }
  /** No mail that can be read, or one that has been through 50 servers. */
  | { readonly kind: "malformed" | "loop" };

const MAX_PARTS = 100;
const MAX_HEAD_BYTES = 256 * 1024;
const MAX_HTML_BYTES = 1024 * 1024;
const MAX_TEXT = 100_000;
const MAX_REPORT = 20_000;
const MAX_LINE = 300;
const MAX_ATTACHMENTS = 20;
const MAX_REFERENCES = 50;
/** RFC 5321, 6.3 names a hundred as the least; our mail comes from one server before us. */
const MAX_HOPS = 50;

export async function readMail(raw: Buffer, envelopeFrom: string): Promise<Reading> {
  // Here: most installations never read a mail, and its parser is memory.
  const { simpleParser } = await import("mailparser");
  let parsed: ParsedMail;
  try {
    parsed = await simpleParser(raw, {
      keepDeliveryStatus: true,
      skipImageLinks: true,
      skipTextLinks: true,
      skipTextToHtml: true,
      maxHtmlLengthToParse: MAX_HTML_BYTES,
      ...({ maxChildNodes: MAX_PARTS, maxHeadSize: MAX_HEAD_BYTES } as object),
    });
  } catch {
    return { kind: "malformed" };
  }
  if (!parsed.headerLines.some(({ key }) => key !== "")) return { kind: "malformed" };
  if (parsed.headerLines.filter(({ key }) => key === "received").length > MAX_HOPS) return { kind: "loop" };
  return { kind: "mail", mail: described(parsed, raw, envelopeFrom) };
}

function described(parsed: ParsedMail, raw: Buffer, envelopeFrom: string): ReadMail {
  const reports = parsed.attachments.filter(isReport);
  const messageId = reference(parsed.messageId);
  const autoSubmitted = header(parsed, "auto-submitted");
  const precedence = header(parsed, "precedence");
  const nullReturnPath = envelopeFrom === "";
  const from = onlySender(parsed);
  const [report] = reports;
  return {
    name: messageId ?? hashSecret(raw.toString("latin1")),
    messageId,
    inReplyTo: reference(parsed.inReplyTo),
    references: [parsed.references ?? []]
      .flat()
      .flatMap((text) => reference(text) ?? [])
      .slice(-MAX_REFERENCES),
    from: from?.address ? { name: line(from.name), address: line(from.address) } : null,
    subject: line(parsed.subject ?? ""),
    text: lines(parsed.text ?? "", MAX_TEXT),
    attachments: parsed.attachments
      .filter((part) => !isReport(part))
      .slice(0, MAX_ATTACHMENTS)
      .map(attachment),
    autoSubmitted,
    precedence,
    nullReturnPath,
    automatic:
      nullReturnPath ||
      (autoSubmitted !== null && !/^no\b/i.test(autoSubmitted)) ||
      /^(bulk|junk|list|auto_reply)\b/i.test(precedence ?? "") ||
      machines.some((name) => parsed.headers.has(name)) ||
      /^(mailer-daemon|postmaster)@/i.test(from?.address ?? ""),
    report: report ? lines(report.content.toString("utf8"), MAX_REPORT) : null,
  };
}

/** Where a header names several, or stands twice, each reader believes another one: then it is nobody's. */
function onlySender({ from, headerLines }: ParsedMail) {
  const named = (from?.value ?? []).flatMap((each) => each.group ?? [each]);
  const [one, ...more] = named.filter(({ address }) => address !== undefined);
  return more.length === 0 && headerLines.filter(({ key }) => key === "from").length === 1 ? one : undefined;
}

/** What lists and answering machines write that do not know RFC 3834. */
const machines = ["list", "x-autoreply", "x-autorespond", "x-auto-response", "x-loop"];

function isReport({ contentType }: Attachment): boolean {
  return /^message\/(global-)?delivery-status$/i.test(contentType);
}

function attachment({ filename, contentType, content }: Attachment): InboundAttachment {
  // A name from Windows may have its own kind of slashes.
  const name = basename(line(filename ?? "").replaceAll("\\", "/"));
  return {
    name,
    type: /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType.toLowerCase() : "",
    bytes: content,
  };
}

/** A header as one line; of a repeated one the first. */
function header({ headers }: ParsedMail, name: string): string | null {
  const [value] = [headers.get(name)].flat();
  return typeof value === "string" ? line(value) : null;
}

function reference(text: string | undefined): string | null {
  const cleaned = line(text ?? "");
  return /^<[^\s<>]+>$/.test(cleaned) ? cleaned : null;
}

function line(text: string): string {
  return cut(
    text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
      .trim(),
    MAX_LINE,
  );
}

/** Line breaks and tabs stay; PostgreSQL keeps no NUL, and nobody needs the other controls. */
function lines(text: string, most: number): string {
  return cut(
    text
      .slice(0, 2 * most)
      .toWellFormed()
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ""),
    most,
  );
}

function cut(text: string, most: number): string {
  return text.length > most ? text.slice(0, most).toWellFormed() : text;
}
