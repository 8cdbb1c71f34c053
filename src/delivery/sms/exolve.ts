/**
 * MTS Exolve: `exolve://KEY?from=NAME`, where the name is an approved one or a number that was bought there.
 */
import type { SmsGateway, SmsStatus } from "./gateway.ts";
import { askGateway, asObject, objectOf, plainAnswer, serviceAt, withoutNumbers } from "./request.ts";

/**
 * Its states are words that come with and without a prefix (`DELIVERY_STATUS_DELIVERED`), so the end of the
 * word decides. What is not here changes nothing.
 */
const states: readonly (readonly [ending: string, status: SmsStatus])[] = [
  ["UNDELIVERED", "undelivered"],
  ["NOT_DELIVERED", "undelivered"],
  ["DELIVERED", "delivered"],
  ["READ", "delivered"],
  ["EXPIRED", "expired"],
  ["REJECTED", "rejected"],
  ["FAILED", "undelivered"],
  ["SENT", "sent"],
  ["QUEUED", "queued"],
];

export function createExolveGateway(url: URL): SmsGateway {
  const key = decodeURIComponent(url.username);
  const from = (url.searchParams.get("from") ?? "").replace(/^\+/, "");
  return {
    name: "exolve",
    async send({ to, text }) {
      const fate = await askGateway({
        url: serviceAt(url, "/messaging/v1/SendSMS"),
        headers: { Authorization: `Bearer ${key}` },
        body: JSON.stringify({ number: from, destination: to.replace("+", ""), text }),
      });
      const said = fate.kind === "answered" ? objectOf(fate.body) : undefined;
      const id = said?.message_id;
      if (
        fate.kind === "answered" &&
        fate.status === 200 &&
        (typeof id === "string" || Number.isInteger(id))
      ) {
        return { kind: "accepted", answer: `id ${String(id)}`, reference: String(id), parts: null };
      }
      const plain = plainAnswer(fate);
      const error = asObject(said?.error);
      if (!error) return plain;
      const words = withoutNumbers(`${String(error.message ?? "")} ${String(error.details ?? "")}`);
      // With an error in it, even a 200 says that nothing was taken.
      return { kind: plain.kind === "unknown" ? "refused" : plain.kind, answer: `${plain.answer} ${words}` };
    },
    push: {
      read(fields) {
        const word = String(fields.delivery_status ?? fields.status ?? "").toUpperCase();
        const status = states.find(([ending]) => word.endsWith(ending))?.[1] ?? "unknown";
        const id = fields.message_id;
        return id === undefined ? [] : [{ reference: String(id), status, detail: withoutNumbers(word) }];
      },
      thanks: "OK",
    },
    async close() {},
  };
}
