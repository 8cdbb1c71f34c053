/** Chooses among the gateways of `SMS_URL`: by the number's prefix, then in the order that they stand in. */
import type { SmsRoute } from "../../settings.ts";
import type { Answer, Transport } from "../transport.ts";
import type { GatewayAnswer, OnSmsReport, SmsGateway } from "./gateway.ts";
import { createHttpGateway } from "./http.ts";

/** A gateway under the name that trace, metrics and report addresses know it by: `smsc`, `smsc-2`. */
export interface NamedGateway {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly gateway: SmsGateway;
}

/** The gateways of the setting, in order. The second one of a kind bears a number. */
export function openGateways(routes: readonly SmsRoute[], onReport: OnSmsReport): NamedGateway[] {
  const seen = new Map<string, number>();
  return routes.map(({ url, prefixes }) => {
    const kind = url.protocol.replace(/s?:$/, "");
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    const name = count === 1 ? kind : `${kind}-${count}`;
    return { name, prefixes, gateway: openGateway(url, (_, report) => onReport(name, report)) };
  });
}

function openGateway(url: URL, _onReport: OnSmsReport): SmsGateway {
  switch (url.protocol) {
    default:
      return createHttpGateway(url);
  }
}

/**
 * One transport over all of them. A gateway that refuses, is too busy or cannot be reached passes the message
 * on to the next. One that fell silent after taking it ends the attempt: the message may be on its way.
 */
export function createSmsTransport(gateways: readonly NamedGateway[]): Transport {
  return {
    async send(parcel) {
      if (parcel.channel !== "sms") throw new Error("gateways carry SMS only");
      const fitting = gateways.filter(({ prefixes }) => serves(prefixes, parcel.to));
      const declined: string[] = [];
      let last: Answer = { kind: "refused", answer: "no gateway serves this prefix" };
      for (const { name, gateway } of fitting) {
        last = named(name, await gateway.send({ id: parcel.id, to: parcel.to, text: parcel.text }));
        if (last.kind === "accepted" || last.kind === "unknown") break;
        declined.push(last.answer);
      }
      return last;
    },
    async close() {
      await Promise.all(gateways.map(({ gateway }) => gateway.close()));
    },
  };
}

function serves(prefixes: readonly string[], to: string): boolean {
  return prefixes.length === 0 || prefixes.some((prefix) => to.startsWith(`+${prefix}`));
}

function named(name: string, said: GatewayAnswer): Answer {
  return { kind: said.kind, answer: `${name}: ${said.answer}` };
}
