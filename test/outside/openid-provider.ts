/** A real OpenID provider (oidc-provider, certified by the OpenID Foundation) with a page of two buttons. */
import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Configuration, KoaContextWithOIDC, Provider } from "oidc-provider";

export interface OutsidePerson {
  email?: string;
  email_verified?: unknown;
  name?: string;
}

export interface OpenidProvider {
  readonly url: string;
  /** Whoever can be chosen on its page, by the id that becomes `sub`. */
  readonly people: Record<string, OutsidePerson>;
  close(): Promise<void>;
}

export const client = { id: "propusk", secret: "a secret between the two of us" };

/** The settings by which the service knows it. */
export function settingsFor(port: number): Record<string, string> {
  return {
    SOCIAL_OIDC_CLIENT_ID: client.id,
    SOCIAL_OIDC_SECRET: client.secret,
    SOCIAL_OIDC_ISSUER: `http://127.0.0.1:${port}`,
    SOCIAL_OIDC_NAME: "Ромашка ID",
    SOCIAL_OIDC_TRUST_EMAIL: "on",
  };
}

export async function startOpenidProvider(options: {
  port: number;
  /** Origin of the service that sends people here. */
  from: string;
  people: Record<string, OutsidePerson>;
}): Promise<OpenidProvider> {
  const { port, from, people } = options;
  const url = `http://127.0.0.1:${port}`;
  const returnTo = `${from}/social/oidc/callback`;
  const provider = await quietly(async () => {
    const { Provider } = await import("oidc-provider");
    return new Provider(url, configuration(returnTo, people));
  });
  const answer = provider.callback();
  const server = createServer((request, response) => {
    const [, place, uid, step, who] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
    if (place !== "interaction") return void answer(request, response);
    if (request.method === "POST") return void decide(provider, request, response, step, who ?? "");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(choicePage(uid ?? "", Object.keys(people)));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url,
    people,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function configuration(returnTo: string, people: Record<string, OutsidePerson>): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [returnTo],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    ttl: {
      Interaction: 600,
      Grant: 600,
      Session: 600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 60,
    },
    cookies: { keys: ["of the provider alone"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    // Whoever presses has consented.
    async loadExistingGrant({ oidc }: KoaContextWithOIDC) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? "",
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

async function decide(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  step: string | undefined,
  who: string,
): Promise<void> {
  const result = step === "allow" ? { login: { accountId: who } } : { error: "access_denied" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function choicePage(uid: string, people: string[]): string {
  const button = (path: string, label: string) =>
    `<form method="post" action="/interaction/${uid}/${path}"><button>${label}</button></form>`;
  return `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Provider</title>
<link rel="icon" href="data:,"><h1>Provider</h1>
${people.map((who) => button(`allow/${who}`, who)).join("\n")}
${button("cancel", "cancel")}</html>`;
}

/** It greets on the console, which the tests listen to. */
async function quietly<T>(make: () => Promise<T>): Promise<T> {
  const { info, warn } = console;
  console.info = () => {};
  console.warn = () => {};
  try {
    return await make();
  } finally {
    Object.assign(console, { info, warn });
  }
}
