/**
 * The gateway of everybody else: `POST` of `{"to","text","id"}` as JSON to an address of one's own, and any
 * 2xx means that the message was taken over.
 */
import { createHmac } from "node:crypto";
import type { SmsGateway, SmsStatus } from "./gateway.ts";
import { askGateway, plainAnswer, withoutNumbers } from "./request.ts";

/** The words that it may report a message with, as `{"id","status","detail"}`. */
const statuses: readonly SmsStatus[] = [
  "queued",
  "accepted",
  "sent",
  "delivered",
  "undelivered",
  "expired",
  "rejected",
];

/**
 * `url` is `http://…` or `https://…`; name and password in it become Basic authentication. With `?secret=…`
 * every request bears `X-Signature: sha256=<hex>`, the HMAC-SHA-256 of its body. The rest of the query stays.
 */
export function createHttpGateway(url: URL): SmsGateway {
  const target = new URL(url);
  const secret = target.searchParams.get("secret");
  for (const own of ["secret", "prefix"]) target.searchParams.delete(own);
  target.username = "";
  target.password = "";
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const basic = `Basic ${Buffer.from(login).toString("base64")}`;
  return {
    name: "http",
    async send({ id, to, text }) {
      const body = JSON.stringify({ to, text, id });
      const fate = await askGateway({
        url: target,
        body,
        headers: {
          ...(url.username && { Authorization: basic }),
          ...(secret && {
            "X-Signature": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
          }),
        },
      });
      if (fate.kind === "answered" && fate.status >= 200 && fate.status < 300) {
        return { kind: "accepted", answer: `HTTP ${fate.status}`, reference: id, parts: null };
      }
      return plainAnswer(fate);
    },
    push: {
      read: ({ id, status, detail }) =>
        id === undefined
          ? []
          : [
              {
                reference: String(id),
                status: statuses.find((word) => word === status) ?? "unknown",
                detail: withoutNumbers([status, detail].filter((word) => word !== undefined).join(", ")),
              },
            ],
      thanks: "OK",
    },
    async close() {},
  };
}
