/** A provider that lies, says no, or says nothing: one clear sentence, and nobody is let in. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { testCertificate } from "../certificate.ts";
import { type PeerAnswer, startHttpPeer } from "../http-peer.ts";
import { journey } from "../journey.ts";
import { closedPort } from "../mail-sink.ts";
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
const headings = {
  silent: "Ромашка ID не отвечает",
  unreachable: "Нет связи с Ромашка ID",
  faulty: "Сбой на стороне Ромашка ID",
  refused: "Ромашка ID отказал",
  unproven: "Ответ Ромашка ID не принят",
} as const;
type Fault = keyof typeof headings;

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

/** One sentence of what is wrong, the same button once more, another way in, and nobody is in. */
async function sees(person: Visitor, fault: Fault, what: string): Promise<void> {
  assert.equal(headingOf(person), headings[fault], what);
  assert.equal(person.page.status, fault === "refused" || fault === "unproven" ? 400 : 503, what);
  assert.ok(person.page.buttons().includes("Попробовать ещё раз"), what);
  assert.equal(person.page.link("На страницу входа"), "/sign-in", what);
  assert.equal(await isSignedIn(person), false, what);
}

const headingOf = ({ page }: Visitor) => page.heading.replaceAll("\u00a0", " ");

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
  "a beginning in the future": { token: claim({ iat: hourAgo + 7_200, exp: hourAgo + 9_000 }) },
  "times that are texts": { token: claim({ exp: "tomorrow" }) },
  "another's part": { token: claim({ azp: "somebody else", aud: [clientId, "somebody else"] }) },
  "an empty subject": { token: claim({ sub: "" }) },
  "a key that the provider does not have": {
    token: (token) => ({ ...token, header: { alg: "RS256", kid: "2" } }),
  },
  "another algorithm than was agreed": {
    token: (token) => ({ ...token, header: { ...token.header, alg: "PS256" } }),
  },
  "a part that has to be understood": {
    token: (token) => ({ ...token, header: { ...token.header, crit: ["exp"] } }),
  },
};

lying("SO6 no ID token that is broken anywhere lets anybody in", async (world) => {
  for (const [what, lie] of Object.entries(lies)) {
    await sees(await comeIn(world, lie), "unproven", what);
  }
  assert.equal((await comeIn(world, {})).page.heading, "Моя страница", "and it was not for another reason");
});

lying("SO2 a profile of somebody else than the ID token names lets nobody in", async (world) => {
  const withoutEmail = claim({ email: undefined, email_verified: undefined });
  const person = await comeIn(world, { token: withoutEmail, userinfo: { ...honest, sub: "of another" } });
  await sees(person, "unproven", "the profile of another");
});

lying("SO2 a proof in one document says nothing of the e-mail in another", async (world) => {
  const onlyProof = claim({ email: undefined });
  const person = await comeIn(world, {
    token: onlyProof,
    userinfo: { sub: honest.sub, email: honest.email },
  });
  assert.equal(person.page.heading, "Этот аккаунт Ромашка ID ни к кому не привязан");
});

lying("SO4 metadata of another issuer are not believed", async (world) => {
  const person = await comeIn(world, {
    metadata: (own) => ({ ...own, issuer: "https://accounts.google.com" }),
  });
  await sees(person, "faulty", "another's metadata");
});

lying("SO4 an answer that names another issuer lets nobody in", async (world) => {
  const named = {
    metadata: (own: object) => ({ ...own, authorization_response_iss_parameter_supported: true }),
  };
  await sees(await comeIn(world, named, { iss: "https://evil.example" }), "unproven", "another's answer");
});

const html = { "content-type": "text/html" };
const jsonAs = (status: number, value: object) => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

