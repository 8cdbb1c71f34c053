import type { Service } from "../identities/identities.ts";
import { equalSecrets } from "../platform/secrets/secrets.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext } from "../platform/web/context.ts";
import { readForm } from "../platform/web/form-body.ts";
import { destination } from "../portal-registry/guard.ts";
import { currentSession } from "../sessions/guard.ts";
import { knownBrowsers, welcome } from "../sign-in/guard.ts";
import { type Flow, readFlow, takeFlow } from "./flow.ts";
import { fail, type SocialTools, sendOff, visitorOf } from "./handling.ts";
import { leaveInvited, takeInvitation } from "./invited-handlers.ts";
import { takeLink } from "./link-handlers.ts";
import { entrancePage, onwardPage } from "./pages.ts";
import { type ArriveOutcome, comeIn, returnPath, serviceOf } from "./social.ts";
import { toldName } from "./told-name.ts";

type Answer = Response | Promise<Response>;

/** The page behind a letter's button. */
export function showEntrance(tools: SocialTools, c: WebContext): Answer {
  if (currentSession(c)) return c.redirect("/me", 303);
  const service = serviceOf(tools, c.req.param("service"));
  if (!service) return c.redirect("/sign-in", 303);
  return c.html(entrancePage(c.get("view"), service));
}

export async function leave(tools: SocialTools, c: WebContext): Promise<Response> {
  const service = serviceOf(tools, c.req.param("service"));
  if (!service) return c.redirect("/sign-in", 303);
  const sent = await readForm(c);
  const door = service.doors?.find(({ id }) => id === sent.text("door"))?.id;
  if (sent.text("invitation") !== "") return leaveInvited(tools, c, { service, door });
  const returnTo = destination(tools, c, sent.text("return_to"));
  return sendOff(tools, c, { service, purpose: "sign-in", accountId: null, door, returnTo });
}

/** Goes on by itself: a redirect would be held to the `form-action` of the page before (decision 0055). */
export function showOnward(tools: SocialTools, c: WebContext): Answer {
  const flow = readFlow(tools.cookies, c);
  const service = serviceOf(tools, c.req.param("service"));
  if (!service || flow?.service !== service.id) return c.redirect("/sign-in", 303);
  c.header("Refresh", `0; url=${flow.address}`);
  return c.html(onwardPage(c.get("view"), service, flow.address));
}

/** What of a posted answer goes on; the rest says nothing that is used. */
const carried = ["code", "state", "error", "iss"] as const;
const LONGEST_VALUE = 2_000;

/** The name is told once, at the first consent, and only here. */
const NAME = "told name";
const NAME_MS = 10 * 60_000;

/** A posted answer becomes the address that the other services answer to, where our cookies come along. */
export async function forward(
  tools: SocialTools,
  c: WebContext,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const service = serviceOf(tools, c.req.param("service"));
  if (!service || !tools.outside.postsBack(service)) {
    await next();
    return undefined;
  }
  const form = await readForm(c);
  const answer = new URLSearchParams();
  for (const name of carried) {
    const value = form.text(name);
    if (value !== "" && value.length <= LONGEST_VALUE) answer.set(name, value);
  }
  const name = toldName(form.text("user"));
  if (name !== null) {
    const told = { name, state: form.text("state") };
    answer.set("named", tools.secrets.seal(NAME, told, c.get("view").now + NAME_MS));
  }
  return c.redirect(`${returnPath(service.id)}?${answer}`, 303);
}

/** Back from the service. The flow is over with this, whatever comes of it. */
export async function arrive(tools: SocialTools, c: WebContext): Promise<Response> {
  const service = serviceOf(tools, c.req.param("service"));
  const flow = takeFlow(tools.cookies, c);
  if (!service) return c.redirect("/sign-in", 303);
  const answer = tools.outside.unwrap(service, new URL(c.req.url).searchParams);
  if (flow?.service !== service.id || !equalSecrets(flow.state, answer.get("state") ?? "")) {
    // Who is signed in was linking, or is back on a page that has done its work.
    return fail(c, service, { kind: "lost" }, flow?.purpose ?? (currentSession(c) ? "link" : "sign-in"));
  }
  const told = tools.secrets.open(NAME, answer.get("named") ?? "", c.get("view").now) as Told | undefined;
  answer.delete("named");
  const outcome = await tools.outside.arrive(
    service,
    flow,
    answer,
    told?.state === flow.state ? told.name : null,
  );
  switch (flow.purpose) {
    case "link":
      return takeLink(tools, c, { service, flow, outcome });
    case "invitation":
      return takeInvitation(tools, c, { service, flow, outcome });
    case "sign-in":
      return takeSignIn(tools, c, { service, flow, outcome });
  }
}

interface Told {
  name: string;
  state: string;
}

async function takeSignIn(
  tools: SocialTools,
  c: WebContext,
  { service, flow, outcome }: { service: Service; flow: Flow; outcome: ArriveOutcome },
): Promise<Response> {
  switch (outcome.kind) {
    case "cancelled": {
      const query = new URLSearchParams({ cancelled: service.id, return_to: flow.returnTo });
      return c.redirect(`/sign-in?${query}`, 303);
    }
    case "failed":
      return fail(c, service, outcome, flow.purpose);
    case "arrived":
      break;
  }
  const { adminContact } = c.get("view").portal;
  const came = await comeIn(tools, outcome, {
    ...visitorOf(c),
    source: sourceOf(c.get("address")),
    knownBrowsers: await knownBrowsers(tools, c),
    language: c.get("view").language,
  });
  switch (came.kind) {
    case "signed-in":
      await welcome(tools, c, came);
      return c.redirect(flow.returnTo, 303);
    case "known-email":
      return fail(c, service, { kind: "known-email" });
    case "unknown":
    case "closed":
      return fail(c, service, { kind: came.kind, adminContact });
  }
}
