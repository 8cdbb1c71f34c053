/**
 * An OpenID provider of a few lines that can be made to lie: for what a real one never sends. It speaks for
 * Apple as well, which differs in its secret alone.
 */
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type HttpPeer, type PeerAnswer, type PeerRequest, startHttpPeer } from "../http-peer.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const foreignKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** One ID token as it will be signed. */
export interface Token {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: KeyObject | string;
}

/** What it says in place of the truth. */
export interface Lies {
  token?: (token: Token) => Token | undefined;
  metadata?: (metadata: Record<string, unknown>) => Record<string, unknown>;
  userinfo?: Record<string, unknown>;
  /** Answers of its addresses, by path. */
  answers?: Record<string, PeerAnswer>;
}

export interface OwnProvider {
  readonly peer: HttpPeer;
  readonly url: string;
  /** What it says from now on. */
  lie(lies: Lies): void;
  /** What it had to answer at its token address. */
  tokenRequests(): PeerRequest[];
  /** Whoever comes next was sent with this nonce. */
  expect(nonce: string): void;
}

export const honest = { sub: "anna-there", email: "anna@romashka.example", email_verified: true };
export const clientId = "propusk";
export const clientSecret = "a secret between the two of us";

export { foreignKeys };

export async function startOwnProvider(): Promise<OwnProvider> {
  const peer = await startHttpPeer();
  let lies: Lies = {};
  let nonce = "";
  const answers: Record<string, (request: PeerRequest) => PeerAnswer> = {
    "/authorize": ({ fields }) => {
      nonce = fields.nonce ?? "";
      return { status: 200, headers: { "content-type": "text/html" }, body: formBack(fields) };
    },
    "/.well-known/openid-configuration": () => json((lies.metadata ?? same)(metadataOf(peer.url))),
    "/jwks": () => json({ keys: [{ ...publicJwk(), kid: "1", alg: "RS256", use: "sig" }] }),
    "/token": () => json({ access_token: "opens", token_type: "Bearer", ...idToken(peer.url, nonce, lies) }),
    "/userinfo": () => json(lies.userinfo ?? honest),
  };
  peer.answerWith((request) => {
    const place = request.path.split("?")[0] ?? "";
    return lies.answers?.[place] ?? answers[place]?.(request) ?? { status: 404 };
  });
  return {
    peer,
    url: peer.url,
    lie(next) {
      lies = next;
    },
    tokenRequests: () => peer.requests.filter(({ path }) => path === "/token"),
    expect(sent) {
      nonce = sent;
    },
  };
}

/** Apple's way of answering: a form from its own site. */
function formBack({ redirect_uri: action = "", state = "" }: PeerRequest["fields"]): string {
  return `<!doctype html><html lang="en"><title>Own provider</title><link rel="icon" href="data:,">
<form method="post" action="${action}"><input type="hidden" name="code" value="abc">
<input type="hidden" name="state" value="${state}"><button>anna</button></form></html>`;
}

function metadataOf(url: string): Record<string, unknown> {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    userinfo_endpoint: `${url}/userinfo`,
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["client_secret_post"],
  };
}

function idToken(url: string, nonce: string, { token = same }: Lies): { id_token?: string } {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: url, aud: clientId, iat: now, exp: now + 300, nonce, ...honest };
  const made = token({ header: { alg: "RS256", kid: "1" }, claims, key: keys.privateKey });
  if (!made) return {};
  const text = [made.header, made.claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return { id_token: `${text}.${signatureOf(text, made)}` };
}

function signatureOf(text: string, { header, key }: Token): string {
  if (header.alg === "none") return "";
  if (typeof key === "string") return createHmac("sha256", key).update(text).digest("base64url");
  return sign("sha256", Buffer.from(text), key).toString("base64url");
}

function publicJwk(): object {
  return createPublicKey(keys.privateKey).export({ format: "jwk" });
}

function json(value: unknown): PeerAnswer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

function same<T>(value: T): T {
  return value;
}
