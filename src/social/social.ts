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
import type { Leaving, Profile } from "./providers/preset.ts";
import { presets } from "./providers/providers.ts";
import { OutOfReach, within } from "./requests.ts";

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
  /** The answer comes as a form from the service's own site. */
  postsBack(service: Service): boolean;
}

export type DepartOutcome = { kind: "leaving"; departure: Departure } | { kind: "out-of-reach" };

export type ArriveOutcome =
  | { kind: "arrived"; outside: OutsideAccount; profile: Profile }
  /** The person changed their mind there. */
  | { kind: "cancelled" }
  /** The service said no, or said something that does not hold. */
  | { kind: "refused" }
  | { kind: "out-of-reach" };

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
  const note = (service: Service, step: string, error: unknown) =>
    log.warn({ event: "outside_service", service: service.id, step, reason: reasonOf(error) });

  return {
    postsBack: ({ id }) => presets[id].postsBack === true,
    async depart(service, leaving) {
      try {
        return { kind: "leaving", departure: await within(connectionTo(service).depart(leaving)) };
      } catch (error) {
        note(service, "depart", error);
        return { kind: "out-of-reach" };
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
        note(service, "arrive", error);
        return { kind: isOutOfReach(error) ? "out-of-reach" : "refused" };
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

/** Connections that fail and answers that do not come; everything else is an answer that does not hold. */
function isOutOfReach(error: unknown): boolean {
  const causes = [error, error instanceof Error ? error.cause : undefined].filter(
    (each) => each instanceof Error,
  );
  return causes.some(
    (each) =>
      each instanceof OutOfReach ||
      each.name === "TimeoutError" ||
      each.name === "AbortError" ||
      each.message === "fetch failed" ||
      /^E[A-Z]+$|^UND_ERR/.test(String((each as { code?: unknown }).code ?? "")),
  );
}

/** The library's messages name what did not fit, never the token itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`.slice(0, 200);
}
