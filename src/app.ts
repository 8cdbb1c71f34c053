/** The site map: what every request passes through, one mount line per feature, the catalogue of letters. */
import { Hono } from "hono";
import type { Logger } from "pino";
import { contactMessages } from "./contacts/messages.ts";
import type {
  Catalogue,
  DeliveryBell,
  DeliveryFigures,
  NamedGateway,
  TrialInbox,
} from "./delivery/delivery.ts";
import { inboxRoutes, reportRoutes } from "./delivery/routes.ts";
import type { Sightings } from "./figures/figures.ts";
import { createManagement, healthRoutes } from "./health/routes.ts";
import type { IntakeFigures } from "./intake/intake.ts";
import { invitationMessages } from "./invitations/messages.ts";
import { invitationRoutes, shortInvitation } from "./invitations/routes.ts";
import { notificationMessages } from "./notifications/messages.ts";
import { type Hashing, HashingOverloaded } from "./passwords/passwords.ts";
import type { Clock } from "./platform/clock.ts";
import { languages, preferredLanguage } from "./platform/language/language.ts";
import type { Places } from "./platform/places/places.ts";
import type { Secrets } from "./platform/secrets/secrets.ts";
import { type Store, StoreUnavailable } from "./platform/store/store.ts";
import type { Alarms } from "./platform/throttle/alarms.ts";
import type { Assets } from "./platform/web/assets.ts";
import { clientAddress } from "./platform/web/client-address.ts";
import { compressed } from "./platform/web/compressed.ts";
import type { WebContext, WebEnv } from "./platform/web/context.ts";
import { type Cookies, createCookies } from "./platform/web/cookies.ts";
import { allowInlineStyles } from "./platform/web/headers.ts";
import { formToken, originCheck } from "./platform/web/origin-check.ts";
import { Refusal, refusalPage } from "./platform/web/refusals.ts";
import { logged } from "./platform/web/request-log.ts";
import type { View } from "./platform/web/view.ts";
import type { Policies } from "./policies/policies.ts";
import { portalOf } from "./portal-registry/guard.ts";
import type { Portals } from "./portal-registry/portal-registry.ts";
import { lookRoutes, portalRoutes } from "./portal-registry/routes.ts";
import { portalMessages } from "./portals/messages.ts";
import type { KeyRing } from "./portals/portals.ts";
import { providerRoutes } from "./portals/routes.ts";
import { profileRoutes, quickSession } from "./profile/routes.ts";
import { recoveryMessages } from "./recovery/messages.ts";
import { recoveryRoutes } from "./recovery/routes.ts";
import { currentSession, recognise } from "./sessions/guard.ts";
import type { Settings } from "./settings.ts";
import { setupRoutes } from "./setup/routes.ts";
import { signInMessages } from "./sign-in/messages.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { ownSocialRoutes, postedBackRoutes, socialRoutes } from "./social/routes.ts";
import { openOutside } from "./social/social.ts";
import { supportMessages } from "./support/messages.ts";
import { vetoRoutes } from "./veto/routes.ts";

/** What main.ts builds once and every operation takes its part of. */
export interface Tools {
  clock: Clock;
  store: Store;
  secrets: Secrets;
  settings: Settings;
  portals: Portals;
  /** What signs for the portals. */
  portalKeys: KeyRing;
  hashing: Hashing;
  policies: Policies;
  places: Places;
  deliveryBell: DeliveryBell;
  deliveryFigures: DeliveryFigures;
  sightings: Sightings;
  /** In order of preference; none without SMS_URL. */
  smsGateways: readonly NamedGateway[];
  /** What became of mail that came in. */
  intakeFigures: IntakeFigures;
  assets: Assets;
  log: Logger;
  alarms: Alarms;
  /** Only without SMTP_URL. */
  trialInbox: TrialInbox | null;
}

const YEAR_MS = 365 * 86_400_000;

export { createManagement };

/** Every letter of every feature. */
export function collectMessages(
  tools: Pick<Tools, "clock" | "secrets" | "settings" | "places" | "portals" | "portalKeys">,
): Catalogue {
  return {
    ...recoveryMessages(tools),
    ...invitationMessages(tools),
    ...signInMessages(tools),
    ...contactMessages(tools),
    ...notificationMessages(tools),
    ...portalMessages(tools),
    ...supportMessages(tools),
  };
}

