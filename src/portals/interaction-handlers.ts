/** The pages of a portal's request: each step asks for one thing, and what it was leads on. */
import { personById } from "../accounts/accounts.ts";
import type { WebContext } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import { readForm } from "../platform/web/form-body.ts";
import { Refusal } from "../platform/web/refusals.ts";
import { forgetTypedIdentifier, keepTypedIdentifier } from "../platform/web/typed-identifier.ts";
import { setPortal } from "../portal-registry/guard.ts";
import type { Portal } from "../portal-registry/portal-registry.ts";
import { currentSession } from "../sessions/guard.ts";
import { allowPortal, type Session } from "../sessions/sessions.ts";
import { signOut } from "../sign-in/guard.ts";
import type { Engine } from "./engine/engine.ts";
import { loginOf } from "./engine/session.ts";
import { choosePage, closedPage, consentPage, onwardPage, overPage, type Signed } from "./pages.ts";
import type { PortalsTools } from "./tools.ts";
import { type Way, wayOf } from "./way.ts";

type Answer = Response | Promise<Response>;

interface Step {
  c: WebContext;
  way: Way;
  portal: Portal;
}

export async function showWay(tools: PortalsTools, engine: Engine, c: WebContext): Promise<Response> {
  const step = await stepOf(tools, engine, c);
  if (!step) return c.html(overPage(c.get("view")), 410 as never);
  const session = currentSession(c);
  if (!session) return toSignIn(tools, step);
  switch (step.way.prompt) {
    case "login":
      return login(step, session, tools);
    case "select_account":
      // Whoever has come in since then has chosen by that.
      if (provenSince(step.way, session)) return goOn(tools, step, chosen(session));
      return c.html(await choose(tools, step, session, false));
    case "entry":
      return c.html(await closed(tools, step, session), 403);
    case "consent":
      if (!step.portal.isForeign) return goOn(tools, step, { consent: {} });
      return c.html(await consent(tools, step, session));
  }
}

/** The buttons of those pages. */
export async function answerWay(tools: PortalsTools, engine: Engine, c: WebContext): Promise<Response> {
  const step = await stepOf(tools, engine, c);
  if (!step) return c.html(overPage(c.get("view")), 410 as never);
  const session = currentSession(c);
  const { text } = await readForm(c);
  const wish = text("go");
  if (!session) return toSignIn(tools, step);
  if (wish === "another") {
    await signOut(tools, c);
    return toSignIn(tools, { ...step, way: { ...step.way, loginHint: "" } });
  }
  switch (`${step.way.prompt} ${wish}`) {
    case "login on":
    case "select_account on":
      return goOn(tools, step, chosen(session));
    case "entry back":
      return goOn(tools, step, { error: "access_denied", error_description: "the account may not enter" });
    case "consent refuse":
      return goOn(tools, step, { error: "access_denied", error_description: "the person refused" });
    case "consent allow":
      await allow(tools, step, session);
      return goOn(tools, step, { consent: {} });
  }
  throw new Refusal(400);
}

async function stepOf(tools: PortalsTools, engine: Engine, c: WebContext): Promise<Step | undefined> {
  const way = await wayOf(engine, c.env);
  const portal = way && tools.portals.portal(way.client);
  if (!way || !portal) return undefined;
  setPortal(tools, c, { portal: portal.id, back: c.req.path });
  return { c, way, portal };
}

/** To the sign-in page, which wears the portal's look and leads back here. */
function toSignIn({ cookies }: PortalsTools, { c, way }: Step): Response {
  if (way.loginHint) keepTypedIdentifier(cookies, c, way.loginHint);
  // Another person than the one who was there: nobody's login is filled in.
  if (way.loginHint === "") forgetTypedIdentifier(cookies, c);
  return c.redirect(`/sign-in?return_to=${encodeURIComponent(c.req.path)}`, 303);
}

function login(step: Step, session: Session, tools: PortalsTools): Answer {
  const { c, way } = step;
  if (way.reasons.includes("id_token_hint"))
    return choose(tools, step, session, true).then((page) => c.html(page));
  if (wantsProof(way, session, tools.clock.now())) {
    const query = new URLSearchParams({ return_to: c.req.path, since: String(way.startedAt) });
    return c.redirect(`/me/confirm?${query}`, 303);
  }
  return goOn(tools, step, provenSince(way, session) ? chosen(session) : { login: loginOf(session) });
}

function chosen(session: Session) {
  return { select_account: {}, login: loginOf(session) };
}

function provenSince(way: Way, session: Session): boolean {
  return session.method !== "remembered" && session.authenticated_at >= way.startedAt;
}

/** Whether the person has to prove once more who they are, because the portal wants it fresh or stronger. */
function wantsProof(way: Way, session: Session, now: number): boolean {
  if (session.method === "remembered") return way.reasons.some((reason) => reason !== "no_session");
  if (way.reasons.includes("login_prompt")) return !provenSince(way, session);
  if (!way.reasons.includes("max_age") || provenSince(way, session)) return false;
  return now - session.authenticated_at > (way.maxAge ?? 0) * 1_000;
}

async function goOn(
  tools: PortalsTools,
  { c, way, portal }: Step,
  result: Parameters<Way["finish"]>[0],
): Promise<Response> {
  const address = await way.finish(result);
  // Nothing waits here any more: whoever comes to «/portal» later begins anew.
  setPortal(tools, c, { portal: portal.id });
  c.header("Refresh", `0; url=${address}`);
  return c.html(onwardPage(c.get("view"), portal.name, address));
}

/** Who is signed in, as the pages name them. */
export async function signedAs({ store }: PortalsTools, session: Session): Promise<Signed> {
  const person = await personById(store.read, session.account_id);
  return { name: session.name, login: person?.login ?? session.name };
}

async function choose(tools: PortalsTools, { c, portal }: Step, session: Session, otherExpected: boolean) {
  const person = await signedAs(tools, session);
  return choosePage(c.get("view"), { portal: portal.name, person, action: c.req.path, otherExpected });
}

async function closed(tools: PortalsTools, { c, portal }: Step, session: Session) {
  const person = await signedAs(tools, session);
  const { name, adminContact: contact } = portal;
  return closedPage(c.get("view"), { portal: name, person, contact, action: c.req.path });
}

async function consent(tools: PortalsTools, { c, way, portal }: Step, session: Session) {
  const person = await personById(tools.store.read, session.account_id);
  const of = (kind: "email" | "phone") =>
    (person?.contacts ?? []).find((contact) => contact.kind === kind && contact.proven)?.value ??
    person?.contacts.find((contact) => contact.kind === kind)?.value;
  return consentPage(c.get("view"), {
    portal: portal.name,
    host: URL.parse(portal.client.redirectUris[0] ?? "")?.host ?? portal.name,
    person: await signedAs(tools, session),
    scopes: way.scopes,
    email: of("email"),
    phone: of("phone"),
    action: c.req.path,
  });
}

async function allow(tools: PortalsTools, { c, way, portal }: Step, session: Session): Promise<void> {
  const wish = {
    accountId: session.account_id,
    portal,
    scopes: way.scopes,
    language: c.get("view").language,
    visitor: { address: c.get("address"), device: deviceName(c.req.header("user-agent") ?? "") },
  };
  await tools.store.transact((write) => allowPortal(tools, write, wish));
}
