/**
 * How requests leave for the services: never longer than the limit, and with a certificate where one is due.
 */
import { type RequestOptions, request } from "node:https";
import { text as readAll } from "node:stream/consumers";
import type { CustomFetchOptions } from "openid-client";
import type { Claims } from "./providers/preset.ts";

/**
 * Nobody waits longer for a service, however many requests one step takes (OWASP ASVS 16.5.2; people leave a
 * page that stands still).
 */
export const PATIENCE_MS = 5_000;

export type Send = (address: string, request: CustomFetchOptions) => Promise<Response>;

/** The service did not answer in time. */
export class OutOfReach extends Error {
  override readonly name = "OutOfReach";
}

/** The service answered by a fault of its own, or by what is no answer. */
export class Faulty extends Error {
  override readonly name = "Faulty";
}

/** The service said no. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/**
 * The work's result, or `OutOfReach` once the limit has passed; what is still under way dies by its own
 * limit.
 */
export async function within<T>(work: Promise<T>, limitMs: number = PATIENCE_MS): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new OutOfReach("no answer in time")), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The service's JSON: an object as it is, a list as `list`. Throws `Refused` and `Faulty`. */
export async function readClaims(response: Response): Promise<Claims> {
  const { ok, status } = response;
  if (status === 401 || status === 403) throw new Refused(`the service answered ${status}`);
  if (!ok) throw new Faulty(`the service answered ${status}`);
  const value = parsed(await response.text());
  if (Array.isArray(value)) return { list: value };
  if (typeof value !== "object" || value === null) throw new Faulty("the service answered no object");
  return value as Claims;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Faulty("the service answered no JSON");
  }
}

/** `fetch` that shows a certificate (RFC 8705); Node's own cannot be given one. */
export function withCertificate(pem: string): Send {
  return (address, { method, headers, body, signal }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const options: RequestOptions = { method, headers, cert: pem, key: pem, ...(signal && { signal }) };
    const sent = request(address, options, (answer) => {
      const { statusCode: status = 500 } = answer;
      const type = answer.headers["content-type"] ?? "";
      readAll(answer).then(
        (text) => resolve(new Response(text || null, { status, headers: { "content-type": type } })),
        reject,
      );
    });
    sent.on("error", reject);
    sent.end(body === undefined || body === null ? undefined : String(body));
    return promise;
  };
}
