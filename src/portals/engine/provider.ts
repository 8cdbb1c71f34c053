/** The protocol library, set up for this installation; see decision 0062 for what is left out and why. */
import type { IncomingMessage } from "node:http";
import type * as Library from "oidc-provider";
import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import { openSecrets } from "../../platform/secrets/secrets.ts";
import { StoreUnavailable } from "../../platform/store/store.ts";
import type { Policies } from "../../policies/policies.ts";
import { secretFits } from "../../portal-registry/portal-registry.ts";
import { allowedScope, newVisitId, type Session } from "../../sessions/sessions.ts";
import type { Settings } from "../../settings.ts";
import type { KeySet } from "../keys/keys.ts";
import { type AdapterTools, adapterFor } from "./adapter.ts";
import { claimsByScope, findPerson, scopes } from "./people.ts";
import { policyOf } from "./policy.ts";
import { acrValues, lendSessions } from "./session.ts";

export interface ProviderTools extends AdapterTools {
  settings: Settings;
  policies: Policies;
  log: { error(fields: object): void };
}

/** What the provider asks of the pages around it. */
export interface Surroundings {
  sessionOf(request: IncomingMessage): Session | undefined;
  /** Whose browser sends it, as the record tells it. */
  visitorOf(request: IncomingMessage): { address: string; device: string };
  /** Draws our page for an error in the place of the library's. */
  showError(ctx: KoaContextWithOIDC, error: { error: string }): void;
  /** The portal wants its person signed out; `hinted`: it showed whose id token it holds. */
  showSignOut(ctx: KoaContextWithOIDC): Promise<void>;
}

export type OpenedProvider = Library.Provider;

const ACCESS_SECONDS = 10 * 60;
const CODE_SECONDS = 60;
const REFRESH_SECONDS = 30 * 86_400;
const ID_TOKEN_SECONDS = 10 * 60;
/** Longer than the longest way on our pages: a letter's link works for an hour by default. */
const INTERACTION_SECONDS = 2 * 3_600;

export const paths = {
  authorization: "/oidc/auth",
  token: "/oidc/token",
  userinfo: "/oidc/userinfo",
  jwks: "/oidc/jwks",
  end_session: "/oidc/sign-out",
  introspection: "/oidc/token/introspection",
  revocation: "/oidc/token/revocation",
} as const;

export function openProvider(
  tools: ProviderTools,
  library: typeof Library,
  keys: KeySet,
  around: Surroundings,
): OpenedProvider {
  const { settings } = tools;
  const { InvalidGrant, AccessDenied } = library.errors;
  const surrounded = {
    visitor() {
      const { ctx } = library.Provider;
      return ctx ? around.visitorOf(ctx.req) : { address: "", device: "—" };
    },
    refusals: {
      usedBefore: () => new InvalidGrant("the token was used before"),
      sessionOver: () => new AccessDenied("the session has ended"),
    },
  };
  const https = settings.publicUrl.startsWith("https:");
  const configuration: Configuration = {
    adapter: (name) => adapterFor(tools, surrounded, name),
    jwks: { keys: keys.keys.map(asJwk) },
    findAccount: findPerson(tools),
    ...protocol(),
    interactions: {
      policy: policyOf(tools, library.interactionPolicy),
      url: (_, interaction) => `/oidc/interaction/${interaction.uid}`,
    },
    cookies: cookies(tools, https),
    loadExistingGrant: (ctx) => grantFor(tools, ctx),
    // A browser may ask by itself only for a client that keeps no secret, from where its redirect leads.
    clientBasedCORS: (_, origin, client) =>
      client.clientAuthMethod === "none" &&
      (client.redirectUris ?? []).some((address) => URL.parse(address)?.origin === origin),
    renderError: (ctx, out) => around.showError(ctx, out),
    features: {
      ...features,
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx) => around.showSignOut(ctx),
        postLogoutSuccessSource: (ctx) => ctx.redirect("/sign-in?signed_out"),
      },
    },
  };
  const provider = new library.Provider(settings.publicUrl, configuration);
  provider.proxy = true;
  lendSessions(provider, around.sessionOf);
  checkSecrets(provider, tools);
  nameSuccessors(provider, library, tools);
  allowOneForm(provider);
  provider.on("server_error", (ctx, error) => noteFault(tools, ctx, error));
  // Koa would print what it cannot answer itself, such as a line cut in the middle.
  provider.silent = true;
  return provider;
}

