/** On the way to a portal in a real browser, whose policy of forms holds for every redirect behind a form. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { anna } from "../people.ts";
import { askedBy, exchange, openPortal } from "../portals/portal.ts";
import { openWorld } from "../world.ts";
import { portalWords } from "./portal-words.ts";
import { behindProxy, openStage } from "./stage.ts";

const stage = openStage();

for (const [language, scripts] of [
  ["ru", true],
  ["en", false],
] as const) {
  const how = `${language}, scripts ${scripts ? "on" : "off"}`;
  test(`HT8 the strict policy lets one through to a portal and back out (${how})`, async (t) => {
    const world = await openWorld({ settings: behindProxy });
    t.after(() => world.close());
    await world.addPerson({ ...anna, language });
    const portal = await openPortal(world, { name: "Партнёр", isForeign: true });
    t.after(() => portal.close());
    portal.peer.answerWith(() => ({
      status: 200,
      headers: { "content-type": "text/html" },
      body: "<!doctype html><link rel=icon href='data:,'><title>portal</title><h1>There</h1>",
    }));
    const visitor = await stage.visit(t, world, { language, scripts });
    const { page, say } = visitor;
    const words = portalWords[language];

    const first = await askedBy(portal);
    await page.goto(first.url.href);
    await visitor.fill(say.identifier, anna.login);
    await visitor.fill(say.password, anna.password);
    await visitor.press(say.signInButton);
    await visitor.sees(words.consent("Партнёр"));
    await visitor.press(words.allow);
    await visitor.sees("There");
    assert.ok(page.url().startsWith(portal.redirect));
    const tokens = await exchange(portal, first, new URL(page.url()));
    assert.equal(tokens.claims()?.email, anna.email);

    // Signed in already, nothing stands between; and the answer may come as a form that sends itself.
    const second = await askedBy(portal);
    await page.goto(second.url.href);
    await visitor.sees("There");
    if (scripts) {
      const posted = await askedBy(portal, { response_mode: "form_post" });
      await page.goto(posted.url.href);
      await visitor.sees("There");
      const sent = portal.peer.requests.at(-1);
      assert.equal(sent?.method, "POST");
      assert.ok(sent?.fields.code);
    }

    const bye = encodeURIComponent(`${portal.peer.url}/bye`);
    await page.goto(`/oidc/sign-out?client_id=${portal.id}&post_logout_redirect_uri=${bye}`);
    await visitor.sees(words.signOut);
    await visitor.press(words.out);
    await visitor.sees("There");
    assert.equal(page.url(), `${portal.peer.url}/bye`);
    const third = await askedBy(portal);
    await page.goto(third.url.href);
    await visitor.press(say.signInButton);
  });
}
