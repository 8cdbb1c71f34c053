/** What a portal, or whoever claims to be one, cannot do. */
import assert from "node:assert/strict";
import * as client from "openid-client";
import { everythingStored, journey } from "../journey.ts";
import { anna } from "../people.ts";
import { askedBy, askToken, enterPortal, exchange, onwardOf, openPortal, travel } from "../portals/portal.ts";
import { signedIn } from "../steps.ts";
import { send } from "../walker.ts";

const CHANGES = [
  ["another path", (redirect: string) => `${redirect}/more`],
  ["a query", (redirect: string) => `${redirect}?a=b`],
  ["another port", (redirect: string) => redirect.replace(/:\d+/, ":1")],
  ["a name before the host", (redirect: string) => redirect.replace("//", "//portal@")],
  ["another host", () => "https://evil.example/callback"],
  ["upper case", (redirect: string) => redirect.replace("callback", "CALLBACK")],
  ["none at all", () => ""],
] as const;

journey(
  "OP1 OP3 HT3 a wrong request of a portal ends on our own page, and nothing hops anywhere",
  async (world) => {
    await world.addPerson(anna);
    const portal = await openPortal(world);
    const person = await signedIn(world, anna);
    const refused = async (change: (url: URL) => void, told: RegExp) => {
      const { url } = await askedBy(portal);
      change(url);
      const answer = await person.raw(url.href, { headers: { Accept: "text/html" } });
      assert.equal(answer.status, 400, url.href);
      assert.equal(onwardOf(answer), undefined);
      assert.match(answer.body, told);
      assert.match(answer.body, /Портал прислал неверный запрос/);
      assert.doesNotMatch(answer.body, /evil\.example|fonts\.googleapis|<script>/);
      assert.match(String(answer.headers["content-security-policy"]), /default-src 'none'/);
      assert.equal(answer.headers["x-frame-options"], "DENY");
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
      assert.match(String(answer.headers["cache-control"]), /no-store/);
    };
    try {
      for (const [, change] of CHANGES) {
        await refused((url) => url.searchParams.set("redirect_uri", change(portal.redirect)), /код ошибки/i);
      }
      await refused((url) => url.searchParams.set("client_id", "0190-unknown"), /invalid_client/);
      await refused((url) => url.searchParams.set("client_id", world.url), /invalid_client/);

      // With a registered address the fault goes there as the protocol says, and never a code.
      const wrong = {
        "no PKCE": (url: URL) => url.searchParams.delete("code_challenge"),
        "plain PKCE": (url: URL) => url.searchParams.set("code_challenge_method", "plain"),
        implicit: (url: URL) => url.searchParams.set("response_type", "id_token"),
        token: (url: URL) => url.searchParams.set("response_type", "token id_token"),
      };
      for (const [what, change] of Object.entries(wrong)) {
        const { url } = await askedBy(portal);
        change(url);
        const answer = await person.raw(url.href);
        const back = new URL(answer.headers.location ?? "", world.url);
        assert.equal(back.origin, new URL(portal.redirect).origin, what);
        assert.ok(!back.href.includes("code="), what);
        assert.match(back.href, /error=(invalid_request|unsupported_response_type)/, what);
      }
      const grant = await askToken(world, portal, {
        grant_type: "password",
        username: "anna",
        password: anna.password,
      });
      assert.equal(grant.status, 400);
      assert.match(grant.body, /unsupported_grant_type/);

      // Addresses are made of PUBLIC_URL, whatever the request says of itself.
      const forged = await send(`${world.url}/.well-known/openid-configuration`, {
        headers: { Host: "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https" },
      });
      assert.doesNotMatch(forged.body, /evil\.example/);
      const told = JSON.parse(forged.body) as Record<string, unknown>;
      assert.equal(told.issuer, world.url);
      assert.equal(told.token_endpoint, `${world.url}/oidc/token`);
      assert.deepEqual(told.response_types_supported, ["code"]);
      assert.deepEqual(told.code_challenge_methods_supported, ["S256"]);
      const whole = await send(world.url, { path: `http://evil.example/oidc/auth?client_id=${portal.id}` });
      assert.doesNotMatch(`${whole.body}${JSON.stringify(whole.headers)}`, /evil\.example/);
    } finally {
      await portal.close();
    }
  },
);

journey(
  "OP2 ST2 a code lives a minute and opens once, for its own portal with its own verifier",
  async (world) => {
    await world.addPerson(anna);
    const portal = await openPortal(world);
    const other = await openPortal(world, { name: "Чат" });
    const person = await signedIn(world, anna);
    const codeFor = async () => {
      const asked = await askedBy(portal);
      const end = await travel(world, person, asked.url.href);
      assert.equal(end.kind, "away");
      if (end.kind !== "away") throw new Error("unreachable");
      const code = end.url.searchParams.get("code") ?? "";
      assert.ok(!(await everythingStored(world)).includes(code), "the code itself is stored");
      const fields = {
        grant_type: "authorization_code",
        code,
        redirect_uri: portal.redirect,
        code_verifier: asked.verifier,
      };
      return { asked, url: end.url, fields };
    };
    const invalid = async (answer: ReturnType<typeof askToken>) => {
      const { status, body } = await answer;
      assert.equal(status, 400, body);
      assert.match(body, /invalid_grant/);
    };
    try {
      const stolen = await codeFor();
      await invalid(askToken(world, other, stolen.fields));
      await invalid(askToken(world, portal, { ...stolen.fields, code_verifier: "a".repeat(43) }));
      await invalid(askToken(world, portal, { ...stolen.fields, redirect_uri: other.redirect }));
      const unsigned = await askToken(world, { ...portal, secret: "wrong" }, stolen.fields);
      assert.equal(unsigned.status, 401);

      const late = await codeFor();
      world.clock.forward({ seconds: 61 });
      await invalid(askToken(world, portal, late.fields));

      const used = await codeFor();
      const tokens = await exchange(portal, used.asked, used.url);
      const stored = await everythingStored(world);
      for (const secret of [tokens.access_token, tokens.refresh_token ?? "", portal.secret]) {
        assert.ok(secret.length >= 27 && !stored.includes(secret), "a token itself is stored");
      }
      assert.equal(
        (await client.fetchUserInfo(portal.config, tokens.access_token, client.skipSubjectCheck)).name,
        anna.name,
      );
      await invalid(askToken(world, portal, used.fields));
      await assert.rejects(client.fetchUserInfo(portal.config, tokens.access_token, client.skipSubjectCheck));
      const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token ?? "" };
      await invalid(askToken(world, portal, refresh));

      // Of many who bring the same code at once, on two instances, one is given tokens.
      const second = await world.another();
      const raced = await codeFor();
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => askToken(index % 2 ? second : world, portal, raced.fields)),
      );
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    } finally {
      await portal.close();
      await other.close();
    }
  },
);

