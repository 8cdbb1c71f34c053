/**
 * Google, Microsoft, Apple and Telegram as OpenID providers at their own addresses, each written from its
 * documentation (README.md here). Requests to those addresses end at a server of ours on loopback, so that
 * the service runs with the very issuers that it runs with in earnest.
 */
import { generateKeyPairSync } from "node:crypto";
import { after } from "node:test";
import { type PeerRequest, startHttpPeer } from "../http-peer.ts";
import type { Visitor } from "../walker.ts";
import { onwardFrom } from "./elsewhere.ts";
import { clientId, clientSecret, type OwnProvider, startOwnProvider } from "./own-provider.ts";
import type { StandIn } from "./stand-ins.ts";

export interface NamedService {
  /** In the settings. */
  readonly id: "GOOGLE" | "MICROSOFT" | "TELEGRAM" | "APPLE";
  readonly button: string;
  /** Where its metadata stand. */
  readonly discovery: string;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly authorization_endpoint: string;
    readonly token_endpoint: string;
    readonly jwks_uri: string;
  };
  /** A right set of claims, but for those that the library fills in. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Whether a request for a token names the client as the metadata ask for. */
  namesClient(request: PeerRequest): boolean;
}

const byBasic = ({ headers }: PeerRequest) => {
  const named = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  return headers.authorization === `Basic ${Buffer.from(named.replaceAll("%20", "+")).toString("base64")}`;
};

/** developers.google.com/identity/openid-connect: `hd` only for accounts of a domain that Google runs. */
export const google: NamedService = {
  id: "GOOGLE",
  button: "Google",
  discovery: "https://accounts.google.com/.well-known/openid-configuration",
  metadata: {
    issuer: "https://accounts.google.com",
    authorization_endpoint: "https://accounts.google.com/o/oauth2/v2/auth",
    token_endpoint: "https://oauth2.googleapis.com/token",
    userinfo_endpoint: "https://openidconnect.googleapis.com/v1/userinfo",
    jwks_uri: "https://www.googleapis.com/oauth2/v3/certs",
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    code_challenge_methods_supported: ["plain", "S256"],
  },
  claims: {
    iss: "https://accounts.google.com",
    azp: clientId,
    sub: "110169484474386276334",
    hd: "romashka.example",
    email: "anna@romashka.example",
    email_verified: true,
    at_hash: "HK6E_P6Dh8Y93mRNtsDB1Q",
    name: "Анна Петрова",
  },
  namesClient: byBasic,
};

export const tenant = "6574d610-008d-4501-83cd-8dfe9dfa0e07";
export const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
export const microsoftIssuer = (tid: string) => `https://login.microsoftonline.com/${tid}/v2.0`;

/**
 * learn.microsoft.com/entra/identity-platform (v2-protocols-oidc, id-token-claims-reference): the metadata of
 * `common` and `organizations` name a template of an issuer, tokens the tenant's own.
 */
export const microsoft: NamedService = {
  id: "MICROSOFT",
  button: "Microsoft",
  discovery: "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
  metadata: {
    issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
    authorization_endpoint: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    token_endpoint: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    jwks_uri: "https://login.microsoftonline.com/common/discovery/v2.0/keys",
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    subject_types_supported: ["pairwise"],
  },
  claims: {
    iss: microsoftIssuer(tenant),
    tid: tenant,
    oid: "00000000-0000-0000-66f3-3332eca7ea81",
    sub: "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
    ver: "2.0",
    preferred_username: "anna@romashka.example",
    email: "anna@romashka.example",
    name: "Анна Петрова",
  },
  namesClient: byBasic,
};

/** core.telegram.org/bots/telegram-login: no e-mail; the phone only with its own scope. */
export const telegram: NamedService = {
  id: "TELEGRAM",
  button: "Telegram",
  discovery: "https://oauth.telegram.org/.well-known/openid-configuration",
  metadata: {
    issuer: "https://oauth.telegram.org",
    authorization_endpoint: "https://oauth.telegram.org/auth",
    token_endpoint: "https://oauth.telegram.org/token",
    jwks_uri: "https://oauth.telegram.org/.well-known/jwks.json",
    id_token_signing_alg_values_supported: ["RS256", "ES256", "EdDSA", "ES256K"],
    code_challenge_methods_supported: ["plain", "S256"],
  },
  claims: {
    iss: "https://oauth.telegram.org",
    sub: "1234567890",
    id: 1234567890,
    name: "Анна Петрова",
    preferred_username: "anna_p",
    picture: "https://cdn4.telesco.pe/file/anna.jpg",
  },
  namesClient: byBasic,
};

