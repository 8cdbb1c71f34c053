/** A tour past the screens of outside services, for those who look at each: axe, narrow windows. */
import type { TestContext } from "node:test";
import { settingsFor, startOpenidProvider } from "../outside/openid-provider.ts";
import { anna, email, providerPort } from "../outside/steps.ts";
import { openWorld } from "../world.ts";
import type { Look } from "./screens.ts";
import { behindProxy, type Stage } from "./stage.ts";

/** Somewhere that nothing listens: so far nobody leaves for these. */
const elsewhere = Object.fromEntries(
  ["YANDEX", "VK", "TID", "GOOGLE", "GITHUB"].flatMap((id) => [
    [`SOCIAL_${id}_CLIENT_ID`, "id"],
    [`SOCIAL_${id}_SECRET`, "secret"],
    [`SOCIAL_${id}_ISSUER`, "http://127.0.0.1:9"],
  ]),
);

export async function tourOfSocial(
  t: TestContext,
  stage: Stage,
  options: { language: "ru" | "en"; width?: number },
  look: Look,
): Promise<void> {
  const settings = { ...behindProxy, ...settingsFor(providerPort), ...elsewhere };
  const world = await openWorld({ settings });
  t.after(() => world.close());
  const people = {
    anna: { email, email_verified: true, name: anna.name },
    stranger: { email: "stranger@example.org" },
  };
  const provider = await startOpenidProvider({ port: providerPort, from: world.url, people });
  t.after(() => provider.close());
  const { language } = options;
  await world.addPerson({ ...anna, language });
  const visitor = await stage.visit(t, world, options);
  const { page } = visitor;
  const setOut = async (service: string) => {
    await page.goto("/sign-in");
    const button = page.locator(`form[action='/social/${service}/start'] button`).first();
    // Those beyond the first few wait behind «Ещё».
    if (!(await button.isVisible())) await page.locator("main summary.button").click();
    await button.click();
  };
  const leave = async (theirs: string) => {
    await setOut("oidc");
    await page.waitForURL("**/interaction/*");
    await visitor.press(theirs);
  };
  await page.goto("/sign-in");
  await look("sign-in with services", visitor);
  await page.goto("/recovery");
  await page.locator("main summary").first().click();
  await look("recovery with services", visitor);
  await page.goto("/social/oidc");
  await look("entrance of a letter", visitor);
  await setOut("google");
  await page.waitForURL("**/social/google/start");
  await look("a service out of reach", visitor);
  await leave("cancel");
  await page.locator(".notice.info").waitFor();
  await look("cancelled at the service", visitor);
  await leave("stranger");
  await page.waitForURL("**/social/oidc/callback*");
  await look("nobody's outside account", visitor);
  await page.goto("/social/oidc/callback?state=x");
  await look("an answer that nobody waits for", visitor);
  // The provider remembers the stranger, and asks nothing more.
  await page.context().clearCookies({ domain: "127.0.0.1" });
  await leave("anna");
  await page.waitForURL("**/me");
  await look("own page with a linked service", visitor);
  await page.goto("/me/social");
  await look("linked services", visitor);
  await world.service.tools.store.transact((write) => write.deleteFrom("passwords").execute());
  await page.goto("/me/social");
  await page.locator("form[action='/me/social/unlink'] button").click();
  await page.locator(".notice.danger").waitFor();
  await look("the last way in", visitor);
}
