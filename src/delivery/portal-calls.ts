/** Calls to portals: a form posted to an address that an administrator registered, and to no other. */
import { createPortalCaller, type PortalCaller } from "../portal-registry/portal-registry.ts";
import type { Settings } from "../settings.ts";
import { plainLine } from "./letter.ts";
import type { Answer, Parcel, Transport } from "./transport.ts";

/** A portal that answers later than this is asked again later. */
const ANSWER_WITHIN_MS = 5_000;
/** After a silent call the same address is left alone for so long, so that it takes no place from others. */
const REST_MS = 5_000;

/**
 * Every trouble is «later» and never «unreachable»: one portal that is down says nothing about the others.
 * What may not be called at all is refused, with the reason for the trace.
 */
export function createPortalTransport(
  { portalCalls: { reach } }: Pick<Settings, "portalCalls">,
  options: { withinMs?: number; caller?: PortalCaller } = {},
): Transport {
  const { withinMs = ANSWER_WITHIN_MS, caller = createPortalCaller(reach) } = options;
  const resting = new Map<string, number>();
  const calls = new Set<AbortController>();
  return {
    name: "portal",
    async send(parcel: Parcel): Promise<Answer> {
      if (parcel.channel !== "portal") return { kind: "refused", answer: "not a call to a portal" };
      const origin = URL.parse(parcel.url)?.origin ?? "";
      if ((resting.get(origin) ?? 0) > performance.now()) {
        return { kind: "later", answer: "the portal has just not answered" };
      }
      const call = new AbortController();
      calls.add(call);
      const { signal } = call;
      const outcome = await caller.call(parcel.url, { method: "POST", form: parcel.form, withinMs, signal });
      calls.delete(call);
      switch (outcome.kind) {
        case "answered": {
          const isTaken = outcome.status >= 200 && outcome.status < 300;
          return { kind: isTaken ? "accepted" : "later", answer: `HTTP ${outcome.status}` };
        }
        case "forbidden":
          return { kind: "refused", answer: forbidden[outcome.why] };
        case "silent":
          resting.set(origin, performance.now() + REST_MS);
          return { kind: "later", answer: `no answer: ${plainLine(outcome.trouble)}` };
      }
    },
    close() {
      for (const call of calls) call.abort();
      caller.close();
      return Promise.resolve();
    },
  };
}

const forbidden = {
  "not-https": "the registered address is not https",
  "out-of-reach": "the registered address leads where PORTAL_CALLS does not reach",
};
