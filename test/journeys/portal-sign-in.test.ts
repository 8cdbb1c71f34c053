/** One account opens the portals: the whole way of a person, with openid-client as the portal. */
import assert from "node:assert/strict";
import * as client from "openid-client";
import { journey } from "../journey.ts";
import { askedBy, enterPortal, exchange, openPortal, travel } from "../portals/portal.ts";
import { visitor } from "../walker.ts";

const anna = { login: "anna", name: "Анна Петрова", password: "вишнёвый трамвай у пруда" };

journey(
  "M1 a person signs in on the way to a portal and ends there",
  async (world) => {
    const id = await world.addPerson(anna);
    const portal = await openPortal(world);
    try {
      const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
      const person = visitor(world, { address: "203.0.113.9", headers: { "User-Agent": agent } });
      const asked = await askedBy(portal, { login_hint: "anna" });
      const first = await travel(world, person, asked.url.href);
      assert.equal(first.kind, "page");
      assert.equal(person.page.heading, "Вход");
      assert.equal(person.page.value("E-mail, телефон или логин"), "anna");
      person.fill("Пароль", anna.password);
      const { address, ...wish } = person.formFor("Войти");
      const sent = await person.raw(address, wish);
      const end = await travel(world, person, sent.headers.location ?? "");
      assert.equal(end.kind, "away", end.kind === "page" ? end.answer.body : "");
      if (end.kind !== "away") return;
      const tokens = await exchange(portal, asked, end.url);
      const claims = tokens.claims();
      assert.equal(claims?.sub, id);
      assert.equal(claims?.email, "anna@romashka.example");
      assert.deepEqual(claims?.amr, ["pwd"]);
      const told = await client.fetchUserInfo(portal.config, tokens.access_token, id);
      assert.equal(told.name, "Анна Петрова");

      const again = await enterPortal(world, person, portal);
      assert.ok(again.refresh_token);
      await person.visit("/me/history");
      assert.match(person.page.text, /Вход на портал вы · Firefox, Linux · адрес 203\.0\.113\.9/);
    } finally {
      await portal.close();
    }
  },
  { settings: { TRUSTED_PROXY_HOPS: "1" } },
);
