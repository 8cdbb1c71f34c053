/** A provider that lies, says no, or says nothing: one clear sentence, and nobody is let in. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after } from "node:test";
import { journey } from "../journey.ts";
import { onwardFrom } from "../outside/elsewhere.ts";
import {
  clientId,
  clientSecret,
  foreignKeys,
  honest,
  type Lies,
  startOwnProvider,
  type Token,
} from "../outside/own-provider.ts";
import { anna } from "../outside/steps.ts";
import { isSignedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

const provider = await startOwnProvider();
after(() => provider.peer.close());

const settings = {
  SOCIAL_OIDC_CLIENT_ID: clientId,
  SOCIAL_OIDC_SECRET: clientSecret,
  SOCIAL_OIDC_ISSUER: provider.url,
  SOCIAL_OIDC_NAME: "Ромашка ID",
  SOCIAL_OIDC_TRUST_EMAIL: "on",
};
const refused = "Войти через Ромашка ID не получилось";
const silent = "Ромашка ID не отвечает";

/** Leaves for the provider, which tells these lies on the way back. */
async function comeIn(world: World, lies: Lies, answer: Record<string, string> = {}): Promise<Visitor> {
  provider.lie(lies);
  const person = visitor(world);
  await person.visit("/sign-in");
  await person.press("Ромашка ID");
  if (person.page.status !== 200) return person;
  const left = new URL(onwardFrom(person.page)).searchParams;
  provider.expect(left.get("nonce") ?? "");
  const query = new URLSearchParams({ code: "abc", state: left.get("state") ?? "", ...answer });
  await person.visit(`/social/oidc/callback?${query}`);
  return person;
}

function lying(title: string, walk: (world: World) => Promise<void>): void {
  const prepared = async (world: World) => {
    await world.addPerson(anna);
    await walk(world);
  };
  journey(title, prepared, { settings });
}

/** Changes of the token's claims. */
const claim = (change: Record<string, unknown>) => (token: Token) => ({
  ...token,
  claims: { ...token.claims, ...change },
});
const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;

lying("SO6 the honest answer lets in, with a verifier that fits the challenge", async (world) => {
  const person = await comeIn(world, {});
  assert.equal(person.page.heading, "Моя страница");
  const left = new URL(
    String(person.answers.find(({ headers }) => headers.refresh)?.headers.refresh).slice("0; url=".length),
  ).searchParams;
  const verifier = provider.tokenRequests().at(-1)?.fields.code_verifier ?? "";
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  assert.equal(left.get("code_challenge"), challenge);
  assert.equal(left.get("code_challenge_method"), "S256");
});

const lies: Record<string, Lies> = {
  "no algorithm": { token: (token) => ({ ...token, header: { alg: "none" } }) },
  "our secret as its key": {
    token: (token) => ({ ...token, header: { alg: "HS256" }, key: clientSecret }),
  },
  "a foreign signature": { token: (token) => ({ ...token, key: foreignKeys.privateKey }) },
  "another issuer": { token: claim({ iss: "https://accounts.google.com" }) },
  "another audience": { token: claim({ aud: "somebody else" }) },
  "several audiences and no word for whom": { token: claim({ aud: [clientId, "somebody else"] }) },
  "a time that has passed": { token: claim({ iat: hourAgo - 60, exp: hourAgo }) },
  "no end": { token: claim({ exp: undefined }) },
  "no beginning": { token: claim({ iat: undefined }) },
  "the nonce of another": { token: claim({ nonce: "of another" }) },
  "no nonce": { token: claim({ nonce: undefined }) },
  "no subject": { token: claim({ sub: undefined }) },
  "a number as its subject": { token: claim({ sub: 1 }) },
  "nothing at all": { token: () => undefined },
};

lying("SO6 no ID token that is broken anywhere lets anybody in", async (world) => {
  for (const [what, lie] of Object.entries(lies)) {
    const person = await comeIn(world, lie);
    assert.equal(person.page.heading, refused, what);
    assert.equal(person.page.status, 400, what);
    assert.ok(person.page.buttons().includes("Попробовать ещё раз"), what);
    assert.equal(await isSignedIn(person), false, what);
  }
  assert.equal((await comeIn(world, {})).page.heading, "Моя страница", "and it was not for another reason");
});

lying("SO2 a profile of somebody else than the ID token names lets nobody in", async (world) => {
  const withoutEmail = claim({ email: undefined, email_verified: undefined });
  const person = await comeIn(world, { token: withoutEmail, userinfo: { ...honest, sub: "of another" } });
  assert.equal(person.page.heading, refused);
});

lying("SO2 a proof in one document says nothing of the e-mail in another", async (world) => {
  const onlyProof = claim({ email: undefined });
  const person = await comeIn(world, {
    token: onlyProof,
    userinfo: { sub: honest.sub, email: honest.email },
  });
  assert.equal(person.page.heading, "Ромашка ID пока ни к кому не привязан");
});

lying("SO4 metadata of another issuer are not believed", async (world) => {
  const person = await comeIn(world, {
    metadata: (own) => ({ ...own, issuer: "https://accounts.google.com" }),
  });
  assert.equal(person.page.heading, silent);
});

lying("SO4 an answer that names another issuer lets nobody in", async (world) => {
  const named = {
    metadata: (own: object) => ({ ...own, authorization_response_iss_parameter_supported: true }),
  };
  assert.equal((await comeIn(world, named, { iss: "https://evil.example" })).page.heading, refused);
});

const faults = {
  "a fault": { "/token": { status: 500, body: "fault" } },
  "a refusal": { "/token": { status: 400, body: '{"error":"invalid_grant"}' } },
  "a page instead of a token": { "/token": { status: 200, body: "<html>" } },
  "a cut line": { "/token": "cut" },
  "half an answer": { "/token": "cut-answer" },
  "no keys": { "/jwks": { status: 404 } },
} as const;

lying("AV3 whatever a provider answers becomes one sentence with a way on", async (world) => {
  for (const [what, answers] of Object.entries(faults)) {
    const person = await comeIn(world, { answers });
    assert.ok([refused, silent].includes(person.page.heading), what);
    assert.ok([400, 503].includes(person.page.status), what);
    assert.equal(person.page.link("На страницу входа"), "/sign-in", what);
  }
});

lying("AV3 a provider that takes the question and never answers is given up", async (world) => {
  const never = { answers: { "/token": "hang" } } as const;
  assert.equal((await comeIn(world, never)).page.heading, silent);
  const other = await comeIn(world, {}, { error: "server_error", code: "" });
  assert.equal(other.page.heading, refused, "and does not spoil the next one");
});
