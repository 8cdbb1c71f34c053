/**
 * One connected service, spoken to by openid-client: where to send somebody, and who it is that came back.
 */
import type { Configuration, ServerMetadata } from "openid-client";
import type { Clock } from "../platform/clock.ts";
import type { ConnectedService } from "../social-settings.ts";
import type { Claims, Leaving, Preset, Profile } from "./providers/preset.ts";
import { PATIENCE_MS, readClaims, type Send, withCertificate } from "./requests.ts";

/** Loaded with the first press on a service: most starts never need it. */
type Client = typeof import("openid-client");

/** What binds an answer to the request that it answers. */
export interface Binding {
  state: string;
  /** OpenID providers only: it comes back inside the ID token. */
  nonce: string | undefined;
  verifier: string;
  issuer: string;
}

export interface Departure extends Binding {
  /** Where the browser goes. */
  address: string;
}

export interface Connection {
  /** Throws what openid-client and `fetch` throw, and `OutOfReach`. */
  depart(leaving: Leaving): Promise<Departure>;
  arrive(binding: Binding, answer: URLSearchParams): Promise<Profile>;
}

/** Metadata are asked for once a day; while they cannot be had, the old ones serve. */
const FRESH_MS = 24 * 3_600_000;

interface Parts {
  preset: Preset;
  connected: ConnectedService;
  /** Where the service sends people back to. */
  returnTo: string;
}

/** Asks nobody anything until somebody leaves for the service. */
export function connect(tools: { clock: Clock }, parts: Parts): Connection {
  const send = sender(parts.preset, parts.connected);
  const kept: { configuration?: Configuration; at: number } = { at: 0 };

  async function configured(client: Client): Promise<Configuration> {
    const { configuration, at } = kept;
    if (configuration && tools.clock.now() - at < FRESH_MS) return configuration;
    const fresh = configure(client, tools, parts, send).then((made) => {
      kept.configuration = made;
      kept.at = tools.clock.now();
      return made;
    });
    return configuration ? fresh.catch(() => configuration) : fresh;
  }

  return {
    async depart(leaving) {
      const client = await import("openid-client");
      return question(client, await configured(client), parts, leaving);
    },
    async arrive(binding, answer) {
      const client = await import("openid-client");
      const configuration = await configured(client);
      return profileOf({ client, configuration, send, clock: tools.clock }, parts, binding, answer);
    },
  };
}

async function question(
  client: Client,
  configuration: Configuration,
  { preset, returnTo }: Parts,
  leaving: Leaving,
): Promise<Departure> {
  const binding = {
    state: client.randomState(),
    nonce: preset.addresses ? undefined : client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    issuer: configuration.serverMetadata().issuer,
  };
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: returnTo,
    scope: preset.scope,
    state: binding.state,
    code_challenge: await client.calculatePKCECodeChallenge(binding.verifier),
    code_challenge_method: "S256",
    ...(binding.nonce && { nonce: binding.nonce }),
    ...preset.leave?.(leaving),
  });
  return { ...binding, address: address.href };
}

interface Spoken {
  client: Client;
  configuration: Configuration;
  send: Send;
  clock: Clock;
}

/** Clocks go apart; a token from further ahead could be kept for later. */
const MOST_AHEAD_MS = 5 * 60_000;

async function profileOf(
  { client, configuration, send, clock }: Spoken,
  { preset, connected, returnTo }: Parts,
  binding: Binding,
  answer: URLSearchParams,
): Promise<Profile> {
  const { issuer } = configuration.serverMetadata();
  // One service must not answer for another (RFC 9700, 4.4).
  if (issuer !== binding.issuer) throw new Error("the issuer changed on the way");
  const here = new URL(returnTo);
  here.search = answer.toString();
  const checks = {
    expectedState: binding.state,
    pkceCodeVerifier: binding.verifier,
    ...(binding.nonce && { expectedNonce: binding.nonce, idTokenExpected: true }),
  };
  const more = preset.exchange?.(answer) ?? {};
  const token = await client.authorizationCodeGrant(configuration, here, checks, more);
  const claims = token.claims();
  // The library demands that it is a number, and looks no further.
  if (claims && claims.iat * 1_000 > clock.now() + MOST_AHEAD_MS) throw new Error("the token is of tomorrow");
  return preset.read({
    issuer,
    connected,
    accessToken: token.access_token,
    claims,
    userinfo: () => client.fetchUserInfo(configuration, token.access_token, claims?.sub ?? ""),
    ask: (address, request) => ask(send, placed(address, connected), request),
  });
}

