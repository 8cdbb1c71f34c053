import type { Service } from "../identities/identities.ts";
import { heldInvitation } from "../invitations/guard.ts";
import { invitedBy } from "../invitations/invitations.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import { knownBrowsers, welcome } from "../sign-in/guard.ts";
import type { Flow } from "./flow.ts";
import { fail, type SocialTools, sendOff, visitorOf } from "./handling.ts";
import { type ArriveOutcome, comeInInvited } from "./social.ts";

const INVITATION = "/invitation";

/** Leaves for the service on behalf of the account whose invitation this browser holds. */
export async function leaveInvited(
  tools: SocialTools,
  c: WebContext,
  { service, door }: { service: Service; door: string | undefined },
): Promise<Response> {
  const invited = await invitedBy(tools, heldInvitation(tools.cookies, c).key);
  // The page says what became of it.
  if (!invited) return c.redirect(INVITATION, 303);
  const accountId = invited.account.id;
  return sendOff(tools, c, { service, purpose: "invitation", accountId, door, returnTo: "/me" });
}

/** Back with an answer: the invitation is taken, the outside account linked, and the person is in. */
export async function takeInvitation(
  tools: SocialTools,
  c: WebContext,
  { service, flow, outcome }: { service: Service; flow: Flow; outcome: ArriveOutcome },
): Promise<Response> {
  switch (outcome.kind) {
    case "cancelled":
      return c.redirect(INVITATION, 303);
    case "failed":
      return fail(c, service, outcome, flow.purpose);
    case "arrived":
      break;
  }
  const { key, visit } = heldInvitation(tools.cookies, c);
  const invitation = { key, visit, accountId: flow.accountId ?? "" };
  const came = await comeInInvited(tools, outcome.outside, invitation, {
    ...visitorOf(c),
    source: sourceOf(c.get("address")),
    knownBrowsers: await knownBrowsers(tools, c),
    language: c.get("view").language,
  });
  switch (came.kind) {
    case "signed-in":
      await welcome(tools, c, came);
      return c.redirect(flow.returnTo, 303);
    case "taken":
      return fail(c, service, { kind: "taken" }, "invitation");
    case "gone":
      return c.redirect(INVITATION, 303);
  }
}
