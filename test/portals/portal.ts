/** A portal as its makers would build it: openid-client, and a listener for back-channel logouts. */
import assert from "node:assert/strict";
import * as client from "openid-client";
import { addPortal, type PortalWish, plainWish } from "../../src/portal-registry/portal-registry.ts";
import { type HttpPeer, startHttpPeer } from "../http-peer.ts";
import { type Answer, send, type Visitor } from "../walker.ts";
import type { World } from "../world.ts";

export interface TestPortal {
  readonly id: string;
  readonly secret: string;
  readonly redirect: string;
  /** Where the portal listens, for what is told to it. */
  readonly peer: HttpPeer;
  readonly config: client.Configuration;
  close(): Promise<void>;
}

export async function openPortal(world: World, wish: Partial<PortalWish> = {}): Promise<TestPortal> {
  const peer = await startHttpPeer();
  const redirect = `${peer.url}/callback`;
  const added = await addPortal(
    world.service.tools,
    {
      ...plainWish,
      name: "База знаний",
      redirectUris: [redirect],
      postLogoutRedirectUris: [`${peer.url}/bye`],
      backchannelLogoutUri: `${peer.url}/logout`,
      homeUrl: `${peer.url}/`,
      ...wish,
    },
    { actor: "cli", address: "terminal" },
  );
  assert.equal(added.kind, "added");
  if (added.kind !== "added") throw new Error("unreachable");
  const secret = added.secret ?? "";
  const auth = secret ? client.ClientSecretBasic(secret) : client.None();
  const config = await client.discovery(
    new URL(world.url),
    added.portal.id,
    { ...(secret && { client_secret: secret }), [client.clockTolerance]: 40 * 86_400 },
    auth,
    { execute: [client.allowInsecureRequests] },
  );
  return { id: added.portal.id, secret, redirect, peer, config, close: () => peer.close() };
}

export interface Asked {
  readonly url: URL;
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
  readonly maxAge?: number;
}

/** The address that the portal sends its visitor to. */
export async function askedBy(portal: TestPortal, more: Record<string, string> = {}): Promise<Asked> {
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(portal.config, {
    redirect_uri: portal.redirect,
    scope: "openid profile email phone",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    nonce,
    state,
    ...more,
  });
  const maxAge = more.max_age === undefined ? {} : { maxAge: Number(more.max_age) };
  return { url, verifier, nonce, state, ...maxAge };
}

const MOST_HOPS = 12;

/**
 * Follows redirects and pages that go on by themselves, as a browser does, until it is led away from us or
 * somebody has to do something. The address at the portal, or the answer that stands open.
 */
export async function travel(
  world: World,
  person: Visitor,
  address: string,
): Promise<{ kind: "away"; url: URL } | { kind: "page"; answer: Answer }> {
  let next = new URL(address, world.url);
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    if (next.origin !== new URL(world.url).origin) return { kind: "away", url: next };
    const answer = await person.raw(next.href);
    const onward = onwardOf(answer);
    if (onward === undefined) {
      await person.visit(next.href);
      return { kind: "page", answer };
    }
    next = new URL(onward, next);
  }
  throw new Error(`${address} leads on without end`);
}

/** Where an answer leads on by itself. */
export function onwardOf({ status, headers }: Answer): string | undefined {
  if (status >= 300 && status < 400) return headers.location;
  const refresh = headers.refresh;
  return typeof refresh === "string" ? /url=(.*)$/.exec(refresh)?.[1] : undefined;
}

/** The code for the tokens. */
export async function exchange(portal: TestPortal, asked: Asked, back: URL) {
  return client.authorizationCodeGrant(portal.config, back, {
    pkceCodeVerifier: asked.verifier,
    expectedNonce: asked.nonce,
    expectedState: asked.state,
    ...(asked.maxAge !== undefined && { maxAge: asked.maxAge }),
  });
}

/** A whole way of somebody who is signed in already. */
export async function enterPortal(world: World, person: Visitor, portal: TestPortal) {
  const asked = await askedBy(portal);
  const end = await travel(world, person, asked.url.href);
  assert.equal(end.kind, "away", end.kind === "page" ? end.answer.body : "");
  if (end.kind !== "away") throw new Error("unreachable");
  return exchange(portal, asked, end.url);
}

/** The portal asks the token endpoint with these fields, past its library. */
export function askToken(
  world: { url: string },
  portal: TestPortal,
  fields: Record<string, string>,
): Promise<Answer> {
  const given = Buffer.from(`${portal.id}:${portal.secret}`).toString("base64");
  return send(`${world.url}/oidc/token`, {
    method: "POST",
    headers: {
      Authorization: `Basic ${given}`,
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams(fields).toString(),
  });
}
