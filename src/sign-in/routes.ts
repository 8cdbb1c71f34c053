import { Hono } from "hono";
import { identitiesOf, offeredService, type ServiceId, waysOut } from "../identities/identities.ts";
import { waitingTime } from "../platform/language/times.ts";
import { sourceOf } from "../platform/web/client-address.ts";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import type { FieldProblem } from "../platform/web/fields.ts";
import { readForm } from "../platform/web/form-body.ts";
import {
  forgetTypedIdentifier,
  keepTypedIdentifier,
  typedIdentifier,
} from "../platform/web/typed-identifier.ts";
import { destination } from "../portal-registry/guard.ts";
import type { Portals } from "../portal-registry/portal-registry.ts";
import { currentSession, type GuardTools } from "../sessions/guard.ts";
import type { Settings } from "../settings.ts";
import { knownBrowsers, signOut, welcome } from "./guard.ts";
import { askForOwn, showOwn, takeOwn } from "./own-password-handlers.ts";
import { type SignInForm, signInPage } from "./pages.ts";
import { type SignInTools, signIn } from "./sign-in.ts";
import { words } from "./words.ts";

export type SignInRoutesTools = SignInTools & GuardTools & { settings: Settings; portals: Portals };

const LONGEST_IDENTIFIER = 320;

export function signInRoutes(tools: SignInRoutesTools): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get("/sign-in", (c) => {
      const returnTo = destination(tools, c, c.req.query("return_to"));
      if (currentSession(c)) return c.redirect(returnTo, 303);
      const signedOut = c.req.query("signed_out");
      return c.html(
        draw(tools, c, {
          returnTo,
          signedOut: signedOut !== undefined,
          stillIn: nameOf(tools, c, signedOut),
          cancelled: nameOf(tools, c, c.req.query("cancelled")),
        }),
      );
    })
    .post("/sign-in", (c) => takeSignIn(tools, c))
    .get("/sign-in/own-password", (c) => showOwn(tools, c))
    .post("/sign-in/own-password", (c) => takeOwn(tools, c))
    .post("/sign-out", (c) => takeSignOut(tools, c));
}

async function takeSignIn(tools: SignInRoutesTools, c: WebContext): Promise<Response> {
  const { cookies } = tools;
  tools.hashing.assertRoom();
  const say = words[c.get("view").language];
  const sent = await readForm(c);
  const identifier = sent.text("identifier").slice(0, LONGEST_IDENTIFIER);
  const password = sent.text("password");
  const remember = sent.ticked("remember");
  const returnTo = destination(tools, c, sent.text("return_to"));
  const again = (status: 422 | 429, ...problems: FieldProblem[]) =>
    c.html(draw(tools, c, { identifier, remember, returnTo, problems }), status);

  const missing: FieldProblem[] = [];
  if (identifier.trim() === "") missing.push({ field: "identifier", text: say.emptyIdentifier });
  if (password === "") missing.push({ field: "password", text: say.emptyPassword });
  if (missing.length > 0) return again(422, ...missing);

  keepTypedIdentifier(cookies, c, identifier);
  const address = c.get("address");
  const agent = (c.req.header("user-agent") ?? "").slice(0, 300);
  const outcome = await signIn(tools, {
    identifier,
    password,
    remember,
    source: sourceOf(address),
    address,
    agent,
    device: deviceName(agent),
    knownBrowsers: await knownBrowsers(tools, c),
    portalId: c.get("view").portal.id,
    language: c.get("view").language,
  });
  switch (outcome.kind) {
    case "signed-in":
      await welcome(tools, c, outcome);
      return c.redirect(returnTo, 303);
    case "choose-own":
      return askForOwn(tools, c, outcome.ticket, returnTo);
    case "wrong":
      return again(422, { field: "password", text: say.wrong });
    case "throttled": {
      const waitMs = Math.max(1_000, outcome.retryAt - c.get("view").now);
      c.header("Retry-After", String(Math.ceil(waitMs / 1_000)));
      const text = `${say.throttled(waitingTime(waitMs, c.get("view").language))} ${say.throttledHow}`;
      return again(429, { field: "password", text });
    }
  }
}

async function takeSignOut(tools: SignInRoutesTools, c: WebContext): Promise<Response> {
  const service = await cameThrough(tools, c);
  await signOut(tools, c);
  // «Сменить»: the next one has another login.
  if ((await readForm(c)).text("another") !== "") forgetTypedIdentifier(tools.cookies, c);
  return c.redirect(`/sign-in?signed_out${service === undefined ? "" : `=${service}`}`, 303);
}

/** The outside service that this session came through: we end ours, and its own goes on. */
async function cameThrough(tools: SignInRoutesTools, c: WebContext): Promise<ServiceId | undefined> {
  const session = currentSession(c);
  if (session?.method !== "social") return undefined;
  const [lastUsed] = await identitiesOf(tools.settings, tools.store.read, session.account_id);
  return lastUsed?.service.id;
}

function nameOf(
  { settings }: SignInRoutesTools,
  c: WebContext,
  service: string | undefined,
): string | undefined {
  return service === undefined ? undefined : offeredService(settings, service)?.name[c.get("view").language];
}

function draw(tools: SignInRoutesTools, c: WebContext, shown: Partial<SignInForm>) {
  return signInPage(c.get("view"), {
    inBox: c.get("view").portal.style === "control-string",
    identifier: typedIdentifier(tools.cookies, c),
    remember: false,
    returnTo: "/me",
    signedOut: false,
    ways: waysOut(tools.settings),
    stillIn: undefined,
    cancelled: undefined,
    problems: [],
    ...shown,
  });
}
