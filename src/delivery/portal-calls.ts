/** Calls to portals: a form posted to an address that an administrator registered, and to no other. */
import { plainLine } from "./letter.ts";
import type { Answer, Parcel, Transport } from "./transport.ts";

/** A portal that answers later than this is asked again later. */
const ANSWER_WITHIN_MS = 5_000;
/** After a silent call the same address is left alone for so long, so that it takes no place from others. */
const REST_MS = 5_000;

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Every trouble is «later» and never «unreachable»: one portal that is down says nothing about the others.
 * Follows no redirect, so a registered address leads nowhere else. `loopback`: http to this machine, for
 * installations that are themselves on it.
 */
export function createPortalTransport(options: { loopback: boolean; withinMs?: number }): Transport {
  const { withinMs = ANSWER_WITHIN_MS } = options;
  const resting = new Map<string, number>();
  const calls = new Set<AbortController>();
  return {
    name: "portal",
    async send(parcel: Parcel): Promise<Answer> {
      if (parcel.channel !== "portal") return { kind: "refused", answer: "not a call to a portal" };
      const url = allowed(parcel.url, options.loopback);
      if (!url) return { kind: "refused", answer: "the registered address is not https" };
      if ((resting.get(url.origin) ?? 0) > performance.now()) {
        return { kind: "later", answer: "the portal has just not answered" };
      }
      const call = new AbortController();
      calls.add(call);
      try {
        return await post(url, parcel.form, AbortSignal.any([call.signal, AbortSignal.timeout(withinMs)]));
      } catch (fault) {
        resting.set(url.origin, performance.now() + REST_MS);
        return { kind: "later", answer: `no answer: ${reasonOf(fault)}` };
      } finally {
        calls.delete(call);
      }
    },
    close() {
      for (const call of calls) call.abort();
      return Promise.resolve();
    },
  };
}

function allowed(address: string, loopback: boolean): URL | undefined {
  const url = URL.parse(address);
  if (url?.username !== "" || url.password !== "") return undefined;
  const local = loopback && url.protocol === "http:" && LOOPBACK.has(url.hostname);
  return url.protocol === "https:" || local ? url : undefined;
}

async function post(url: URL, form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
    signal,
  });
  // Nothing is read of it: what a portal says to this is its own affair.
  await response.body?.cancel();
  const answer = `HTTP ${response.status}`;
  return response.ok ? { kind: "accepted", answer } : { kind: "later", answer };
}

function reasonOf(fault: unknown): string {
  const { name, cause } = fault as { name?: string; cause?: { code?: string } };
  return plainLine(cause?.code ?? name ?? "unknown");
}
