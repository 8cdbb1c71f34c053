import type { Service } from "../identities/identities.ts";
import type { AcceptTools } from "../invitations/invitations.ts";
import * as budgets from "../platform/throttle/budgets.ts";
import { spend } from "../platform/throttle/throttle.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import type { Cookies } from "../platform/web/cookies.ts";
import { deviceName } from "../platform/web/device.ts";
import type { GuardTools } from "../sessions/guard.ts";
import { type Flow, keepFlow } from "./flow.ts";
import { type Failure, failurePage } from "./pages.ts";
import type { Outside } from "./social.ts";

export type SocialTools = GuardTools & AcceptTools & { cookies: Cookies; outside: Outside };

const statuses = {
  "out-of-reach": 503,
  refused: 400,
  lost: 400,
  unknown: 403,
  "known-email": 403,
  closed: 403,
  taken: 403,
  throttled: 429,
} as const satisfies Record<Failure["kind"], number>;

export function fail(
  c: WebContext,
  service: Service,
  failure: Failure,
  from: "sign-in" | "invitation" = "sign-in",
): Response | Promise<Response> {
  return c.html(failurePage(c.get("view"), service, failure, from), statuses[failure.kind]);
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
  const from = purpose === "invitation" ? "invitation" : "sign-in";
  const limited = await spend(tools, [{ budget: budgets.socialSource, subject: sourceOf(c.get("address")) }]);
  if (limited.kind === "limited") {
    const waitMs = Math.max(1_000, limited.retryAt - c.get("view").now);
    c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
    return fail(c, service, { kind: "throttled", waitMs }, from);
  }
  const outcome = await tools.outside.depart(service, {
    purpose: purpose === "sign-in" ? "sign-in" : "link",
    door,
  });
  switch (outcome.kind) {
    case "out-of-reach":
      return fail(c, service, { kind: "out-of-reach" }, from);
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
