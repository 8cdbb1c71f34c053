import type { IncomingMessage } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { WebContext, WebEnv } from "../platform/web/context.ts";
import { deviceName } from "../platform/web/device.ts";
import { readForm } from "../platform/web/form-body.ts";
import { Refusal } from "../platform/web/refusals.ts";
import type { Html } from "../platform/web/view.ts";
import { currentSession } from "../sessions/guard.ts";
import type { Session } from "../sessions/sessions.ts";
import { signOut } from "../sign-in/guard.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import { paths } from "./engine/provider.ts";
import { handOver } from "./handover.ts";
import { answerWay, showWay, signedAs } from "./interaction-handlers.ts";
import { errorPage, onwardPage, signOutPage } from "./pages.ts";
import { SIGNED_OUT_PAGE, type SignOutWish, signOutWish } from "./sign-out.ts";
import type { PortalsTools } from "./tools.ts";

export interface ProviderRoutes {
  /** Programs ask these: no cookie counts there, so they stand before the check of origins. */
  machines: Hono<WebEnv>;
  /** Browsers come here; needs the pages' middleware. */
  browsers: Hono<WebEnv>;
}

/** Longer than anybody looks at a question. */
const ASKED_FOR_MS = 60 * 60_000;
const SEAL = "portal sign-out";
const CONFIRM = `${paths.end_session}/confirm`;

export function providerRoutes(tools: PortalsTools): ProviderRoutes {
  const contexts = new WeakMap<IncomingMessage, WebContext>();
  const contextOf = ({ req }: KoaContextWithOIDC): WebContext => {
    const c = contexts.get(req);
    if (!c) throw new Error("the provider was reached past its mount");
    return c;
  };
  const engine: Engine = createEngine(tools, {
    sessionOf(request): Session | undefined {
      const c = contexts.get(request);
      return c && currentSession(c);
    },
    visitorOf: (request) => ({
      address: contexts.get(request)?.get("address") ?? "",
      device: deviceName(request.headers["user-agent"] ?? ""),
    }),
    showError(ctx, { error }) {
      const c = contextOf(ctx);
      // What was asked for is wrong, and so is leading back to it in another language.
      const view = { ...c.get("view"), portal: tools.portals.defaultPortal(), path: "/" };
      draw(ctx, c, errorPage(view, error));
    },
    showSignOut: (ctx) => showSignOut(tools, contextOf(ctx), ctx),
  });
  const provided = async (c: WebContext): Promise<Response> => {
    const { incoming, outgoing } = c.env;
    contexts.set(incoming, c);
    const cookies = c.res.headers.getSetCookie();
    const status = await handOver(engine, tools.settings.publicUrl, { incoming, outgoing, cookies });
    return new Response(null, { status, headers: RESPONSE_ALREADY_SENT.headers });
  };

  const machines = new Hono<WebEnv>();
  for (const path of ["/.well-known/openid-configuration", paths.jwks, paths.userinfo, paths.token]) {
    machines.all(path, provided);
  }
  machines.all(paths.introspection, provided).all(paths.revocation, provided);

  const browsers = new Hono<WebEnv>()
    .get(paths.authorization, provided)
    .get(`${paths.authorization}/:uid`, provided)
    .get(paths.end_session, provided)
    .post(CONFIRM, (c) => takeSignOut(tools, c))
    .get("/oidc/interaction/:uid", (c) => showWay(tools, engine, c))
    .post("/oidc/interaction/:uid", (c) => answerWay(tools, engine, c));
  return { machines, browsers };
}

/** At once for a portal that knows whom it means; else the person is asked. */
async function showSignOut(tools: PortalsTools, c: WebContext, ctx: KoaContextWithOIDC): Promise<void> {
  const session = currentSession(c);
  const wish = signOutWish(ctx, session);
  if (!session) {
    ctx.redirect(wish.goTo);
    return;
  }
  if (wish.proven) {
    await signOut(tools, c);
    handCookies(ctx, c);
    ctx.redirect(wish.goTo);
    return;
  }
  const person = await signedAs(tools, session);
  const sealed = tools.secrets.seal(SEAL, wish, tools.clock.now() + ASKED_FOR_MS);
  const portal = wish.portal === undefined ? undefined : tools.portals.portal(wish.portal);
  const view = { ...c.get("view"), portal: portal ?? tools.portals.defaultPortal() };
  draw(ctx, c, signOutPage(view, { portal: portal?.name, person, action: CONFIRM, sealed }));
}

function draw(ctx: KoaContextWithOIDC, c: WebContext, page: Html): void {
  ctx.type = "html";
  ctx.body = String(page);
  handCookies(ctx, c);
}

/** Those that our side has set since the provider took over. */
function handCookies({ res }: KoaContextWithOIDC, c: WebContext): void {
  const there = [res.getHeader("set-cookie") ?? []].flat().map(String);
  for (const cookie of c.res.headers.getSetCookie()) {
    if (!there.includes(cookie)) res.appendHeader("set-cookie", cookie);
  }
}

async function takeSignOut(tools: PortalsTools, c: WebContext): Promise<Response> {
  const sent = await readForm(c);
  const wish = tools.secrets.open(SEAL, sent.text("wish"), tools.clock.now()) as SignOutWish | undefined;
  if (!wish) throw new Refusal(400);
  if (sent.text("go") !== "out") return c.redirect("/me", 303);
  await signOut(tools, c);
  if (wish.goTo === SIGNED_OUT_PAGE) return c.redirect(SIGNED_OUT_PAGE, 303);
  const portal = tools.portals.portal(wish.portal ?? "");
  if (!portal) return c.redirect(SIGNED_OUT_PAGE, 303);
  c.header("Refresh", `0; url=${wish.goTo}`);
  return c.html(onwardPage({ ...c.get("view"), signedIn: null }, portal.name, wish.goTo));
}
