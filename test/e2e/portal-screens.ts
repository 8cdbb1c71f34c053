/** A tour past the screens between a portal and its person: for axe, for narrow windows. */
import type { TestContext } from "node:test";
import { anna } from "../people.ts";
import { askedBy, openPortal } from "../portals/portal.ts";
import { openWorld } from "../world.ts";
import { portalWords } from "./portal-words.ts";
import type { Look } from "./screens.ts";
import { behindProxy, type Stage } from "./stage.ts";

export async function tourOfPortals(
  t: TestContext,
  stage: Stage,
  options: { language: "ru" | "en"; width?: number; theme?: "light" | "dark" },
  look: Look,
): Promise<void> {
  const world = await openWorld({ settings: behindProxy });
  t.after(() => world.close());
  const { language } = options;
  await world.addPerson({ ...anna, language });
  const portal = await openPortal(world, { name: "Партнёр", isForeign: true });
  t.after(() => portal.close());
  const closed = await openPortal(world, { name: "Бухгалтерия", access: "listed" });
  t.after(() => closed.close());
  const visitor = await stage.visit(t, world, options);
  const { page, say } = visitor;
  const words = portalWords[language];

  const asked = await askedBy(portal);
  await page.goto(asked.url.href);
  await look("sign-in on the way to a portal", visitor);
  await visitor.fill(say.identifier, anna.login);
  await visitor.fill(say.password, anna.password);
  await visitor.press(say.signInButton);
  await visitor.sees(words.consent("Партнёр"));
  await look("consent for a foreign portal", visitor);
  await visitor.press(words.allow);
  await page.waitForURL(`${portal.redirect}**`);
  await page.goto("/me/portals");
  await look("access of portals", visitor);
  await page.goto((await askedBy(portal, { prompt: "select_account" })).url.href);
  await look("who is signing in", visitor);
  await page.goto((await askedBy(closed)).url.href);
  await visitor.sees(words.closed("Бухгалтерия"));
  await look("a portal that is closed", visitor);
  await page.goto(`/oidc/sign-out?client_id=${portal.id}`);
  await visitor.sees(words.signOut);
  await look("sign-out asked by a portal", visitor);
  await page.goto(`/oidc/interaction/${"x".repeat(43)}`);
  await visitor.sees(words.over);
  await look("a way that is over", visitor);
  const wrong = new URL(asked.url);
  wrong.searchParams.set("redirect_uri", "https://evil.example/");
  await page.goto(wrong.href);
  await visitor.sees(words.wrong);
  await look("a wrong request of a portal", visitor);
}
