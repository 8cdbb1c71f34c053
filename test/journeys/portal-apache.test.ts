/** The whole way with a real client from elsewhere: Apache and mod_auth_openidc, as Debian ships them. */
import assert from "node:assert/strict";
import { move } from "../../src/admin/people.ts";
import { addPortal, plainWish } from "../../src/portal-registry/portal-registry.ts";
import { journey } from "../journey.ts";
import { closedPort } from "../mail-sink.ts";
import { anna, ivan, newPassword } from "../people.ts";
import { type Apache, apacheIsThere, callback, startApache } from "../portals/apache.ts";
import { onwardOf } from "../portals/portal.ts";
import { choosePassword, lastLetter } from "../steps.ts";
import { type Answer, type Visitor, visitor } from "../walker.ts";
import type { World } from "../world.ts";

/** One browser at two sites, each with cookies of its own. */
interface Browser {
  here: Visitor;
  there: Visitor;
}

/** Follows whatever leads on by itself, from site to site. */
async function travel(world: World, apache: Apache, browser: Browser, address: string): Promise<Answer> {
  let next = new URL(address, world.url);
  for (let hop = 0; hop < 15; hop += 1) {
    const ours = next.origin === new URL(world.url).origin;
    const answer = await (ours ? browser.here : browser.there).raw(next.href);
    const onward = onwardOf(answer);
    if (onward === undefined) {
      if (ours) await browser.here.visit(next.href);
      return answer;
    }
    next = new URL(onward, next);
  }
  throw new Error(`${address} leads on without end\n${apache.log()}`);
}

journey(
  "M1, M6, OP8 a portal that is Apache: recovery on the way in, the page behind it, and out on a block",
  async (world) => {
    if (!apacheIsThere()) return;
    const id = await world.addPerson(anna);
    const { tools } = world.service;
    const port = await closedPort();
    const added = await addPortal(
      tools,
      {
        ...plainWish,
        name: "Вики",
        redirectUris: [callback(port)],
        backchannelLogoutUri: `${callback(port)}?logout=backchannel`,
        postLogoutRedirectUris: [`http://localhost:${port}/`],
        homeUrl: `http://localhost:${port}/`,
      },
      { actor: "cli", address: "terminal" },
    );
    assert.equal(added.kind, "added");
    if (added.kind !== "added") return;
    const secret = added.secret ?? "";
    const apache = await startApache({ port, issuer: world.url, clientId: added.portal.id, secret });
    try {
      const browser: Browser = {
        here: visitor(world),
        // Without this word of every browser it takes the visit for a script's.
        there: visitor(
          { url: `http://localhost:${port}`, clock: world.clock },
          { headers: { Accept: "text/html" } },
        ),
      };
      const { here } = browser;
      const first = await travel(world, apache, browser, apache.url);
      assert.equal(first.status, 200, `${first.body}${apache.log()}`);
      assert.match(here.page.text, /Портал «Вики»/, apache.log());
      await here.follow("Забыли пароль?");
      here.fill("E-mail или телефон", anna.email);
      await here.press("Далее");
      await here.visit((await lastLetter(world, anna.email)).link);
      await choosePassword(here, newPassword);
      await here.visit("/sign-in");
      here.fill("E-mail, телефон или логин", anna.login);
      here.fill("Пароль", newPassword);
      const { address, ...wish } = here.formFor("Войти");
      const sent = await here.raw(address, wish);
      const landed = await travel(world, apache, browser, sent.headers.location ?? "");
      assert.equal(landed.status, 200, apache.log());
      assert.match(landed.body, /The portal/, apache.log());
      assert.equal(landed.headers["x-person"], anna.email);
      assert.equal((await browser.there.raw(apache.url)).status, 200);

      const owner = await world.addPerson({ ...ivan, role: "owner" });
      const actor = { id: owner, role: "owner", address: "", device: "", language: "ru" } as const;
      assert.equal((await move(tools, actor, id, { move: "block", reason: "" })).kind, "done");
      await world.messagesTo("");
      const after = await browser.there.raw(apache.url);
      assert.equal(after.status, 302, `the portal goes on after the block\n${apache.log()}`);
      assert.ok(after.headers.location?.startsWith(`${world.url}/oidc/auth`));
      await travel(world, apache, browser, apache.url);
      assert.equal(here.page.heading, "Вход");
    } finally {
      await apache.stop();
    }
  },
);