async function configure(
  client: Client,
  tools: { clock: Clock },
  { preset, connected }: Parts,
  send: Send,
): Promise<Configuration> {
  const { clientId } = connected;
  const issuer = connected.issuer ?? preset.issuer;
  const authentication = authenticationOf(client, tools, preset, connected);
  // The settings let plain http through for loopback alone.
  const insecure = issuer.startsWith("http:") ? [client.allowInsecureRequests] : [];
  const seconds = PATIENCE_MS / 1_000;
  if (!preset.addresses) {
    return client.discovery(new URL(issuer), clientId, undefined, authentication, {
      timeout: seconds,
      execute: [...insecure, client.enableNonRepudiationChecks],
      [client.customFetch]: send,
    });
  }
  const server: ServerMetadata = {
    issuer,
    authorization_endpoint: placed(preset.addresses.authorize, connected),
    token_endpoint: placed(preset.addresses.token, connected),
  };
  const configuration = new client.Configuration(server, clientId, undefined, authentication);
  configuration.timeout = seconds;
  configuration[client.customFetch] = preset.mend ? mending(send, server, preset.mend) : send;
  for (const execute of insecure) execute(configuration);
  return configuration;
}

function authenticationOf(
  client: Client,
  tools: { clock: Clock },
  { authentication }: Preset,
  connected: ConnectedService,
) {
  if (typeof authentication === "function") return authentication(connected, tools.clock);
  const inBody = client.ClientSecretPost(connected.secret);
  const basic = client.ClientSecretBasic(connected.secret);
  switch (authentication) {
    case "body":
      return inBody;
    case "basic":
      return basic;
    case "none":
      return client.None();
    case "discovered":
      return (...call: Parameters<typeof basic>) => {
        // Where the metadata say nothing, it is Basic (OpenID Connect Discovery 1.0, 3).
        const [{ token_endpoint_auth_methods_supported: ways = ["client_secret_basic"] }] = call;
        return (ways.includes("client_secret_basic") ? basic : inBody)(...call);
      };
  }
}

/** An issuer of one's own moves all addresses of a service without discovery to its origin. */
function placed(address: string, { issuer }: ConnectedService): string {
  if (issuer === undefined) return address;
  const { pathname, search } = new URL(address);
  return new URL(`${pathname}${search}`, issuer).href;
}

function sender(preset: Preset, { certificate }: ConnectedService): Send {
  const plain: Send =
    certificate === undefined
      ? (address, request) => fetch(address, request as RequestInit)
      : withCertificate(certificate);
  const { headers } = preset;
  if (!headers) return plain;
  return (address, request) => plain(address, { ...request, headers: { ...request.headers, ...headers() } });
}

/** Puts the token answer right before the library judges it. */
function mending(send: Send, server: ServerMetadata, mend: (token: Claims) => Claims): Send {
  return async (address, request) => {
    const response = await send(address, request);
    if (address !== server.token_endpoint || !response.ok) return response;
    return Response.json(mend(await readClaims(response)));
  };
}

async function ask(
  send: Send,
  address: string,
  { headers = {}, form }: { headers?: Record<string, string>; form?: Record<string, string> } = {},
): Promise<Claims> {
  const response = await send(address, {
    method: form ? "POST" : "GET",
    headers: {
      accept: "application/json",
      "user-agent": "propusk",
      ...headers,
      ...(form && { "content-type": "application/x-www-form-urlencoded" }),
    },
    body: form && new URLSearchParams(form),
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return readClaims(response);
}
