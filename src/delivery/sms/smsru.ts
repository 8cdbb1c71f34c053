/** SMS.ru: `smsru://KEY`, and `?from=NAME` for a sender name that was approved there. */
import type { GatewayAnswer, SmsGateway, SmsReport, SmsStatus } from "./gateway.ts";
import { askGateway, asObject, objectOf, plainAnswer, serviceAt, withoutNumbers } from "./request.ts";

/**
 * What `status_code` says of a message that was to be sent. A code that is not here: a no to this message.
 */
const refusals: Readonly<Record<number, "refused" | "later" | "unreachable">> = {
  200: "unreachable", // wrong key
  201: "unreachable", // not enough money
  202: "refused", // no such number, or no way to it
  203: "refused", // empty text
  204: "refused", // the sender is not approved with this operator
  205: "refused", // too long
  206: "later", // the account's limit of the day
  207: "refused", // no way to this number
  209: "refused", // in the account's list of stopped numbers
  210: "unreachable", // GET where POST is wanted
  211: "unreachable", // no such method
  212: "refused", // not UTF-8
  214: "refused", // abroad, which the account has switched off
  215: "refused", // in the service's list of stopped numbers
  216: "refused", // a forbidden word
  220: "later", // out of order for a moment
  221: "unreachable", // a sender of letters is wanted
  230: "refused", // this number's limit of the day
  231: "later", // the same text to this number within a minute
  232: "refused", // the same text to this number too often today
  233: "refused", // codes to this number too often
  300: "unreachable", // wrong token
  301: "unreachable", // wrong name or password
  302: "unreachable", // the account is not confirmed
  500: "later", // an error of theirs
};

/** What `status_code` says of a message that was taken over. */
const states: Readonly<Record<number, SmsStatus>> = {
  100: "queued",
  101: "accepted", // on its way to the operator
  102: "sent",
  103: "delivered",
  104: "expired",
  105: "undelivered", // deleted by the operator
  106: "undelivered", // the phone failed
  107: "undelivered",
  108: "rejected",
  110: "delivered", // read
  150: "undelivered", // no way to this number
};

export function createSmsRuGateway(url: URL): SmsGateway {
  const key = decodeURIComponent(url.username);
  const from = url.searchParams.get("from");
  const ask = (path: string, fields: Record<string, string>) =>
    askGateway({
      url: serviceAt(url, path),
      body: new URLSearchParams({ api_id: key, json: "1", ...fields }),
    });
  return {
    name: "smsru",
    async send({ to, text }) {
      const number = to.replace("+", "");
      const fate = await ask("/sms/send", { to: number, msg: text, ...(from && { from }) });
      const whole = fate.kind === "answered" && fate.status === 200 ? objectOf(fate.body) : undefined;
      return (whole && readAnswer(whole, number)) ?? plainAnswer(fate);
    },
    async pull(references) {
      const fate = await ask("/sms/status", { sms_id: references.join(",") });
      const messages = fate.kind === "answered" ? asObject(objectOf(fate.body)?.sms) : undefined;
      return references.flatMap((reference) => {
        const state = asObject(messages?.[reference]);
        return state ? [reportOf(reference, state.status_code, String(state.status_text ?? ""))] : [];
      });
    },
    push: {
      // Each entry is lines: `sms_status`, the id, the code, the time. The service wants to read 100.
      read: (fields) =>
        Object.entries(fields).flatMap(([name, entry]) => {
          const [kind, reference, code] = name.startsWith("data") ? String(entry).split("\n") : [];
          return kind === "sms_status" && reference ? [reportOf(reference, code?.trim(), "")] : [];
        }),
      thanks: "100",
    },
    async close() {},
  };
}

function readAnswer(whole: Readonly<Record<string, unknown>>, number: string): GatewayAnswer | undefined {
  const own = asObject(asObject(whole.sms)?.[number]) ?? whole;
  const code = Number(own.status_code);
  if (!Number.isInteger(code)) return undefined;
  if (code === 100 && typeof own.sms_id === "string") {
    return { kind: "accepted", answer: own.sms_id, reference: own.sms_id, parts: null };
  }
  // It says that it was taken, but not under which id.
  if (code === 100) return { kind: "accepted", answer: "100", reference: null, parts: null };
  const answer = withoutNumbers(`${code} ${String(own.status_text ?? "")}`);
  return { kind: refusals[code] ?? "refused", answer };
}

function reportOf(reference: string, code: unknown, words: string): SmsReport {
  return {
    reference,
    status: states[Number(code)] ?? "unknown",
    detail: withoutNumbers(`${String(code)} ${words}`),
  };
}