export interface Site {
  fetch: Hono<WebEnv>["fetch"];
  /** The site with everything that is loaded when somebody asks for it. */
  whole(): Promise<Hono<WebEnv>>;
}

/**
 * Houses that few people visit, the console first of all: loaded with their first visitor, so that an
 * installation at rest does not carry them (6 MiB of 120).
 */
const seldomVisited = /^https?:\/\/[^/?#]*\/(?:admin|help|support)(?:[/?#]|$)/;

async function loadSeldomVisited() {
  const [{ adminRoutes }, { helpRoutes }, { supportRoutes }] = await Promise.all([
    import("./admin/routes.ts"),
    import("./help/routes.ts"),
    import("./support/routes.ts"),
  ]);
  return { adminRoutes, helpRoutes, supportRoutes };
}

/** Asked by proxies on every request of their own, so it passes nothing that only pages need. */
const mostAsked = /^https?:\/\/[^/?#]*\/me\/session(?:[?#]|$)/;

type SeldomVisited = Awaited<ReturnType<typeof loadSeldomVisited>>;

export function createSite(given: Tools): Site {
  const https = given.settings.publicUrl.startsWith("https:");
  const tools = {
    ...given,
    cookies: createCookies(given, { https }),
    outside: openOutside(given),
    busyPages: new Map<string, string>(),
    catalogue: collectMessages(given),
  };
  const provided = providerRoutes(tools);
  const everyday = siteMap(tools, provided, null);
  let loading: Promise<Hono<WebEnv>> | undefined;
  const whole = () => {
    loading ??= loadSeldomVisited().then((houses) => siteMap(tools, provided, houses));
    // What could not be read (no file handles left) may be readable for the next visitor.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  const quick = new Hono<WebEnv>().get("/me/session", quickSession(tools, everyday));
  quick.onError((error, c) => refuse(tools, c, asRefusal(tools.log, c, error)));
  return {
    fetch(request, ...rest) {
      if (request.method === "GET" && mostAsked.test(request.url)) return quick.fetch(request, ...rest);
      return seldomVisited.test(request.url)
        ? whole().then((site) => site.fetch(request, ...rest))
        : everyday.fetch(request, ...rest);
    },
    whole,
  };
}

type SiteTools = Parameters<SeldomVisited["adminRoutes"]>[0] &
  Tools & { outside: ReturnType<typeof openOutside>; busyPages: Map<string, string> };

function siteMap(
  tools: SiteTools,
  provided: ReturnType<typeof providerRoutes>,
  houses: SeldomVisited | null,
): Hono<WebEnv> {
  const app = new Hono<WebEnv>({ strict: false });

  app.use(allowInlineStyles);
  app.route("/delivery/reports", reportRoutes(tools));
  app.use(logged(tools.log));
  app.use(compressed);
  app.get("/assets/*", (c) => asset(tools.assets, c));
  app.route("/look", lookRoutes(tools));
  app.route("/health", healthRoutes(tools));
  app.get("/.well-known/change-password", (c) => c.redirect("/me/password", 302));
  app.get("/.well-known/passkey-endpoints", (c) => c.json({}));

  app.use(described(tools));
  app.route("/", provided.machines);
  app.route("/social", postedBackRoutes(tools));
  app.use(originCheck(tools, tools.settings.publicUrl));
  app.use(recognise(tools));
  app.get("/", (c) => c.redirect(currentSession(c) ? "/me" : "/sign-in", 303));
  app.route("/", signInRoutes(tools));
  app.route("/portal", portalRoutes(tools));
  app.route("/recovery", recoveryRoutes(tools));
  app.route("/setup", setupRoutes(tools));
  app.route("/veto", vetoRoutes(tools));
  if (houses) app.route("/support", houses.supportRoutes(tools));
  app.route("/social", socialRoutes(tools));
  app.route("/", provided.browsers);
  app.route("/me/social", ownSocialRoutes(tools));
  app.route("/me", profileRoutes(tools));
  app.route("/invitation", invitationRoutes(tools));
  app.get("/i", (c) => c.redirect(shortInvitation(c.req.query("k")), 303));
  if (houses) app.route("/admin", houses.adminRoutes(tools));
  if (houses) app.route("/help", houses.helpRoutes(tools));
  const { trialInbox } = tools;
  if (trialInbox) app.route("/inbox", inboxRoutes({ ...tools, trialInbox }));

  app.notFound((c) => refuse(tools, c, new Refusal(404)));
  app.onError((error, c) => refuse(tools, c, asRefusal(tools.log, c, error)));
  return app;
}

/** The address, the number of the request and everything that a page needs to draw itself. */
function described(tools: Tools & { cookies: Cookies }) {
  return async (c: WebContext, next: () => Promise<void>): Promise<void> => {
    c.set("address", clientAddress(c, tools.settings.trustedProxyHops));
    c.set("view", viewOf(tools, c));
    await next();
  };
}

function viewOf(tools: Tools & { cookies: Cookies }, c: WebContext): View {
  const { cookies, settings } = tools;
  const url = new URL(c.req.url);
  const wishedLanguage = languages.find((language) => language === url.searchParams.get("lang"));
  const wishedTheme = themes.find((theme) => theme === url.searchParams.get("theme"));
  if (wishedLanguage) cookies.write(c, "lang", wishedLanguage, YEAR_MS);
  if (wishedTheme) cookies.write(c, "theme", wishedTheme, YEAR_MS);
  const keptLanguage = languages.find((language) => language === cookies.read(c, "lang"));
  url.searchParams.delete("lang");
  url.searchParams.delete("theme");
  // As a link, a path that begins with two slashes would name another host.
  const pathname = url.pathname.replace(/^\/+/, "/");
  return {
    languageChosen: Boolean(wishedLanguage ?? keptLanguage),
    language: wishedLanguage ?? keptLanguage ?? preferredLanguage(c.req.header("accept-language")),
    theme: wishedTheme ?? themes.find((theme) => theme === cookies.read(c, "theme")) ?? "auto",
    path: c.req.method === "GET" ? `${pathname}${url.search}` : pathname,
    portal: portalOf(tools, c, url),
    formToken: once(() => formToken(tools, c)),
    timeZone: settings.timeZone,
    now: tools.clock.now(),
    assets: tools.assets,
    places: tools.places,
    signedIn: null,
  };
}

/** Most answers have no form, so the token is made when a page asks for it. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const themes = ["auto", "light", "dark"] as const;

function asset(assets: Assets, c: WebContext): Response {
  const found = assets.respond(c.req.path, c.req.header("accept-encoding"));
  if (!found) return c.text("not found", 404);
  return c.body(found.body, found.status, found.headers);
}

function asRefusal(log: Logger, c: WebContext, error: Error): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof HashingOverloaded) return new Refusal(503, error.retryAfterSeconds);
  if (error instanceof StoreUnavailable) {
    log.error({ event: "store_unavailable", request_id: c.get("requestId"), err: error });
    return new Refusal(503, 5);
  }
  log.error({ event: "fault", request_id: c.get("requestId"), err: error });
  return new Refusal(500);
}

function refuse(
  tools: Tools & { cookies: Cookies; busyPages: Map<string, string> },
  c: WebContext,
  refusal: Refusal,
): Response | Promise<Response> {
  const view = (c.get("view") as View | undefined) ?? viewOf(tools, c);
  if (refusal.retryAfterSeconds !== undefined) c.header("Retry-After", String(refusal.retryAfterSeconds));
  if (refusal.status !== 503) {
    return c.html(refusalPage(view, refusal, c.get("requestId")), refusal.status);
  }
  // The page of an overload is drawn once: whoever is turned away must cost next to nothing.
  const key = `${view.language} ${view.theme}`;
  const page =
    tools.busyPages.get(key) ??
    String(refusalPage({ ...view, path: "/sign-in", signedIn: null }, refusal, ""));
  tools.busyPages.set(key, page);
  return c.html(page, 503);
}
