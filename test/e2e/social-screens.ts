/** A tour past the screens of outside services, for those who look at each: axe, narrow windows. */
import { generateKeyPairSync } from "node:crypto";
import type { TestContext } from "node:test";
import { testCertificate } from "../certificate.ts";
import { settingsFor, startOpenidProvider } from "../outside/openid-provider.ts";
import { anna, email, providerPort } from "../outside/steps.ts";
import { lastLetter, signedIn } from "../steps.ts";
import { type Letter, openWorld, type World } from "../world.ts";
import type { Look } from "./screens.ts";
import { behindProxy, type Stage } from "./stage.ts";

/** Somewhere that nothing listens: so far nobody leaves for these. */
const elsewhere = Object.fromEntries(
  ["YANDEX", "VK", "SBER", "TID", "GOOGLE", "APPLE", "MICROSOFT", "GITHUB", "TELEGRAM"].flatMap((id) => [
    [`SOCIAL_${id}_CLIENT_ID`, "id"],
    [`SOCIAL_${id}_SECRET`, "secret"],
    [`SOCIAL_${id}_ISSUER`, "http://127.0.0.1:9"],
  ]),
);
Object.assign(elsewhere, {
  SOCIAL_SBER_CERTIFICATE: `${testCertificate.key}${testCertificate.cert}`,
  SOCIAL_APPLE_SECRET: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
    format: "pem",
    type: "pkcs8",
  }),
  SOCIAL_APPLE_TEAM_ID: "TEAM",
  SOCIAL_APPLE_KEY_ID: "KEY",
});

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
    // Those beyond the first few wait behind «Другие сервисы».
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
  await page.locator("main summary.button").click();
  await look("sign-in with all services", visitor);
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
  await page.goto("/me/social");
  await page.locator("main summary.button").click();
  await page.locator("form[action='/me/social/link/google'] button").click();
  await page.waitForURL("**/me/social/link/google");
  await look("a service out of reach while linking", visitor);
  await page.goto("/me");
  await visitor.signOut();
  await page.waitForURL("**/sign-in*");
  await look("signed out, but not at the service", visitor);
  await page.goto((await invited(world)).link);
  await look("invitation with services", visitor);
}

async function invited(world: World): Promise<Letter> {
  const olga = { login: "olga", role: "owner", password: anna.password } as const;
  await world.addPerson(olga);
  const staff = await signedIn(world, olga);
  await staff.visit("/admin/new-user");
  for (const [label, text] of [
    ["Имя", "Мария"],
    ["Логин", "maria"],
    ["E-mail", "maria@romashka.example"],
  ] as const)
    staff.fill(label, text);
  await staff.press("Добавить");
  return lastLetter(world, "maria@romashka.example");
}
