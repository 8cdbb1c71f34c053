/** What portals ask as programs, of a person's own machine, and of people who came and went. */
import assert from "node:assert/strict";
import * as client from "openid-client";
import { move } from "../../src/admin/people.ts";
import { journey } from "../journey.ts";
import { anna, ivan } from "../people.ts";
import { askedBy, askToken, enterPortal, exchange, openPortal, travel } from "../portals/portal.ts";
import { signedIn } from "../steps.ts";

journey(
  "OP4 a portal asks about its own tokens and ends them, and learns nothing of others",
  async (world) => {
    const id = await world.addPerson(anna);
    const portal = await openPortal(world);
    const other = await openPortal(world, { name: "Чат" });
    const open = await openPortal(world, { name: "Приложение", authMethod: "none" });
    const second = await world.another();
    try {
      const person = await signedIn(world, anna);
      const tokens = await enterPortal(world, person, portal);
      const refresh = tokens.refresh_token ?? "";
      const alive = async () =>
        client.fetchUserInfo(portal.config, tokens.access_token, id).then(
          ({ name }) => name === anna.name,
          () => false,
        );

      const told = await client.tokenIntrospection(portal.config, tokens.access_token);
      assert.deepEqual([told.active, told.sub, told.client_id], [true, id, portal.id]);
      assert.equal((await client.tokenIntrospection(portal.config, refresh)).active, true);
      for (const [who, token] of [
        [other, tokens.access_token],
        [other, refresh],
        [other, "made-up"],
      ] as const) {
        assert.deepEqual(await client.tokenIntrospection(who.config, token), { active: false });
      }
      await assert.rejects(
        client
          .tokenIntrospection(open.config, tokens.access_token)
          .then(({ active }) => assert.equal(active, true)),
        "whoever knows the id of a client without a secret asks about tokens",
      );

      // What another portal brings is none of its tokens: answered like one that never was, and left alone.
      await client.tokenRevocation(other.config, refresh).catch(() => {});
      await client.tokenRevocation(open.config, refresh).catch(() => {});
      assert.ok(await alive(), "a foreign portal has ended the token");
      await client.tokenRevocation(portal.config, refresh);
      assert.ok(!(await alive()), "the access token outlives the refresh token that was given back");
      const again = { grant_type: "refresh_token", refresh_token: refresh };
      assert.equal((await askToken(second, portal, again)).status, 400);
      assert.deepEqual(await client.tokenIntrospection(portal.config, refresh), { active: false });
    } finally {
      for (const each of [portal, other, open]) await each.close();
    }
  },
);

journey(
  "OP1 a program on a person's own machine may take any port of loopback, and nothing else",
  async (world) => {
    await world.addPerson(anna);
    const native = { authMethod: "none", redirectUris: ["http://127.0.0.1/done"] } as const;
    const app = await openPortal(world, native);
    const mixed = await openPortal(world, {
      authMethod: "none",
      redirectUris: ["http://127.0.0.1/done", "https://app.romashka.example/done"],
    });
    try {
      const person = await signedIn(world, anna);
      const taken = async (portal: typeof app, redirect_uri: string) => {
        const asked = await askedBy(portal, { redirect_uri });
        const end = await travel(world, person, asked.url.href);
        return end.kind === "away" ? exchange(portal, asked, end.url) : end.answer.status;
      };
      for (const port of ["", ":1", ":51004", ":65535"]) {
        const tokens = await taken(app, `http://127.0.0.1${port}/done`);
        assert.ok(typeof tokens === "object" && tokens.claims()?.email === anna.email, port);
      }
      for (const wrong of [
        "http://127.0.0.1:51004/other",
        "http://127.0.0.1:51004/done?a=b",
        "http://127.0.0.2:51004/done",
        "http://localhost:51004/done",
        "http://127.0.0.1.evil.example:51004/done",
        "http://127.0.0.1:51004@evil.example/done",
        "https://127.0.0.1:51004/done",
      ]) {
        assert.equal(await taken(app, wrong), 400, wrong);
      }
      // A client that also has an address in the net is no program of one machine.
      assert.equal(await taken(mixed, "http://127.0.0.1:51004/done"), 400);
    } finally {
      await app.close();
      await mixed.close();
    }
  },
);

journey(
  "OP6 whoever gets the login and mailbox of somebody who left is somebody else to portals",
  async (world) => {
    const first = await world.addPerson(anna);
    const owner = await world.addPerson({ ...ivan, role: "owner" });
    const foreign = await openPortal(world, { isForeign: true });
    try {
      const allowed = async () => {
        const person = await signedIn(world, anna);
        const asked = await askedBy(foreign);
        await travel(world, person, asked.url.href);
        assert.equal(person.page.heading, "Разрешить вход в «База знаний»?", "an allowance was inherited");
        const { address, ...wish } = person.formFor("Разрешить и войти");
        const next = String((await person.raw(address, wish)).headers.refresh).replace("0; url=", "");
        const end = await travel(world, person, next);
        assert.equal(end.kind, "away");
        if (end.kind !== "away") throw new Error("unreachable");
        return exchange(foreign, asked, end.url);
      };
      const before = await allowed();
      assert.equal(before.claims()?.sub, first);

      const { tools } = world.service;
      const actor = { id: owner, role: "owner", address: "", device: "", language: "ru" } as const;
      assert.equal((await move(tools, actor, first, { move: "dismiss", reason: "" })).kind, "done");
      // No command of ours frees a login; an operator who does it in the database finds the same promise.
      await tools.store.transact(async (write) => {
        await write.deleteFrom("identifiers").where("account_id", "=", first).execute();
      });
      const next = await world.addPerson(anna);
      const after = await allowed();
      assert.equal(after.claims()?.sub, next);
      assert.notEqual(next, first);
      assert.doesNotMatch(next, /@|anna/);
      const old = { grant_type: "refresh_token", refresh_token: before.refresh_token ?? "" };
      assert.equal((await askToken(world, foreign, old)).status, 400);
      await assert.rejects(client.fetchUserInfo(foreign.config, before.access_token, first));
    } finally {
      await foreign.close();
    }
  },
);
