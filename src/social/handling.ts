import type { Service } from "../identities/identities.ts";
import type { AcceptTools } from "../invitations/invitations.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spend } from "../platform/throttle/throttle.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import type { GuardTools } from "../sessions/guard.ts";
import type { Fault } from "./failing.ts";
import { type Flow, keepFlow } from "./flow.ts";
import { type Failure, failurePage } from "./pages.ts";
import type { Outside } from "./social.ts";

export type SocialTools = GuardTools & AcceptTools & { cookies: Cookies; outside: Outside };

const faults = {
  silent: 503,
  unreachable: 503,
  faulty: 503,
  refused: 400,
  unproven: 400,
} as const satisfies Record<Fault, number>;

const statuses = {
  lost: 400,
  unknown: 403,
  "known-email": 403,
  closed: 403,
  taken: 403,
  throttled: 429,
} as const satisfies Record<Exclude<Failure["kind"], "failed">, number>;

export function fail(
  c: WebContext,
  service: Service,
  failure: Failure,
  purpose: Flow["purpose"] = "sign-in",
): Response | Promise<Response> {
  const status = failure.kind === "failed" ? faults[failure.fault] : statuses[failure.kind];
  return c.html(failurePage(c.get("view"), service, failure, purpose), status);
}

/**
 * Sends the browser off to the service, by way of our own page; or says at once that it cannot be reached.
 * What binds the answer to this browser goes into the sealed cookie.
 */
export async function sendOff(
  tools: SocialTools,
  c: WebContext,
  leaving: {
    service: Service;
    purpose: Flow["purpose"];
    accountId: string | null;
    door?: string | undefined;
    returnTo: string;
  },
): Promise<Response> {
  const { service, purpose, accountId, returnTo, door } = leaving;
  const limited = await spend(tools, [{ budget: budgets.socialSource, subject: sourceOf(c.get("address")) }]);
  if (limited.kind === "limited") {
    const waitMs = Math.max(1_000, limited.retryAt - c.get("view").now);
    c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
    return fail(c, service, { kind: "throttled", waitMs }, purpose);
  }
  const outcome = await tools.outside.depart(service, {
    purpose: purpose === "sign-in" ? "sign-in" : "link",
    door,
  });
  switch (outcome.kind) {
    case "failed":
      return fail(c, service, outcome, purpose);
    case "leaving":
      keepFlow(tools.cookies, c, {
        ...outcome.departure,
        service: service.id,
        purpose,
        accountId,
        returnTo,
      });
      return c.redirect(`/social/${service.id}/onward`, 303);
  }
}

/** Where this request comes from, as sign-in and notices tell it. */
export function visitorOf(c: WebContext): {
  address: string;
  agent: string;
  device: string;
  portalId: string;
} {
  const agent = (c.req.header("user-agent") ?? "").slice(0, 300);
  const portalId = c.get("view").portal.id;
  return { address: c.get("address"), agent, device: deviceName(agent), portalId };
}
