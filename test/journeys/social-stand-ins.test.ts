/**
 * Each service before its stand-in: the requests that its documentation asks for, and what is made of its
 * answers.
 */
import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { after } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { testCertificate } from "../certificate.ts";
import { startHttpPeer } from "../http-peer.ts";
import { journey } from "../journey.ts";
import { onwardFrom } from "../outside/elsewhere.ts";
import { clientId, startOwnProvider } from "../outside/own-provider.ts";
import { github, known, type StandIn, sber, tid, vk, yandex } from "../outside/stand-ins.ts";
import { anna } from "../outside/steps.ts";
import { isSignedIn, signedIn } from "../steps.ts";
import { type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

async function connected(id: string, standIn: StandIn): Promise<Record<string, string>> {
  const peer = await startHttpPeer();
  after(() => peer.close());
  peer.answerWith((request) => standIn.answer(request));
  return {
    [`SOCIAL_${id}_CLIENT_ID`]: known.clientId,
    [`SOCIAL_${id}_SECRET`]: known.secret,
    [`SOCIAL_${id}_ISSUER`]: peer.url,
  };
}

/** The same behind TLS that lets in whoever shows the certificate. */
async function startSber(): Promise<Record<string, string>> {
  const { key, cert } = testCertificate;
  const options = { key, cert, ca: cert, requestCert: true, rejectUnauthorized: true };
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await readAll(incoming);
    const { method = "", url: path = "", headers } = incoming;
    const fields = Object.fromEntries(new URLSearchParams(body));
    const answer = sber.answer({ method, path, headers, body, fields });
    if (typeof answer === "string") return void incoming.socket.destroy();
    outgoing.writeHead(answer.status, answer.headers).end(answer.body ?? "");
  };
  const server = createServer(options, (incoming, outgoing) => void respond(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  setDefaultCACertificates([...getCACertificates("default"), cert]);
  return {
    SOCIAL_SBER_CLIENT_ID: known.clientId,
    SOCIAL_SBER_SECRET: known.secret,
    SOCIAL_SBER_ISSUER: `https://localhost:${(server.address() as AddressInfo).port}`,
    SOCIAL_SBER_CERTIFICATE: `${key}${cert}`,
  };
}

const appleKey = generateKeyPairSync("ec", { namedCurve: "P-256" });
const apple = await startOwnProvider();
after(() => apple.peer.close());

const settings = {
  ...(await connected("YANDEX", yandex)),
  ...(await connected("VK", vk)),
  ...(await connected("TID", tid)),
  ...(await connected("GITHUB", github)),
  ...(await startSber()),
  SOCIAL_APPLE_CLIENT_ID: clientId,
  SOCIAL_APPLE_SECRET: appleKey.privateKey.export({ format: "pem", type: "pkcs8" }),
  SOCIAL_APPLE_TEAM_ID: "TEAM",
  SOCIAL_APPLE_KEY_ID: "KEY",
  SOCIAL_APPLE_ISSUER: apple.url,
};

/** Presses, looks at where it leads, and comes back as the stand-in sends people back. */
async function through(person: Visitor, button: string, standIn: StandIn): Promise<URL> {
  await person.press(button);
  const left = new URL(onwardFrom(person.page));
  const answer = {
    code: known.code,
    state: left.searchParams.get("state") ?? "",
    ...standIn.answerParameters,
  };
  const { pathname } = new URL(left.searchParams.get("redirect_uri") ?? "");
  await person.visit(`${pathname}?${new URLSearchParams(answer)}`);
  return left;
}

const services = [
  { name: "Яндекс ID", standIn: yandex, at: "/authorize", shown: "anna@romashka.example" },
  { name: "VK ID", standIn: vk, at: "/authorize", shown: "anna@romashka.example" },
  { name: "Сбер ID", standIn: sber, at: "/CSAFront/oidc/authorize.do", shown: "anna@romashka.example" },
  { name: "Т‑ID", standIn: tid, at: "/auth/authorize", shown: "Анна Петрова" },
  { name: "GitHub", standIn: github, at: "/login/oauth/authorize", shown: "anna@romashka.example" },
] as const;

for (const { name, standIn, at, shown } of services) {
  journey(
    `M7 M6 ${name} is linked on the own page and opens the account from then on`,
    async (world) => {
      await world.addPerson(anna);
      const owner = await signedIn(world, anna);
      await owner.visit("/me/social");
      const left = await through(owner, name, standIn);
      assert.ok(owner.page.text.includes(`${name} привязан`));
      assert.ok(owner.page.text.includes(shown));
      assert.equal(left.pathname, at);
      assert.equal(left.searchParams.get("code_challenge_method"), "S256");
      assert.equal(left.searchParams.get("response_type"), "code");
      assert.equal(left.searchParams.get("client_type"), standIn === sber ? "PRIVATE" : null);

      const person = visitor(world);
      await person.visit("/sign-in");
      await through(person, name, standIn);
      assert.equal(person.page.heading, "Моя страница");
    },
    { settings },
  );
}

journey(
  "SO2 of the services without a proof of the e-mail none links by it, and GitHub does by its own",
  async (world) => {
    await world.addPerson(anna);
    for (const { name, standIn } of services) {
      const person = visitor(world);
      await person.visit("/sign-in");
      await through(person, name, standIn);
      assert.equal(await isSignedIn(person), name === "GitHub", name);
    }
  },
  { settings },
);

journey(
  "M6 SO4 VK ID may wrap its answer into one parameter, and a wrapped state counts like a bare one",
  async (world) => {
    await world.addPerson(anna);
    const owner = await signedIn(world, anna);
    await owner.visit("/me/social");
    await through(owner, "VK ID", vk);
    const wrapped = async (answer: (state: string) => string) => {
      const person = visitor(world);
      await person.visit("/sign-in");
      await person.press("VK ID");
      const state = new URL(onwardFrom(person.page)).searchParams.get("state") ?? "";
      await person.visit(`/social/vk/callback?${new URLSearchParams({ payload: answer(state) })}`);
      return person.page.heading;
    };
    const whole = { code: known.code, type: "code_v2", ...vk.answerParameters };
    assert.equal(await wrapped((state) => JSON.stringify({ ...whole, state })), "Моя страница");
    assert.equal(await wrapped((state) => JSON.stringify({ error: "access_denied", state })), "Вход");
    for (const broken of ["{", "[]", "null", JSON.stringify({ ...whole, state: ["x"] })])
      assert.equal(await wrapped(() => broken), "Начните вход ещё раз", broken);
  },
  { settings },
);

journey(
  "M23 Mail.ru and ОК lead through VK ID, each to its own door",
  async (world) => {
    const person = visitor(world);
    for (const [button, door] of [
      ["Mail.ru", "mail_ru"],
      ["ОК", "ok_ru"],
      ["VK ID", null],
    ] as const) {
      await person.visit("/sign-in");
      await person.press(button);
      assert.equal(new URL(onwardFrom(person.page)).searchParams.get("provider"), door, button);
    }
  },
  { settings },
);

journey(
  "SO4 Apple's form from its own site becomes an address, signs in where it began, and nowhere else",
  async (world) => {
    await world.addPerson(anna);
    const person = visitor(world);
    await person.visit("/sign-in");
    await person.press("Apple");
    const left = new URL(onwardFrom(person.page)).searchParams;
    assert.equal(left.get("response_mode"), "form_post");
    apple.expect(left.get("nonce") ?? "");
    // The browser sends no cookies of ours along with it.
    const posted = await visitor(world).raw("/social/apple/callback", {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        Origin: "https://appleid.apple.com",
        "Sec-Fetch-Site": "cross-site",
      },
      body: new URLSearchParams({
        code: "abc",
        state: left.get("state") ?? "",
        user: '{"name":{"firstName":"Анна"}}',
      }).toString(),
    });
    assert.equal(posted.status, 303);
    const back = posted.headers.location ?? "";
    const other = visitor(world);
    await other.visit(back);
    assert.equal(other.page.heading, "Начните вход ещё раз");
    await person.visit(back);
    assert.equal(person.page.heading, "Моя страница");

    const { client_secret: secret = "", client_id: named } = apple.tokenRequests().at(-1)?.fields ?? {};
    const [header = "", claims = "", signature = ""] = secret.split(".");
    const key = { key: createPublicKey(appleKey.privateKey), dsaEncoding: "ieee-p1363" } as const;
    const bytes = Buffer.from(signature, "base64url");
    assert.ok(
      verify("sha256", Buffer.from(`${header}.${claims}`), key, bytes),
      "signed with the key of the settings",
    );
    const { iss, aud, sub } = JSON.parse(Buffer.from(claims, "base64url").toString());
    assert.deepEqual(
      { iss, aud, sub, named },
      { iss: "TEAM", aud: apple.url, sub: clientId, named: clientId },
    );
  },
  { settings },
);

/** Answers with this `user`, as Apple does at the first consent, and gives the name that came of it. */
async function nameFrom(world: World, user: string, change: (back: URL) => void = () => {}): Promise<string> {
  const person = visitor(world);
  await person.visit("/sign-in");
  await person.press("Apple");
  const left = new URL(onwardFrom(person.page)).searchParams;
  apple.expect(left.get("nonce") ?? "");
  const posted = await visitor(world).raw("/social/apple/callback", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: "https://appleid.apple.com" },
    body: new URLSearchParams({ code: "abc", state: left.get("state") ?? "", user }).toString(),
  });
  const back = new URL(posted.headers.location ?? "", world.url);
  assert.ok(!decodeURIComponent(back.href).includes("Анна"), "no name stands in an address");
  change(back);
  await person.visit(`${back.pathname}${back.search}`);
  assert.equal(person.page.heading, "Моя страница");
  const names = await world.service.tools.store.read.selectFrom("accounts").select(["id", "name"]).execute();
  await world.service.tools.store.transact((write) => write.deleteFrom("social_identities").execute());
  return names.toSorted((one, other) => one.id.localeCompare(other.id)).at(-1)?.name ?? "";
}

