/** What a portal asks of us, asked at our own public address: a client without a person. */
import { createHash } from "node:crypto";
import { randomSecret } from "../../../platform/secrets/secrets.ts";
import type { Client } from "../../../portal-registry/portal-registry.ts";
import type { Finding } from "./check.ts";

/** As long as portals usually wait; the first of all requests reads the protocol's library. */
const PATIENCE_MS = 10_000;

interface Answer {
  status: number;
  location: string;
  body: Readonly<Record<string, unknown>>;
}

/** The answer, or the code of what stood in its way. */
async function ask(address: string, init: RequestInit = {}): Promise<Answer | string> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(address, { redirect: "manual", signal, ...init });
    const location = response.headers.get("location") ?? "";
    return { status: response.status, location, body: objectIn(await response.text()) };
  } catch (fault) {
    const { name, cause } = fault as { name?: string; cause?: { code?: string } };
    return cause?.code ?? (name === "TimeoutError" ? "timeout" : String(name));
  }
}

function objectIn(text: string): Answer["body"] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Answer["body"]) : {};
  } catch {
    return {};
  }
}

export async function askDiscovery(publicUrl: string): Promise<Finding> {
  const answer = await ask(`${publicUrl}/.well-known/openid-configuration`);
  if (typeof answer === "string") return { said: "undescribed", detail: answer };
  if (answer.status !== 200) return { said: "undescribed", detail: `HTTP ${answer.status}` };
  const { issuer } = answer.body;
  if (issuer === publicUrl) return { said: "described" };
  return { said: "misdescribed", detail: typeof issuer === "string" ? issuer.slice(0, 200) : "?" };
}

export async function askKeys(publicUrl: string): Promise<Finding> {
  const answer = await ask(`${publicUrl}/oidc/jwks`);
  if (typeof answer === "string") return { said: "keyless", detail: answer };
  const { keys } = answer.body;
  const signs = Array.isArray(keys) && keys.some(({ alg }: { alg?: unknown }) => alg === "RS256");
  return signs ? { said: "keys" } : { said: "keyless", detail: `HTTP ${answer.status}` };
}

/** The way in, without anybody signed in: it has to lead back with `login_required`, and nowhere else. */
export async function askAuthorization(publicUrl: string, id: string, redirect: string): Promise<Finding> {
  const state = randomSecret();
  const query = new URLSearchParams({
    client_id: id,
    redirect_uri: redirect,
    response_type: "code",
    scope: "openid",
    prompt: "none",
    state,
    code_challenge: createHash("sha256").update(randomSecret()).digest("base64url"),
    code_challenge_method: "S256",
  });
  const answer = await ask(`${publicUrl}/oidc/auth?${query}`);
  if (typeof answer === "string") return { said: "request-lost", address: redirect, detail: answer };
  const back = URL.parse(answer.location);
  const told = back?.searchParams;
  const isBack = back !== null && answer.location.startsWith(redirect) && told?.get("state") === state;
  if (isBack && told?.get("error") === "login_required") return { said: "request-taken", address: redirect };
  const detail = told?.get("error") ?? `HTTP ${answer.status}`;
  return { said: "request-refused", address: redirect, detail };
}

/**
 * Asks for tokens with a refresh token that never was: `taken` when the secret was right, `refused` when it
 * was not; or what stands between.
 */
export async function askToken(
  publicUrl: string,
  client: { id: string; secret: string; authMethod: Client["authMethod"] },
): Promise<"taken" | "refused" | Finding> {
  const { id, authMethod } = client;
  const secret = client.secret || randomSecret();
  const inBody = authMethod === "client_secret_post";
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64");
  const answer = await ask(`${publicUrl}/oidc/token`, {
    method: "POST",
    headers: inBody ? {} : { Authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: randomSecret(),
      ...(inBody && { client_id: id, client_secret: secret }),
    }),
  });
  if (typeof answer === "string") return { said: "token-lost", detail: answer };
  const { error } = answer.body;
  if (error === "invalid_grant") return "taken";
  if (error === "invalid_client") return "refused";
  if (error === "invalid_request" && !inBody) return { said: "header-lost" };
  return { said: "token-lost", detail: `HTTP ${answer.status}` };
}
