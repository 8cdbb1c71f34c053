/**
 * oidc-provider alone, with its things in memory: what the library can do where nothing is kept. The same
 * version as in Propusk, the same kinds of tokens, keys and claims; codes are made on demand, untimed.
 */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { type Adapter, type AdapterPayload, type Configuration, Provider } from "oidc-provider";
import { challenge, clientSecret, redirect, scope } from "../rig/oidc-client.ts";

const kept = new Map<string, AdapterPayload>();

function inMemory(kind: string): Adapter {
  const nothing = async () => undefined;
  return {
    upsert: async (id, payload) => void kept.set(`${kind} ${id}`, payload),
    find: async (id) => kept.get(`${kind} ${id}`),
    async consume(id) {
      const payload = kept.get(`${kind} ${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1_000);
    },
    destroy: async (id) => void kept.delete(`${kind} ${id}`),
    findByUid: nothing,
    findByUserCode: nothing,
    revokeByGrantId: nothing,
  };
}

function key(algorithm: "RS256" | "ES256") {
  const { privateKey } =
    algorithm === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), alg: algorithm, use: "sig", kid: algorithm } as never;
}

const configuration: Configuration = {
  adapter: inMemory,
  jwks: { keys: [key("RS256"), key("ES256")] },
  clients: [
    {
      client_id: "portal",
      client_secret: clientSecret,
      redirect_uris: [redirect],
      grant_types: ["authorization_code", "refresh_token"],
    },
  ],
  claims: { openid: ["sub"], profile: ["name", "preferred_username", "locale"], email: ["email"] },
  conformIdTokenClaims: false,
  scopes: ["openid", "profile", "email"],
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  features: { devInteractions: { enabled: false } },
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({
      sub: accountId,
      name: "Person 0",
      preferred_username: accountId,
      locale: "ru",
      email: "person0@bench.example",
    }),
  }),
};

const port = Number(process.env.PORT);
const provider = new Provider(`http://localhost:${port}`, configuration);
const answer = provider.callback();

/** As many codes as are asked for, each of another person. */
async function makeCodes(count: number): Promise<string[]> {
  const client = await provider.Client.find("portal");
  if (!client) throw new Error("the client is gone");
  const codes: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const accountId = `person-${number}`;
    const grant = new provider.Grant({ accountId, clientId: "portal" });
    grant.addOIDCScope(scope);
    const wish = {
      accountId,
      client,
      scope,
      redirectUri: redirect,
      grantId: await grant.save(),
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
      authTime: Math.floor(Date.now() / 1_000),
      gty: "authorization_code",
    };
    codes.push(await new provider.AuthorizationCode(wish).save());
  }
  return codes;
}

createServer((request, response) => {
  const wanted = /^\/codes\/(\d+)$/.exec(request.url ?? "")?.[1];
  if (wanted === undefined) return void answer(request, response);
  void makeCodes(Number(wanted)).then((codes) => response.end(JSON.stringify(codes)));
}).listen(port, "127.0.0.1");