/** What its addresses answer, and what is told of it. */
const faults: [what: string, fault: Fault, answers: NonNullable<Lies["answers"]>][] = [
  ["a fault", "faulty", { "/token": { status: 500, body: "fault" } }],
  ["a fault behind a proxy", "faulty", { "/token": { status: 502, headers: html, body: "<h1>502</h1>" } }],
  ["a rest for repairs", "faulty", { "/token": jsonAs(503, { error: "temporarily_unavailable" }) }],
  ["too many questions", "faulty", { "/token": { status: 429 } }],
  ["a code that it does not know", "refused", { "/token": jsonAs(400, { error: "invalid_grant" }) }],
  ["a secret that it does not know", "refused", { "/token": jsonAs(401, { error: "invalid_client" }) }],
  ["a page in place of a token", "faulty", { "/token": { status: 200, headers: html, body: "<html>" } }],
  ["half of a JSON", "faulty", { "/token": { ...jsonAs(200, {}), body: '{"access_token":' } }],
  ["a list in place of an object", "unproven", { "/token": { ...jsonAs(200, {}), body: "[]" } }],
  ["a token of no known type", "unproven", { "/token": jsonAs(200, { access_token: 1, token_type: "x" }) }],
  ["a cut line", "unreachable", { "/token": "cut" }],
  ["half an answer", "faulty", { "/token": "cut-answer" }],
  ["no keys", "faulty", { "/jwks": { status: 404 } }],
  ["keys that are a page", "faulty", { "/jwks": { status: 200, headers: html, body: "<html>" } }],
  ["an empty list of keys", "unproven", { "/jwks": jsonAs(200, { keys: [] }) }],
];

lying("AV3 whatever a provider answers becomes one sentence with a way on", async (world) => {
  for (const [what, fault, answers] of faults) await sees(await comeIn(world, { answers }), fault, what);
});

lying("AV3 so does whatever it answers in place of a profile", async (world) => {
  const challenge = { "www-authenticate": 'Bearer error="invalid_token"' };
  const profile: typeof faults = [
    ["a refusal", "refused", { "/userinfo": { status: 401, headers: challenge } }],
    ["a fault", "faulty", { "/userinfo": { status: 500 } }],
    ["a page", "faulty", { "/userinfo": { status: 200, headers: html, body: "<p>" } }],
    ["a cut line", "unreachable", { "/userinfo": "cut" }],
  ];
  const token = claim({ email: undefined });
  for (const [what, fault, answers] of profile)
    await sees(await comeIn(world, { token, answers }), fault, what);
});

lying("AV3 what a provider says in the address is told as a refusal or as its own fault", async (world) => {
  for (const [error, fault] of [
    ["server_error", "faulty"],
    ["temporarily_unavailable", "faulty"],
    ["unauthorized_client", "refused"],
    ["<b>made up</b>", "refused"],
  ] as const)
    await sees(await comeIn(world, {}, { error, code: "" }), fault, error);
});

lying("AV3 a provider that takes the question and never answers is given up", async (world) => {
  await sees(await comeIn(world, { answers: { "/token": "hang" } }), "silent", "no answer");
  assert.equal(headingOf(await comeIn(world, {})), "Моя страница", "and does not spoil the next one");
});

/** Services that are found out about at the first press, each away in its own way. */
const foreign = createServer(testCertificate, (_, response) => void response.end("{}"));
await new Promise<void>((resolve) => foreign.listen(0, "127.0.0.1", resolve));
const dumb = await startHttpPeer();
dumb.answerWith(() => "hang");
const shop = await startHttpPeer();
shop.answerWith(() => ({ status: 200, headers: html, body: "<h1>Добро пожаловать</h1>" }));
after(async () => {
  foreign.close();
  await dumb.close();
  await shop.close();
});
const away = {
  Google: ["Нет связи с Google", `http://127.0.0.1:${await closedPort()}`],
  Microsoft: ["Нет связи с Microsoft", "https://nowhere.invalid"],
  Telegram: ["Нет связи с Telegram", `https://localhost:${(foreign.address() as AddressInfo).port}`],
  OIDC: ["Сбой на стороне Магазин", shop.url],
  Apple: ["Apple не отвечает", dumb.url],
} as const;

