/** Coming in through an outside service: leaving for it, coming back from it, linking it. */

import {
  type Linking,
  type LinkOutcome,
  type LinkTools,
  linkIdentity,
  type OutsideAccount,
  offeredService,
  type Service,
} from "../identities/identities.ts";
import type { Clock } from "../platform/clock.ts";
import type { PolicyTools } from "../policies/policies.ts";
import type { Settings } from "../settings.ts";
import { type Binding, type Connection, connect, type Departure } from "./connection.ts";
import { causesOf, type Fault, faultOf } from "./failing.ts";
import type { Leaving, Profile } from "./providers/preset.ts";
import { presets } from "./providers/providers.ts";
import { within } from "./requests.ts";

export { type Arriving, type ComeInOutcome, comeIn, comeInInvited, type InvitedOutcome } from "./come-in.ts";

/** What is told of a service that did not do its part; the reason carries no secret. */
interface Log {
  warn(fields: object): void;
}

/** The services as this process speaks to them; each learns about its provider at the first press. */
export interface Outside {
  depart(service: Service, leaving: Leaving): Promise<DepartOutcome>;
  /** `named`: the name that came beside the answer, for a service whose profile has none. */
  arrive(
    service: Service,
    binding: Binding,
    answer: URLSearchParams,
    named: string | null,
  ): Promise<ArriveOutcome>;
  /** The query that somebody came back with, its state and code where the standard has them. */
  unwrap(service: Service, query: URLSearchParams): URLSearchParams;
  /** The answer comes as a form from the service's own site. */
  postsBack(service: Service): boolean;
}

export type DepartOutcome = { kind: "leaving"; departure: Departure } | Failed;

interface Failed {
  kind: "failed";
  fault: Fault;
}

export type ArriveOutcome =
  | { kind: "arrived"; outside: OutsideAccount; profile: Profile }
  /** The person changed their mind there. */
  | { kind: "cancelled" }
  | Failed;

export function openOutside(tools: { clock: Clock; settings: Settings; log: Log }): Outside {
  const { settings, log } = tools;
  const connections = new Map<string, Connection>();
  const connectionTo = ({ id }: Service): Connection => {
    const connected = settings.social.connected.find((each) => each.id === id);
    if (!connected) throw new Error(`${id} is not connected`);
    const returnTo = `${settings.publicUrl}${returnPath(id)}`;
    const known = connections.get(id) ?? connect(tools, { preset: presets[id], connected, returnTo });
    connections.set(id, known);
    return known;
  };
  const failed = ({ id }: Service, step: "depart" | "arrive", error: unknown): Failed => {
    const said = faultOf(error);
    // Before anybody was asked who it is, metadata that do not hold are a fault of the service.
    const fault = step === "depart" && (said === "unproven" || said === "refused") ? "faulty" : said;
    log.warn({ event: "outside_service", service: id, step, fault, reason: reasonOf(error) });
    return { kind: "failed", fault };
  };

  return {
    unwrap: ({ id }, query) => presets[id].unwrap?.(query) ?? query,
    postsBack: ({ id }) => presets[id].postsBack === true,
    async depart(service, leaving) {
      try {
        return { kind: "leaving", departure: await within(connectionTo(service).depart(leaving)) };
      } catch (error) {
        return failed(service, "depart", error);
      }
    },
    async arrive(service, binding, answer, named) {
      const said = answer.get("error");
      if (said === "access_denied" || said === "user_cancelled_authorize") return { kind: "cancelled" };
      try {
        const proven = await within(connectionTo(service).arrive(binding, answer));
        const profile = { ...proven, name: proven.name ?? named };
        return { kind: "arrived", outside: asOutside(service, profile), profile };
      } catch (error) {
        return failed(service, "arrive", error);
      }
    },
  };
}

/** Where a service sends people back to; registered there, with our origin before it. */
export function returnPath(service: string): string {
  return `/social/${service}/callback`;
}

/** Links the outside account to the account of whoever is signed in. */
export function linkOutside(
  tools: LinkTools & PolicyTools,
  outside: OutsideAccount,
  linking: Linking,
): Promise<LinkOutcome> {
  return tools.store.transact((write) => linkIdentity(tools, write, outside, linking));
}

/** The offered service behind a path's last part. */
export function serviceOf(tools: { settings: Settings }, id: string | undefined): Service | undefined {
  return id === undefined ? undefined : offeredService(tools.settings, id);
}

const LONGEST_SHOWN = 100;

function asOutside({ id, name }: Service, profile: Profile): OutsideAccount {
  const shown = (profile.email ?? profile.name ?? name.ru)
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .slice(0, LONGEST_SHOWN);
  return { service: id, issuer: profile.issuer, subject: profile.subject, shown };
}

/** The library's messages name what did not fit, never the token itself. */
function reasonOf(error: unknown): string {
  const messages = causesOf(error).map(({ message }) => message);
  return messages.join(": ").slice(0, 200) || "unknown";
}
