/** Sends over one bound link, within its window, and passes on what the operator reports. */
import smpp, { type Pdu } from "smpp";
import type { GatewayAnswer, Sms, SmsGateway, SmsReport } from "./gateway.ts";
import type { SmppAccount } from "./smpp-account.ts";
import type { SmppConnection, SmppReply } from "./smpp-connection.ts";
import { SmppLink, type SmppLinkTimes, within } from "./smpp-link.ts";
import { asksForPatience, encodeText, judgeSubmit, submitRequest } from "./smpp-message.ts";
import { SmppPlaces, WINDOW } from "./smpp-places.ts";
import { readReceipt, type SmppReceipt, SmppReferences } from "./smpp-receipts.ts";

const STATUS_UNKNOWN_COMMAND = 3;
/** Receipts that wait for their moment; beyond them each is passed on at once. */
const MOST_HELD = 1_000;

export interface SmppTimes extends SmppLinkTimes {
  /** The whole of one send. */
  readonly sendMs: number;
  /** Of that, what a message may wait for the link and for a place; the rest is left for the answer. */
  readonly placeMs: number;
  /** A receipt is passed on so much later: by then the message's row bears its reference. */
  readonly holdReportMs: number;
}

const usualTimes: SmppTimes = {
  bindMs: 10_000,
  enquireEveryMs: 30_000,
  enquireMs: 10_000,
  firstRestMs: 1_000,
  longestRestMs: 60_000,
  unbindMs: 2_000,
  sendMs: 10_000,
  placeMs: 4_000,
  holdReportMs: 1_000,
};

/** Binds at once and stays bound, also with nothing to send: receipts come over the same connection. */
export function openSmppGateway(
  account: SmppAccount,
  onReport: (report: SmsReport) => void,
  changedTimes: Partial<SmppTimes> = {},
): Pick<SmsGateway, "send" | "close"> {
  const times = { ...usualTimes, ...changedTimes };
  const places = new SmppPlaces(times);
  const references = new SmppReferences();
  const receipts = holdReceipts(times.holdReportMs, (receipt) => {
    const { status, detail } = receipt;
    onReport({ reference: references.resolve(receipt), status, detail });
  });
  const link = new SmppLink(account, times, (pdu, connection) => {
    answerRequest(pdu, connection);
    const receipt = readReceipt(pdu);
    if (receipt) receipts.add(receipt);
  });

  const submit = async (sms: Sms, connection: SmppConnection, until: AbortSignal) => {
    const text = encodeText(sms.text);
    const reply = await connection.ask(submitRequest(account.from, sms, text), until);
    if (reply.kind === "answered" && asksForPatience(reply.pdu)) places.slowDown();
    const answer = answerOf(reply, text.parts);
    if (answer.kind !== "accepted") return answer;
    places.speedUp();
    if (answer.reference !== null) references.remember(sms.to, answer.reference);
    return answer;
  };

  const attempt = async (sms: Sms, forPlace: AbortSignal, inAll: AbortSignal): Promise<GatewayAnswer> => {
    const early = await link.bound(forPlace);
    if ("unreachable" in early) return { kind: "unreachable", answer: early.unreachable };
    if (!(await places.take(forPlace))) return { kind: "later", answer: whyNoPlace(places.paused) };
    try {
      // It may have been lost while the message waited for its place.
      const connection = await link.bound(forPlace);
      if ("unreachable" in connection) return { kind: "unreachable", answer: connection.unreachable };
      return await submit(sms, connection, inAll);
    } finally {
      places.giveBack();
    }
  };

  return {
    async send(sms) {
      const [forPlace, inAll] = [within(times.placeMs), within(times.sendMs)];
      try {
        return await attempt(sms, forPlace.signal, inAll.signal);
      } finally {
        forPlace.forget();
        inAll.forget();
      }
    },
    async close() {
      await link.close();
      places.close();
      receipts.close();
    },
  };
}

function whyNoPlace(paused: boolean): string {
  return paused ? "the operator asked to be slower" : `${WINDOW} messages wait for their answers`;
}

function answerOf(reply: SmppReply, parts: number): GatewayAnswer {
  switch (reply.kind) {
    case "answered":
      return judgeSubmit(reply.pdu, parts);
    case "silent":
      return { kind: "unknown", answer: "no answer to submit_sm" };
    case "closed":
      return { kind: "unknown", answer: `no answer to submit_sm: ${reply.reason}` };
    case "unsent":
      return { kind: "unreachable", answer: reply.reason };
  }
}

/** Every request gets an answer, or the operator would send it again and again. */
function answerRequest(pdu: Pdu, connection: SmppConnection): void {
  if (pdu.command === "deliver_sm" || pdu.command === "data_sm") {
    connection.answer(pdu.response());
  } else if (pdu.command !== "alert_notification") {
    // Only an alert has no answer (SMPP 3.4, 4.12).
    const { sequence_number } = pdu;
    connection.answer(
      new smpp.PDU("generic_nack", { command_status: STATUS_UNKNOWN_COMMAND, sequence_number }),
    );
  }
}

/** A receipt may come before the answer to its submit; it is looked at a little later. */
function holdReceipts(holdMs: number, pass: (receipt: SmppReceipt) => void) {
  const held = new Map<NodeJS.Timeout, SmppReceipt>();
  return {
    add(receipt: SmppReceipt) {
      if (held.size >= MOST_HELD) return pass(receipt);
      const timer = setTimeout(() => {
        held.delete(timer);
        pass(receipt);
      }, holdMs);
      held.set(timer, receipt);
    },
    /** What is still held is passed on now. */
    close() {
      for (const [timer, receipt] of held) {
        clearTimeout(timer);
        pass(receipt);
      }
      held.clear();
    },
  };
}