journey(
  "OP4 a refresh token opens once: whoever brings an old one ends the family, on any instance",
  async (world) => {
    await world.addPerson(anna);
    const portal = await openPortal(world);
    const open = await openPortal(world, { name: "Приложение", authMethod: "none" });
    const second = await world.another();
    const person = await signedIn(world, anna);
    const refresh = (at: { url: string }, token: string) =>
      askToken(at, portal, { grant_type: "refresh_token", refresh_token: token });
    const tokensOf = ({ status, body }: { status: number; body: string }) => {
      assert.equal(status, 200, body);
      return JSON.parse(body) as { refresh_token: string; access_token: string };
    };
    const tokenOf = (answer: { status: number; body: string }) => tokensOf(answer).refresh_token;
    try {
      const first = (await enterPortal(world, person, portal)).refresh_token ?? "";
      const next = tokenOf(await refresh(second, first));
      const third = tokenOf(await refresh(world, next));
      assert.notEqual(next, first);
      world.clock.forward({ seconds: 31 });
      assert.equal((await refresh(second, first)).status, 400);
      assert.equal((await refresh(world, third)).status, 400, "the family outlives a stolen token");

      // Workers of one portal that renew at once, or again because an answer was lost, get one successor.
      const raced = (await enterPortal(world, person, portal)).refresh_token ?? "";
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => refresh(index % 2 ? second : world, raced)),
      );
      world.clock.forward({ seconds: 20 });
      const all = [...answers, await refresh(second, raced)].map(tokensOf);
      const successors = new Set(all.map(({ refresh_token: token }) => token));
      assert.equal(successors.size, 1, "one token has several successors: a thief's would live on unseen");
      assert.equal(new Set(all.map(({ access_token: token }) => token)).size, all.length);
      const [only = ""] = successors;
      assert.ok(!(await everythingStored(world)).includes(only), "the successor itself is stored");
      // Only to whom it belongs, with its secret; and of two who share it, the later is found out.
      const foreign = { grant_type: "refresh_token", refresh_token: raced, client_id: open.id };
      const stolen = await send(`${world.url}/oidc/token`, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(foreign).toString(),
      });
      assert.equal(stolen.status, 400);
      const unsigned = await askToken(
        world,
        { ...portal, secret: "wrong" },
        { ...foreign, client_id: portal.id },
      );
      assert.equal(unsigned.status, 401);
      const mine = tokenOf(await refresh(world, only));
      world.clock.forward({ seconds: 31 });
      assert.equal((await refresh(second, only)).status, 400);
      assert.equal((await refresh(world, mine)).status, 400, "who shared the successor lives on");

      // Thirty days from the last way through us, however often it is turned over.
      let lasting = (await enterPortal(world, person, portal)).refresh_token ?? "";
      world.clock.forward({ hours: 24 * 15 });
      lasting = tokenOf(await refresh(world, lasting));
      world.clock.forward({ hours: 24 * 15 - 1 });
      lasting = tokenOf(await refresh(second, lasting));
      world.clock.forward({ hours: 1 });
      assert.equal((await refresh(world, lasting)).status, 400, "it outlives thirty days");
    } finally {
      await portal.close();
      await open.close();
    }
  },
);

journey(
  "OP4 a client without a secret has no grace: a token that comes twice ends the family",
  async (world) => {
    await world.addPerson(anna);
    const open = await openPortal(world, { authMethod: "none" });
    const second = await world.another();
    const refresh = (at: { url: string }, token = "") =>
      send(`${at.url}/oidc/token`, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({
          grant_type: "refresh_token",
          refresh_token: token,
          client_id: open.id,
        }).toString(),
      });
    try {
      const person = await signedIn(world, anna);
      const raced = (await enterPortal(world, person, open)).refresh_token;
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => refresh(index % 2 ? second : world, raced)),
      );
      const won = answers.filter(({ status }) => status === 200);
      assert.equal(won.length, 1);
      for (const { body } of answers.filter(({ status }) => status !== 200))
        assert.match(body, /invalid_grant/);
      const { refresh_token: successor } = JSON.parse(won[0]?.body ?? "") as { refresh_token: string };
      assert.equal((await refresh(world, successor)).status, 400, "the family outlives a stolen token");
    } finally {
      await open.close();
    }
  },
);
