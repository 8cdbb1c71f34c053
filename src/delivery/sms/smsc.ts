/**
 * SMSC.ru: `smsc://LOGIN:PASSWORD`, or `smsc://KEY` with a key of its interface; `?from=NAME` for a sender
 * name that was approved there.
 */
import {
  type GatewayAnswer,
  minutesToLive,
  type SmsGateway,
  type SmsReport,
  type SmsStatus,
} from "./gateway.ts";
import { askGateway, asObject, jsonOf, plainAnswer, serviceAt, withoutNumbers } from "./request.ts";

/** What `error_code` says of a message. A code that is not here: a no to this message. */
const refusals: Readonly<Record<number, "refused" | "later" | "unreachable">> = {
  1: "refused", // wrong parameters
  2: "unreachable", // wrong name or password, or not from this address
  3: "unreachable", // not enough money
  4: "unreachable", // our address is blocked for a while, after too many errors
  5: "refused", // wrong date
  6: "refused", // the text or the sender is forbidden
  7: "refused", // no such number
  8: "refused", // cannot be delivered to this number
  9: "later", // the same request again, or too many at once
};

/** What `status` says of a message that was taken over. */
const states: Readonly<Record<number, SmsStatus>> = {
  [-3]: "unknown", // no such message
  [-2]: "rejected", // stopped
  [-1]: "queued",
  0: "sent", // handed to the operator
  1: "delivered",
  2: "delivered", // read
  3: "expired",
  4: "delivered", // its link was opened
  20: "undelivered",
  22: "rejected", // wrong number
  23: "rejected", // forbidden
  24: "rejected", // not enough money
  25: "undelivered", // out of reach
};

/** `valid` goes up to 24:00. */
const MOST_MINUTES = 24 * 60;

export function createSmscGateway(url: URL): SmsGateway {
  const name = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const from = url.searchParams.get("from");
  const ask = (path: string, fields: Record<string, string>) =>
    askGateway({
      url: serviceAt(url, path),
      body: new URLSearchParams({
        ...(password ? { login: name, psw: password } : { apikey: name }),
        fmt: "3",
        charset: "utf-8",
        ...fields,
      }),
    });
  return {
    name: "smsc",
    async send({ to, text, lifetimeMs }) {
      const number = to.replace("+", "");
      const valid = hoursAndMinutes(minutesToLive({ lifetimeMs }, MOST_MINUTES));
      const fields = { phones: number, mes: text, valid, ...(from && { sender: from }) };
      const fate = await ask("/sys/send.php", fields);
      const said = fate.kind === "answered" && fate.status === 200 ? asObject(jsonOf(fate.body)) : undefined;
      return (said && readAnswer(said, number)) ?? plainAnswer(fate);
    },
    async pull(references) {
      const pairs = references.map((reference) => reference.split("/"));
      // The comma at the end asks for a list, also of one.
      const listed = (part: 0 | 1) => `${pairs.map((pair) => pair[part]).join(",")},`;
      const fate = await ask("/sys/status.php", { phone: listed(0), id: listed(1) });
      const said = fate.kind === "answered" ? jsonOf(fate.body) : undefined;
      const states = Array.isArray(said) ? said.map(asObject) : [];
      return references.flatMap((reference, place) => {
        const state = states[place];
        return state?.status === undefined ? [] : [reportOf(reference, state)];
      });
    },
    push: {
      read: (fields) =>
        fields.id === undefined || fields.status === undefined
          ? []
          : [reportOf(referenceOf(String(fields.phone ?? ""), fields.id), fields)],
      thanks: "OK",
    },
    async close() {},
  };
}

function hoursAndMinutes(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Their id is a number's own: only both together name one message. */
function referenceOf(number: string, id: unknown): string {
  return `${number.replace("+", "")}/${String(id)}`;
}

function readAnswer(said: Readonly<Record<string, unknown>>, number: string): GatewayAnswer | undefined {
  if (said.error_code !== undefined) {
    const code = Number(said.error_code);
    const answer = withoutNumbers(`${code} ${String(said.error ?? "")}`);
    return { kind: refusals[code] ?? "refused", answer };
  }
  if (said.id === undefined) return undefined;
  const parts = Number.isInteger(said.cnt) ? Number(said.cnt) : null;
  const answer = `id ${String(said.id)}`;
  return { kind: "accepted", answer, reference: referenceOf(number, said.id), parts };
}

function reportOf(reference: string, state: Readonly<Record<string, unknown>>): SmsReport {
  const status = states[Number(state.status)] ?? "unknown";
  const error = state.err === undefined ? "" : `, error ${String(state.err)}`;
  return { reference, status, detail: withoutNumbers(`${String(state.status)}${error}`) };
}
