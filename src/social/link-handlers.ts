import {
  identitiesOf,
  type Linking,
  type Service,
  unlinkIdentity,
  waysOut,
} from "../identities/identities.ts";
import { passwordChangedAt } from "../passwords/passwords.ts";
import type { WebContext } from "../platform/web/context.ts";
import { readForm } from "../platform/web/form-body.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { currentSession } from "../sessions/guard.ts";
import { recentlyProven, type Session } from "../sessions/sessions.ts";
import type { Flow } from "./flow.ts";
import { fail, type SocialTools, sendOff, visitorOf } from "./handling.ts";
import { type LinkTold, ownLinksPage } from "./pages.ts";
import { type ArriveOutcome, linkOutside, serviceOf } from "./social.ts";

type Answer = Response | Promise<Response>;

const HOME = "/me/social";
/** What has just happened, for the page after the redirect. */
const TOLD = "social-told";
const TOLD_MS = 60_000;

export async function showLinks(tools: SocialTools, c: WebContext): Promise<Response> {
  const told = tools.cookies.open(c, TOLD) as LinkTold | undefined;
  if (told) tools.cookies.remove(c, TOLD);
  return c.html(await draw(tools, c, { told, last: false }));
}

/** The explicit wish to link, and the only one that counts: the answer is bound to it. */
export async function link(tools: SocialTools, c: WebContext): Promise<Response> {
  const service = serviceOf(tools, c.req.param("service"));
  if (!service) throw new Refusal(404);
  const { account_id: accountId } = sessionHere(c);
  if (!(await provenHere(tools, c))) return proveFirst(c);
  return sendOff(tools, c, { service, purpose: "link", accountId, returnTo: HOME });
}

/** The answer of a service to a wish to link. */
export async function takeLink(
  tools: SocialTools,
  c: WebContext,
  { service, flow, outcome }: { service: Service; flow: Flow; outcome: ArriveOutcome },
): Promise<Response> {
  const session = currentSession(c);
  // Signed out meanwhile, or as somebody else: what was wished for holds no longer.
  if (session?.account_id !== flow.accountId) return c.redirect(`/sign-in?return_to=${HOME}`, 303);
  switch (outcome.kind) {
    case "cancelled":
      return tell(tools, c, { kind: "cancelled", name: service.name[c.get("view").language] });
    case "failed":
      return fail(c, service, outcome, flow.purpose);
    case "arrived": {
      const { kind } = await linkOutside(tools, outcome.outside, linking(c, session));
      return tell(tools, c, { kind, name: service.name[c.get("view").language] });
    }
  }
}

export async function unlink(tools: SocialTools, c: WebContext): Promise<Response> {
  const session = sessionHere(c);
  if (!(await provenHere(tools, c))) return proveFirst(c);
  const sent = await readForm(c);
  const outcome = await unlinkIdentity(tools, sent.text("id"), linking(c, session));
  switch (outcome.kind) {
    case "unlinked":
      return tell(tools, c, { kind: "unlinked", name: outcome.service.name[c.get("view").language] });
    case "unknown":
      return c.redirect(HOME, 303);
    case "last":
      return c.html(await draw(tools, c, { told: undefined, last: true }), 422);
  }
}

async function draw(tools: SocialTools, c: WebContext, shown: { told: LinkTold | undefined; last: boolean }) {
  const { settings, store } = tools;
  const { account_id: accountId } = sessionHere(c);
  const identities = await identitiesOf(settings, store.read, accountId);
  const linked = new Set<string>(identities.map(({ service }) => service.id));
  return ownLinksPage(c.get("view"), {
    ...shown,
    identities,
    // The doors of a service lead to the same accounts of it.
    ways: waysOut(settings).filter(({ service, door }) => door === undefined && !linked.has(service)),
    hasPassword: (await passwordChangedAt(store.read, accountId)) !== undefined,
  });
}

function tell(tools: SocialTools, c: WebContext, told: LinkTold): Answer {
  tools.cookies.seal(c, TOLD, told, TOLD_MS);
  return c.redirect(HOME, 303);
}

function sessionHere(c: WebContext): Session {
  const session = currentSession(c);
  if (!session) throw new Refusal(404);
  return session;
}

/** Whether the person proved who they are within five minutes, by the strongest way that they have. */
async function provenHere(tools: SocialTools, c: WebContext): Promise<boolean> {
  const session = sessionHere(c);
  const changedAt = await passwordChangedAt(tools.store.read, session.account_id);
  return recentlyProven(session, changedAt === undefined ? "mailbox" : "password", tools.clock.now());
}

function proveFirst(c: WebContext): Response {
  return c.redirect(`/me/confirm?return_to=${encodeURIComponent(HOME)}`, 303);
}

function linking(c: WebContext, { account_id: accountId }: Session): Linking {
  const { address, device } = visitorOf(c);
  return { accountId, actor: accountId, language: c.get("view").language, visitor: { address, device } };
}
