/** SMS gateways that remember what they were given and answer as they are told. */
import type { NamedGateway } from "../src/delivery/delivery.ts";
import type { GatewayAnswer, Sms, SmsReport } from "../src/delivery/sms/gateway.ts";

export interface ScriptedGateway extends NamedGateway {
  readonly sent: Sms[];
  /** The references of each question about earlier messages. */
  readonly asked: (readonly string[])[];
  answerWith(next: (sms: Sms) => GatewayAnswer | Promise<GatewayAnswer>): void;
  /** From now on it is asked, and says this. */
  reportWith(next: (references: readonly string[]) => readonly SmsReport[]): void;
}

/** Takes everything, under the reference `name-1`, `name-2`, … */
export function scriptedGateway(name: string, prefixes: readonly string[] = []): ScriptedGateway {
  const sent: Sms[] = [];
  const asked: (readonly string[])[] = [];
  let next: (sms: Sms) => GatewayAnswer | Promise<GatewayAnswer> = () => ({
    kind: "accepted",
    answer: "taken",
    reference: `${name}-${sent.length}`,
    parts: 1,
  });
  const gateway: { -readonly [Key in keyof NamedGateway["gateway"]]: NamedGateway["gateway"][Key] } = {
    name,
    async send(sms) {
      sent.push(sms);
      return next(sms);
    },
    async close() {},
  };
  return {
    name,
    prefixes,
    gateway,
    sent,
    asked,
    answerWith(script) {
      next = script;
    },
    reportWith(script) {
      gateway.pull = async (references) => {
        asked.push(references);
        return script(references);
      };
    },
  };
}