journey(
  "M7 the name that Apple tells once names the new account, unless it is none or of another answer",
  async (world) => {
    const user = (name: object) => JSON.stringify({ name, email: "anna@romashka.example" });
    const named = user({ firstName: " Анна ", lastName: "Петрова" });
    const kept: string[] = [];
    const tried: [why: string, user: string, name: string, change?: (back: URL) => void][] = [
      ["no JSON", "{", "a0"],
      ["a list", "[]", "a1"],
      ["a number for a name", user({ firstName: 7 }), "a2"],
      ["markup over lines", user({ firstName: "<b>\n\u0007" }), "a3"],
      ["too long", user({ firstName: "А".repeat(2_000) }), "a4"],
      ["forged", named, "a5", (back) => back.searchParams.set("named", "1.abc")],
      ["of another answer", named, "a6", (back) => back.searchParams.set("named", kept.at(-2) ?? "")],
      ["a name", named, "Анна Петрова"],
    ];
    for (const [place, [why, told, expected, change]] of tried.entries()) {
      const email = `a${place}@romashka.example`;
      apple.lie({ token: (token) => ({ ...token, claims: { ...token.claims, sub: `s${place}`, email } }) });
      const swap = (back: URL) => {
        kept.push(back.searchParams.get("named") ?? "");
        change?.(back);
      };
      assert.equal(await nameFrom(world, told, swap), expected, why);
    }
    apple.lie({});
  },
  { settings: { ...settings, SOCIAL_NEW_PEOPLE: "romashka.example" } },
);

journey(
  "M23 SOCIAL_FOREIGN=off leaves out the services of foreign owners, and their links open nothing",
  async (world) => {
    const person = visitor(world);
    await person.visit("/sign-in");
    const buttons = person.page.buttons();
    for (const offered of ["Яндекс ID", "VK ID", "Сбер ID", "Т‑ID"]) assert.ok(buttons.includes(offered));
    for (const left of ["GitHub", "Apple"]) assert.ok(!buttons.includes(left));
    await person.visit("/social/github");
    assert.equal(person.page.path, "/sign-in");
  },
  { settings: { ...settings, SOCIAL_FOREIGN: "off" } },
);
