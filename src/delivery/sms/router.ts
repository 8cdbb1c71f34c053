/** Chooses among the gateways of `SMS_URL`: by the number's prefix, then in the order that they stand in. */
import type { Clock } from "../../platform/clock.ts";
import type { SmsRoute } from "../../settings.ts";
import { ChannelHealth } from "../retry.ts";
import type { Answer, Route, SmsParcel, Transport, Tried } from "../transport.ts";
import { createExolveGateway } from "./exolve.ts";
import type { GatewayAnswer, OnSmsReport, Sms, SmsGateway } from "./gateway.ts";
import { createHttpGateway } from "./http.ts";
import { createSmppGateway } from "./smpp.ts";
import { createSmscGateway } from "./smsc.ts";
import { createSmsRuGateway } from "./smsru.ts";
import { createTwilioGateway } from "./twilio.ts";

/** A gateway under the name that trace, metrics and report addresses know it by: `smsc`, `smsc-2`. */
export interface NamedGateway {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly gateway: SmsGateway;
}

export interface ReportWays {
  /** Where a gateway of this name may send its reports; null: it cannot reach us. */
  addressFor(name: string): string | null;
  /** Takes the reports that come over a gateway's own connection. */
  readonly onReport: OnSmsReport;
}

/** The gateways of the setting, in order. */
export function openGateways(routes: readonly SmsRoute[], reports: ReportWays): NamedGateway[] {
  return nameGateways(routes).map(({ name, url, prefixes }) => ({
    name,
    prefixes,
    gateway: openGateway(url, name, reports),
  }));
}

/** Their names: the kind, and from the second one of a kind on with its number. */
export function nameGateways(routes: readonly SmsRoute[]): (SmsRoute & { readonly name: string })[] {
  const seen = new Map<string, number>();
  return routes.map((route) => {
    const kind = kindOf(route.url);
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return { ...route, name: count === 1 ? kind : `${kind}-${count}` };
  });
}

/** `https:` and `http:` are one kind, and so are `smpps:` and `smpp:`. */
export function kindOf(url: URL): string {
  return url.protocol.replace(/s?:$/, "");
}

function openGateway(url: URL, name: string, reports: ReportWays): SmsGateway {
  switch (url.protocol) {
    case "smsru:":
      return createSmsRuGateway(url);
    case "smsc:":
      return createSmscGateway(url);
    case "exolve:":
      return createExolveGateway(url);
    case "twilio:":
      return createTwilioGateway(url, reports.addressFor(name));
    case "smpp:":
    case "smpps:":
      return createSmppGateway(url, (_, report) => reports.onReport(name, report));
    default:
      return createHttpGateway(url);
  }
}

/**
 * One transport over all of them. A gateway that refuses, is too busy or cannot be reached passes the message
 * on to the next. One that fell silent after taking it ends the attempt: the message may be on its way. One
 * that fell silent several times in a row goes to the end of the queue, but for a probe now and then.
 */
export function createSmsTransport(tools: { clock: Clock }, gateways: readonly NamedGateway[]): Transport {
  const lines = gateways.map((line) => ({ ...line, health: new ChannelHealth() }));
  return {
    name: "sms",
    async send(parcel) {
      if (parcel.channel !== "sms") throw new Error("gateways carry SMS only");
      const now = tools.clock.now();
      const serving = lines.filter(({ prefixes }) => serves(prefixes, parcel.to));
      const ready = serving.filter(({ health }) => health.room(now, 1, 0) > 0);
      const tried: Tried[] = [];
      for (const line of [...ready, ...serving.filter((other) => !ready.includes(other))]) {
        const said = await line.gateway.send(smsOf(parcel, tools.clock.now()));
        if (said.kind === "unknown" || said.kind === "unreachable") line.health.silence(tools.clock.now());
        else line.health.heard();
        if (said.kind === "accepted" || said.kind === "unknown") return ended(line, said, tried);
        tried.push({ gateway: line.name, kind: said.kind, answer: said.answer });
      }
      return declined(tried);
    },
    async close() {
      await Promise.all(gateways.map(({ gateway }) => gateway.close()));
    },
  };
}

function smsOf({ id, to, text, livesUntil }: SmsParcel, now: number): Sms {
  return { id, to, text, lifetimeMs: livesUntil - now };
}

function serves(prefixes: readonly string[], to: string): boolean {
  return prefixes.length === 0 || prefixes.some((prefix) => to.startsWith(`+${prefix}`));
}

function ended(
  { name, gateway }: NamedGateway,
  said: GatewayAnswer & { kind: "accepted" | "unknown" },
  before: readonly Tried[],
): Answer {
  const reference = said.kind === "accepted" ? said.reference : null;
  const route: Route = {
    declined: before,
    gateway: name,
    reference,
    asked: reference !== null && gateway.pull !== undefined,
  };
  return { kind: said.kind, answer: `${name}: ${said.answer}`, route };
}

/** Nobody took it: the answer that leaves the most hope decides whether all of them are asked again. */
function declined(tried: readonly Tried[]): Answer {
  const hope = ["later", "unreachable", "refused"] as const;
  for (const kind of hope) {
    const best = tried.find((one) => one.kind === kind);
    if (!best) continue;
    const others = tried.filter((one) => one !== best);
    const route: Route = { declined: others, gateway: best.gateway, reference: null, asked: false };
    return { kind, answer: `${best.gateway}: ${best.answer}`, route };
  }
  return { kind: "refused", answer: "no gateway serves this number" };
}