journey(
  "AV3 nobody listening, no such name, a foreign certificate, a page and silence are told apart at the press",
  async (world) => {
    for (const [name, [heading]] of Object.entries(away)) {
      const person = visitor(world);
      await person.visit("/sign-in");
      await person.press(name === "OIDC" ? "Магазин" : name);
      assert.equal(headingOf(person), heading);
      assert.equal(person.page.status, 503, name);
    }
  },
  {
    settings: {
      ...Object.fromEntries(
        Object.entries(away).flatMap(([name, [, issuer]]) => [
          [`SOCIAL_${name.toUpperCase()}_CLIENT_ID`, clientId],
          [`SOCIAL_${name.toUpperCase()}_SECRET`, clientSecret],
          [`SOCIAL_${name.toUpperCase()}_ISSUER`, issuer],
        ]),
      ),
      SOCIAL_APPLE_SECRET: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
        format: "pem",
        type: "pkcs8",
      }),
      SOCIAL_APPLE_TEAM_ID: "TEAM",
      SOCIAL_APPLE_KEY_ID: "KEY",
      SOCIAL_OIDC_NAME: "Магазин",
    },
    embeddedOnly: true,
  },
);

const plain = await startHttpPeer();
after(() => plain.close());
const granted = jsonAs(200, { access_token: "opens", token_type: "bearer" });

journey(
  "AV3 SO6 services of plain OAuth 2 that break, refuse or tell no id get the same five sentences",
  async (world) => {
    const comeBack = async (button: string, id: string, answers: Record<string, PeerAnswer>) => {
      plain.answerWith(({ path }) => answers[path.split("?")[0] ?? ""] ?? { status: 404 });
      const person = visitor(world);
      await person.visit("/sign-in");
      await person.press(button);
      const state = new URL(onwardFrom(person.page)).searchParams.get("state") ?? "";
      await person.visit(`/social/${id}/callback?${new URLSearchParams({ code: "abc", state })}`);
      assert.equal(await isSignedIn(person), false);
      return [person.page.status, headingOf(person)];
    };
    const told: [heading: string, status: number, profile: PeerAnswer][] = [
      ["Сбой на стороне Яндекс ID", 503, { status: 500 }],
      ["Сбой на стороне Яндекс ID", 503, { status: 404, headers: html, body: "<h1>404</h1>" }],
      ["Сбой на стороне Яндекс ID", 503, { status: 200, headers: html, body: "<h1>hello</h1>" }],
      ["Сбой на стороне Яндекс ID", 503, jsonAs(302, {})],
      ["Яндекс ID отказал", 400, { status: 401 }],
      ["Нет связи с Яндекс ID", 503, "cut"],
      ["Яндекс ID не отвечает", 503, "hang"],
      ["Ответ Яндекс ID не принят", 400, jsonAs(200, {})],
      ["Ответ Яндекс ID не принят", 400, jsonAs(200, { id: "" })],
      ["Ответ Яндекс ID не принят", 400, jsonAs(200, { id: { of: "another" } })],
      ["Ответ Яндекс ID не принят", 400, jsonAs(200, { id: "1".repeat(300) })],
    ];
    for (const [heading, status, profile] of told) {
      const answers = { "/token": granted, "/info": profile };
      assert.deepEqual(await comeBack("Яндекс ID", "yandex", answers), [status, heading]);
    }
    assert.deepEqual(await comeBack("Сбер ID", "sber", {}), [503, "Нет связи с Сбер ID"]);
  },
  {
    settings: {
      SOCIAL_YANDEX_CLIENT_ID: clientId,
      SOCIAL_YANDEX_SECRET: clientSecret,
      SOCIAL_YANDEX_ISSUER: plain.url,
      SOCIAL_SBER_CLIENT_ID: clientId,
      SOCIAL_SBER_SECRET: clientSecret,
      SOCIAL_SBER_ISSUER: `https://localhost:${await closedPort()}`,
      SOCIAL_SBER_CERTIFICATE: `${testCertificate.key}${testCertificate.cert}`,
    },
    embeddedOnly: true,
  },
);