/** developer.apple.com/documentation/signinwithapplerestapi: the secret is a token that the client signs. */
export const apple: NamedService = {
  id: "APPLE",
  button: "Apple",
  discovery: "https://appleid.apple.com/.well-known/openid-configuration",
  metadata: {
    issuer: "https://appleid.apple.com",
    authorization_endpoint: "https://appleid.apple.com/auth/authorize",
    token_endpoint: "https://appleid.apple.com/auth/token",
    jwks_uri: "https://appleid.apple.com/auth/keys",
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post"],
    response_modes_supported: ["query", "fragment", "form_post"],
  },
  claims: {
    iss: "https://appleid.apple.com",
    sub: "001234.0123456789abcdef0123456789abcdef.0123",
    email: "anna@romashka.example",
    email_verified: true,
    is_private_email: false,
    nonce_supported: true,
  },
  namesClient: ({ fields }) => fields.client_id === clientId && fields.client_secret?.split(".").length === 3,
};

/** Where addresses of the services lead in this process, and where all addresses of an origin do. */
const bent = new Map<string, string>();
const straight = globalThis.fetch;

const bend: typeof fetch = (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  const { origin, pathname, search } = new URL(address);
  const whole = bent.get(origin);
  return straight(bent.get(address) ?? (whole === undefined ? input : `${whole}${pathname}${search}`), init);
};

/** Answers at these origins as the stand-in does, until the calling file's tests are over. */
export async function startAt(origins: readonly string[], standIn: StandIn): Promise<void> {
  const peer = await startHttpPeer();
  peer.answerWith((request) => standIn.answer(request));
  globalThis.fetch = bend;
  for (const origin of origins) bent.set(origin, peer.url);
  after(async () => {
    globalThis.fetch = straight;
    await peer.close();
  });
}

/** Answers at the service's addresses until the calling file's tests are over. */
export async function startNamed(
  service: NamedService,
): Promise<OwnProvider & { says(claims: object): void }> {
  const provider = await startOwnProvider();
  globalThis.fetch = bend;
  bent.set(service.discovery, `${provider.url}/.well-known/openid-configuration`);
  bent.set(service.metadata.token_endpoint, `${provider.url}/token`);
  bent.set(service.metadata.jwks_uri, `${provider.url}/jwks`);
  after(async () => {
    globalThis.fetch = straight;
    await provider.peer.close();
  });
  const says = (changes: object) =>
    provider.lie({
      metadata: () => ({ ...service.metadata }),
      token: (token) => {
        const { aud, iat, exp, nonce } = token.claims;
        return { ...token, claims: { aud, iat, exp, nonce, ...service.claims, ...changes } };
      },
      answers: {},
    });
  says({});
  return { ...provider, says };
}

export function namedSettings({ id }: NamedService): Record<string, string> {
  const settings = { [`SOCIAL_${id}_CLIENT_ID`]: clientId, [`SOCIAL_${id}_SECRET`]: clientSecret };
  if (id !== "APPLE") return settings;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    ...settings,
    SOCIAL_APPLE_SECRET: privateKey.export({ format: "pem", type: "pkcs8" }),
    SOCIAL_APPLE_TEAM_ID: "TEAM",
    SOCIAL_APPLE_KEY_ID: "KEY",
  };
}

/** Presses the service's button on the page where the person stands, and comes back with its answer. */
export async function throughNamed(
  person: Visitor,
  service: NamedService,
  provider: OwnProvider,
): Promise<URL> {
  await person.press(service.button);
  const left = new URL(onwardFrom(person.page));
  provider.expect(left.searchParams.get("nonce") ?? "");
  const state = left.searchParams.get("state") ?? "";
  await person.visit(
    `/social/${service.id.toLowerCase()}/callback?${new URLSearchParams({ code: "abc", state })}`,
  );
  return left;
}
