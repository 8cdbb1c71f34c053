/** One request to a gateway over HTTP, and what its fate says about the message in it. */
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { isLoopback } from "../../setting-values.ts";
import type { GatewayAnswer } from "./gateway.ts";

/** Connecting, sending and the whole answer together. */
export const ANSWER_WITHIN_MS = 10_000;
/** As much of an answer as is read; a gateway's own answers are a tenth of that. */
const MOST_BYTES = 64 * 1024;

export interface GatewayRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  /** A form when its fields are given, else as it stands. */
  readonly body?: URLSearchParams | string;
  readonly withinMs?: number;
}

export type Fate =
  /** It answered. `body` is cut to 64 KiB. */
  | { readonly kind: "answered"; readonly status: number; readonly body: string }
  /** The connection stood and the request was on its way, but no whole answer came back. */
  | { readonly kind: "silent"; readonly trouble: string }
  /** No connection: nothing has left. */
  | { readonly kind: "unconnected"; readonly trouble: string };

/**
 * Never rejects. Redirects are not followed. Each request has a connection of its own: on a kept one, an end
 * that the other side made in the meantime could not be told from a message that was lost on its way. That
 * difference is also why this is not `fetch`, which does not say whether anything has left.
 */
export function askGateway(wish: GatewayRequest): Promise<Fate> {
  const { url, body = "" } = wish;
  const bytes = Buffer.from(typeof body === "string" ? body : body.toString(), "utf8");
  const headers = {
    ...(wish.method !== "GET" && { "Content-Type": typeOf(body), "Content-Length": String(bytes.length) }),
    ...wish.headers,
  };
  const secure = url.protocol === "https:";
  return new Promise((resolve) => {
    let left = false;
    const call = (secure ? secureRequest : plainRequest)(url, {
      method: wish.method ?? "POST",
      headers,
      agent: false,
    });
    const settle = (fate: Fate) => {
      clearTimeout(timer);
      resolve(fate);
    };
    const lost = (trouble: string) => settle({ kind: left ? "silent" : "unconnected", trouble });
    const timer = setTimeout(() => {
      lost("no answer in time");
      call.destroy();
    }, wish.withinMs ?? ANSWER_WITHIN_MS);
    call.once("socket", (socket) => {
      socket.once(secure ? "secureConnect" : "connect", () => {
        left = true;
      });
    });
    call.on("error", (error: NodeJS.ErrnoException) => lost(error.code ?? error.name));
    call.once("response", (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      const done = () => {
        const text = Buffer.concat(parts).subarray(0, MOST_BYTES).toString("utf8");
        settle({ kind: "answered", status: response.statusCode ?? 0, body: text });
      };
      response.on("data", (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size < MOST_BYTES) return;
        done();
        response.destroy();
      });
      response.once("end", done);
      response.on("error", () => lost("the answer was cut off"));
    });
    call.end(wish.method === "GET" ? undefined : bytes);
  });
}

function typeOf(body: URLSearchParams | string): string {
  return typeof body === "string" ? "application/json" : "application/x-www-form-urlencoded;charset=UTF-8";
}

/**
 * What a fate means where the gateway's own words say nothing: no answer at all, or a bare status of HTTP.
 */
export function plainAnswer(fate: Fate): Exclude<GatewayAnswer, { kind: "accepted" }> {
  switch (fate.kind) {
    case "unconnected":
      return { kind: "unreachable", answer: fate.trouble };
    case "silent":
      return { kind: "unknown", answer: fate.trouble };
    case "answered":
      return { kind: meaningOf(fate.status), answer: `HTTP ${fate.status}` };
  }
}

/**
 * 2xx without the words that should have come may have been taken, and so may what a proxy stopped waiting
 * for (504). Every other 5xx says that it went wrong. A redirect, a wrong path or a wrong key is trouble of
 * the setting, which can be mended; the rest of 4xx is a no to this message.
 */
function meaningOf(status: number): "unknown" | "unreachable" | "later" | "refused" {
  if (status === 504 || status < 300) return "unknown";
  if (status === 408 || status === 425 || status === 429 || status >= 500) return "later";
  if (status < 400 || [401, 402, 403, 404, 405, 407, 410].includes(status)) return "unreachable";
  return "refused";
}

/** The JSON of an answer; undefined for anything else. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** The JSON object of an answer; undefined for anything else. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  return asObject(jsonOf(text));
}

/** A path of the service that `url` names: https, except for a stand-in on loopback. */
export function serviceAt(url: URL, path: string): URL {
  return new URL(path, `${isLoopback(url.hostname) ? "http" : "https"}://${url.host}`);
}

/** Somebody else's words without phone numbers and codes: whatever has six digits in a row is cut out. */
export function withoutNumbers(text: string): string {
  return text.replace(/\+?\d(?:[\s()-]*\d){5,}/g, "…").trim();
}
