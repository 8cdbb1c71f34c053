/** The end of a session reaches the portals, and the portal's sign-out reaches us. */
import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import * as client from "openid-client";
import { move } from "../../src/admin/people.ts";
import { journey } from "../journey.ts";
import { anna, ivan, newPassword, otherPassword } from "../people.ts";
import { askedBy, askToken, enterPortal, openPortal, type TestPortal, travel } from "../portals/portal.ts";
import { choosePassword, isSignedIn, letterFor, letterLike, signedIn } from "../steps.ts";
import { send, type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

async function refused(world: World, portal: TestPortal, token: string | undefined): Promise<void> {
  const fields = { grant_type: "refresh_token", refresh_token: token ?? "" };
  const answer = await askToken(world, portal, fields);
  assert.equal(answer.status, 400, answer.body);
  assert.match(answer.body, /invalid_grant/);
}

/** What the portal was told at its address for sign-outs, with every signature checked. */
async function toldOf(world: World, portal: TestPortal): Promise<Record<string, unknown>[]> {
  // Waits for the outboxes of all instances.
  await world.messagesTo("");
  const { body } = await send(`${world.url}/oidc/jwks`);
  const { keys } = JSON.parse(body) as { keys: (JsonWebKey & { kid: string })[] };
  const calls = portal.peer.requests.filter(({ method, path }) => method === "POST" && path === "/logout");
  return calls.map(({ fields }) => {
    const [head = "", claims = "", signature = ""] = (fields.logout_token ?? "").split(".");
    const { alg, kid, typ } = read(head);
    assert.deepEqual([alg, typ], ["RS256", "logout+jwt"]);
    const jwk = keys.find((each) => each.kid === kid);
    assert.ok(jwk, "the key of the token is not published");
    const key = createPublicKey({ key: jwk, format: "jwk" });
    assert.ok(verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url")));
    const told = read(claims);
    assert.equal(told.iss, world.url);
    assert.equal(told.aud, portal.id);
    return told;
  });
}

function read(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
}

journey("OP8 SE7 whatever ends a session ends it at the portals in the same moment", async (world) => {
  const id = await world.addPerson(anna);
  const portal = await openPortal(world);
  const silent = await openPortal(world, { name: "Чат", backchannelLogoutUri: null });
  const second = await world.another();
  let password = anna.password;
  const ends: [what: string, end: (person: Visitor) => Promise<unknown>][] = [
    ["the person signs out", (person) => person.press("Выйти")],
    [
      "every other device is ended",
      async () => {
        const other = await signedIn(world, anna, { at: second.url });
        await other.visit("/me/sessions/all");
        await other.press("Выйти на всех устройствах");
      },
    ],
    [
      "the password is recovered",
      async () => {
        const elsewhere = visitor(world, { at: second.url });
        await elsewhere.visit((await letterFor(world, anna.email)).link);
        await choosePassword(elsewhere, newPassword);
      },
    ],
    [
      "the owner presses «Это не я»",
      async () => {
        const owner = visitor(world, { at: second.url });
        await owner.visit((await letterLike(world, anna.email, "Пароль изменён")).link);
        await owner.press("Это не я, закрыть вход");
        assert.equal(owner.page.heading, "Вход закрыт");
        // A letter a minute; the tokens live for ten.
        world.clock.forward({ minutes: 2 });
        await owner.visit((await letterFor(world, anna.email)).link);
        await choosePassword(owner, otherPassword);
        password = otherPassword;
      },
    ],
    [
      "staff blocks the account",
      async () => {
        const owner = await world.addPerson({ ...ivan, role: "owner" });
        const actor = { id: owner, role: "owner", address: "", device: "", language: "ru" } as const;
        const moved = await move(second.service.tools, actor, id, { move: "block", reason: "" });
        assert.equal(moved.kind, "done");
      },
    ],
  ];
  try {
    for (const [what, end] of ends) {
      const person = await signedIn(world, { ...anna, password });
      const tokens = await enterPortal(world, person, portal);
      const quiet = await enterPortal(world, person, silent);
      const before = (await toldOf(world, portal)).length;
      await person.visit("/me");
      await end(person);
      if (what.includes("recovered")) password = newPassword;
      await refused(world, portal, tokens.refresh_token);
      await refused({ ...world, url: second.url }, silent, quiet.refresh_token);
      await assert.rejects(client.fetchUserInfo(portal.config, tokens.access_token, id), what);
      const told = await toldOf(world, portal);
      assert.equal(told.length, before + 1, what);
      assert.equal(told.at(-1)?.sub, id);
      assert.equal(told.at(-1)?.sid, tokens.claims()?.sid);
    }
    assert.equal(silent.peer.requests.length, 0, "a portal that gave no address was called");
  } finally {
    await portal.close();
    await silent.close();
  }
});

journey(
  "OP8 a portal that is down for ten minutes holds no block up, and hears of it then",
  async (world) => {
    const id = await world.addPerson(anna);
    const owner = await world.addPerson({ ...ivan, role: "owner" });
    const down = await openPortal(world, { name: "Склад" });
    const up = await openPortal(world);
    try {
      const person = await signedIn(world, anna);
      const tokens = await enterPortal(world, person, down);
      await enterPortal(world, person, up);
      down.peer.answerWith(() => ({ status: 503 }));
      world.clock.standStill();
      await person.visit("/me");
      const actor = { id: owner, role: "owner", address: "", device: "", language: "ru" } as const;
      const moved = await move(world.service.tools, actor, id, { move: "block", reason: "" });
      assert.equal(moved.kind, "done");
      assert.ok(!(await isSignedIn(person)));
      await refused(world, down, tokens.refresh_token);
      assert.equal((await toldOf(world, up)).length, 1);
      for (let minute = 0; minute < 10; minute += 1) {
        world.clock.forward({ minutes: 1 });
        await world.service.delivery.drained();
      }
      const tried = down.peer.requests.length;
      assert.ok(tried >= 4 && tried <= 9, `${tried} tries in ten minutes`);
      down.peer.answerWith(() => ({ status: 200 }));
      world.clock.forward({ minutes: 10 });
      await world.service.delivery.drained();
      assert.equal(down.peer.requests.length, tried + 1);
      const tokensSent = down.peer.requests.map(({ fields }) => fields.logout_token);
      assert.equal(new Set(tokensSent).size, tokensSent.length, "a token of minutes was sent again");
      world.clock.forward({ hours: 25 });
      await world.service.delivery.drained();
      assert.equal(down.peer.requests.length, tried + 1);
    } finally {
      await down.close();
      await up.close();
    }
  },
);

journey(
  "OP5 a portal signs its person out with their ID token, and otherwise the person is asked",
  async (world) => {
    await world.addPerson(anna);
    const portal = await openPortal(world);
    const other = await openPortal(world, { name: "Чат" });
    try {
      const person = await signedIn(world, anna);
      const tokens = await enterPortal(world, person, portal);
      await enterPortal(world, person, other);
      const bye = `${portal.peer.url}/bye`;
      const endOf = (more: Record<string, string>) =>
        client.buildEndSessionUrl(portal.config, { post_logout_redirect_uri: bye, ...more }).href;

      const forged = await person.raw(endOf({ id_token_hint: `${tokens.id_token}x` }));
      assert.equal(forged.status, 400);
      const elsewhere = await person.raw(
        endOf({ post_logout_redirect_uri: "https://evil.example/", client_id: portal.id }),
      );
      assert.equal(elsewhere.status, 400);
      assert.ok(await isSignedIn(person));

      await travel(world, person, endOf({ client_id: portal.id, state: "a&b" }));
      assert.equal(person.page.heading, "Выйти?");
      assert.match(person.page.text, /Анна Петрова/);
      await person.press("Остаться");
      assert.ok(await isSignedIn(person));
      await travel(world, person, endOf({ client_id: portal.id, state: "a&b" }));
      const { address, ...wish } = person.formFor("Выйти отовсюду на этом устройстве");
      const gone = await person.raw(address, wish);
      assert.equal(gone.headers.refresh, `0; url=${bye}?state=a%26b`);
      assert.ok(!(await isSignedIn(person)));
      assert.equal((await toldOf(world, portal)).length, 1);
      assert.equal((await toldOf(world, other)).length, 1);

      const again = await signedIn(world, anna);
      const hinted = await enterPortal(world, again, portal);
      const end = await travel(world, again, endOf({ id_token_hint: hinted.id_token ?? "" }));
      assert.deepEqual(end, { kind: "away", url: new URL(bye) });
      assert.ok(!(await isSignedIn(again)));
      await refused(world, portal, hinted.refresh_token);

      // The ID token of somebody else moves nobody without being asked.
      const mine = await signedIn(world, anna);
      await world.addPerson({ login: "boris", name: "Борис", password: "тихая лодка под звёздами" });
      const boris = await signedIn(world, { login: "boris", password: "тихая лодка под звёздами" });
      const his = await enterPortal(world, boris, portal);
      await travel(world, mine, endOf({ id_token_hint: his.id_token ?? "" }));
      assert.equal(mine.page.heading, "Выйти?");
      assert.ok(await isSignedIn(mine));
      const { url } = await askedBy(portal);
      assert.equal((await travel(world, mine, url.href)).kind, "away");
    } finally {
      await portal.close();
      await other.close();
    }
  },
);