/** Code with PKCE by S256 and nothing else; every token but the ID token is opaque. */
function protocol(): Partial<Configuration> {
  return {
    routes: { ...paths },
    responseTypes: ["code"],
    scopes: [...scopes],
    claims: { ...claimsByScope, iss: null, sid: null },
    acrValues: [...acrValues],
    subjectTypes: ["public"],
    clientAuthMethods: ["client_secret_basic", "client_secret_post", "none"],
    pkce: { required: () => true },
    // Many portals read the ID token alone.
    conformIdTokenClaims: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    expiresWithSession: () => false,
    issueRefreshToken: (_, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    revokeGrantPolicy: () => true,
    ttl: {
      AccessToken: ACCESS_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      IdToken: ID_TOKEN_SECONDS,
      RefreshToken: (ctx) => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? REFRESH_SECONDS,
      Interaction: INTERACTION_SECONDS,
      Grant: REFRESH_SECONDS,
      Session: 86_400,
    },
    enabledJWA: {
      idTokenSigningAlgValues: ["RS256", "ES256"],
      userinfoSigningAlgValues: ["RS256", "ES256"],
    },
  };
}

const features = {
  devInteractions: { enabled: false },
  userinfo: { enabled: true },
  introspection: {
    enabled: true,
    // A portal may ask about its own tokens; one without a secret cannot prove that it is that portal.
    allowedPolicy: (_: unknown, client: Library.Client, token: { clientId?: string | undefined }) =>
      client.clientAuthMethod !== "none" && token.clientId === client.clientId,
  },
  revocation: {
    enabled: true,
    allowedPolicy: (_: unknown, client: Library.Client, token: { clientId?: string | undefined }) =>
      token.clientId === client.clientId,
  },
  backchannelLogout: { enabled: true },
  resourceIndicators: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  dPoP: { enabled: false },
} satisfies Configuration["features"];

function asJwk({ id, algorithm, privateKey }: KeySet["keys"][number]) {
  return { ...privateKey.export({ format: "jwk" }), kid: id, alg: algorithm, use: "sig" } as never;
}

/** These two belong to one address each, so `__Host-`, which wants the whole site, cannot be theirs. */
function cookies({ settings }: ProviderTools, https: boolean): NonNullable<Configuration["cookies"]> {
  const before = https ? "__Secure-" : "";
  const keyOf = (root: Buffer) => openSecrets([root]).derive("portal cookies", "")?.toString("base64url");
  return {
    // The first one signs; a way that was begun before SECRET_KEY was changed goes on.
    keys: settings.secretKeys.flatMap((root) => keyOf(root) ?? []),
    names: {
      interaction: `${before}portal-way`,
      resume: `${before}portal-return`,
      session: `${before}portal-session`,
    },
    short: { httpOnly: true, sameSite: "lax", secure: https, signed: true },
    long: { httpOnly: true, sameSite: "lax", secure: https, signed: true },
  };
}

/** What the portal may know: for our own all that it asks for, for a foreign one what its person allowed. */
async function grantFor(tools: ProviderTools, ctx: KoaContextWithOIDC): Promise<Library.Grant | undefined> {
  const { client, account, provider, requestParamOIDCScopes } = ctx.oidc;
  const portal = client && tools.portals.portal(client.clientId);
  if (!portal || !account) return undefined;
  const { accountId } = account;
  const grant = new provider.Grant({ accountId, clientId: portal.id });
  grant.jti = newVisitId();
  const allowed = portal.isForeign
    ? await allowedScope(tools.store.read, accountId, portal.id)
    : [...requestParamOIDCScopes].join(" ");
  if (allowed) grant.addOIDCScope(allowed);
  return grant;
}

/** The registry keeps hashes; the library would compare with what it calls the secret. */
function checkSecrets(provider: OpenedProvider, { portals }: ProviderTools): void {
  const prototype = provider.Client.prototype as unknown as {
    clientId: string;
    compareClientSecret(given: string): Promise<boolean>;
  };
  prototype.compareClientSecret = async function compareClientSecret(given) {
    const portal = portals.portal(this.clientId);
    return portal !== undefined && secretFits(portal, given);
  };
}

/**
 * A refresh token's successor follows from it and the root key, so that whoever brings the same one twice
 * within the grace gets the same successor, although only hashes are kept (decision 0079).
 */
function nameSuccessors(provider: OpenedProvider, library: typeof Library, { secrets }: ProviderTools): void {
  const prototype = provider.RefreshToken.prototype as unknown as { generateTokenId(): string };
  const byChance = prototype.generateTokenId;
  prototype.generateTokenId = function generateTokenId() {
    const before = library.Provider.ctx?.oidc.entities.RotatedRefreshToken?.jti;
    const next = before && secrets.derive("portal refresh token", before);
    return next ? next.toString("base64url") : byChance.call(this);
  };
}

/**
 * The answer as a form that sends itself (`response_mode=form_post`) leads to the portal that was asked for,
 * by one inline script of the library: this one response may do both.
 */
function allowOneForm(provider: OpenedProvider): void {
  provider.use(async (ctx, next) => {
    await next();
    const { body } = ctx;
    const params = (ctx as KoaContextWithOIDC).oidc?.params;
    if (params?.response_mode !== "form_post" || typeof body !== "string") return;
    const target = /<form method="post" action="([^"]+)"/.exec(body)?.[1];
    const origin = target && URL.parse(target.replaceAll("&amp;", "&"))?.origin;
    if (!origin) return;
    const policy = ctx.response.get("content-security-policy");
    ctx.set("content-security-policy", policy.replace("form-action 'self'", `form-action ${origin}`));
  });
}

function noteFault({ log }: ProviderTools, ctx: KoaContextWithOIDC, error: Error): void {
  if (error instanceof StoreUnavailable) {
    ctx.status = 503;
    ctx.set("Retry-After", "5");
  }
  log.error({ event: error instanceof StoreUnavailable ? "store_unavailable" : "oidc_fault", err: error });
}
