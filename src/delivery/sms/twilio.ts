/**
 * Twilio: `twilio://SID:TOKEN?from=NUM`. `from` is a number or a name of the account, or the id of a
 * messaging service (`MG…`). The SID may be the account's (`AC…`) with its token.
 */
import {
  type GatewayAnswer,
  minutesToLive,
  type SmsGateway,
  type SmsReport,
  type SmsStatus,
} from "./gateway.ts";
import { askGateway, type Fate, objectOf, plainAnswer, serviceAt, withoutNumbers } from "./request.ts";

/**
 * What a `code` says where the status of HTTP does not say enough: nearly all of them come with 400, and most
 * are a no to this message.
 */
const refusals: Readonly<Record<number, "later" | "unreachable">> = {
  14107: "later", // too many at once
  20003: "unreachable", // wrong SID or token
  20008: "unreachable", // test credentials
  20429: "later", // too many requests
  21212: "unreachable", // wrong sender
  21603: "unreachable", // a sender is wanted
  21606: "unreachable", // the sender is not the account's
  21611: "later", // the sender's queue is full
  21659: "unreachable", // the sender is not Twilio's
  21660: "unreachable", // the sender is another account's
  21701: "unreachable", // no such messaging service
  30001: "later", // queue full
  30002: "unreachable", // the account is suspended
};

const states: Readonly<Record<string, SmsStatus>> = {
  accepted: "accepted",
  scheduled: "queued",
  queued: "queued",
  sending: "accepted",
  sent: "sent",
  delivered: "delivered",
  read: "delivered",
  undelivered: "undelivered",
  failed: "rejected",
  canceled: "rejected",
};

/** `ValidityPeriod` goes up to 36,000 seconds. */
const MOST_MINUTES = 10 * 60;

/** One question is one request there. */
const ASKED_AT_ONCE = 10;

/** `reportsUrl`: where its reports reach us from outside; null: nowhere, so they are asked for. */
export function createTwilioGateway(url: URL, reportsUrl: string | null): SmsGateway {
  const sid = decodeURIComponent(url.username);
  const login = Buffer.from(`${sid}:${decodeURIComponent(url.password)}`).toString("base64");
  const headers = { Authorization: `Basic ${login}` };
  const from = url.searchParams.get("from") ?? "";
  const at = (path: string) => serviceAt(url, `/2010-04-01/Accounts/${encodeURIComponent(sid)}/${path}`);
  return {
    name: "twilio",
    async send({ to, text, lifetimeMs }) {
      const fate = await askGateway({
        url: at("Messages.json"),
        headers,
        body: new URLSearchParams({
          To: to,
          [/^MG[0-9a-f]{32}$/.test(from) ? "MessagingServiceSid" : "From"]: from,
          Body: text,
          ValidityPeriod: String(60 * minutesToLive({ lifetimeMs }, MOST_MINUTES)),
          ...(reportsUrl && { StatusCallback: reportsUrl }),
        }),
      });
      return readAnswer(fate);
    },
    async pull(references) {
      const ask = async (reference: string) => {
        const path = `Messages/${encodeURIComponent(reference)}.json`;
        const fate = await askGateway({ url: at(path), headers, method: "GET" });
        const said = fate.kind === "answered" && fate.status === 200 ? objectOf(fate.body) : undefined;
        return said ? [reportOf(reference, said.status, said.error_code)] : [];
      };
      const reports: SmsReport[] = [];
      for (let first = 0; first < references.length; first += ASKED_AT_ONCE) {
        const some = references.slice(first, first + ASKED_AT_ONCE);
        reports.push(...(await Promise.all(some.map(ask))).flat());
      }
      return reports;
    },
    push: {
      read: ({ MessageSid, MessageStatus, ErrorCode }) =>
        MessageSid === undefined ? [] : [reportOf(String(MessageSid), MessageStatus, ErrorCode)],
      thanks: "",
    },
    async close() {},
  };
}

function readAnswer(fate: Fate): GatewayAnswer {
  const said = fate.kind === "answered" ? objectOf(fate.body) : undefined;
  if (fate.kind === "answered" && fate.status >= 200 && fate.status < 300 && typeof said?.sid === "string") {
    const parts = Number(said.num_segments);
    return { kind: "accepted", answer: said.sid, reference: said.sid, parts: parts > 0 ? parts : null };
  }
  const plain = plainAnswer(fate);
  if (said?.code === undefined || plain.kind === "unknown") return plain;
  const words = withoutNumbers(`${String(said.code)} ${String(said.message ?? "")}`);
  return { kind: refusals[Number(said.code)] ?? plain.kind, answer: `${plain.answer} ${words}` };
}

function reportOf(reference: string, word: unknown, error: unknown): SmsReport {
  const status = states[String(word)] ?? "unknown";
  const trouble = error === undefined || error === null || error === "" ? "" : `, error ${String(error)}`;
  return { reference, status, detail: withoutNumbers(`${String(word)}${trouble}`) };
}
