/** The screens of «Моя страница», for the tour past all of them. */
import type { Visitor } from "./stage.ts";

/** Shows each to `look`, of somebody who is signed in. */
export async function ownPages(visitor: Visitor, look: (screen: string) => Promise<void>): Promise<void> {
  const { page } = visitor;
  const main = page.getByRole("main");
  await page.locator("[data-menu] summary").click();
  await look("own page, menu open");
  await page.goto("/me/edit");
  await look("personal data");
  await page.locator("#name").fill("");
  await main.locator(".button.primary").click();
  await page.locator(".notice.danger").waitFor();
  await look("personal data, without a name");
  await page.goto("/me/edit");
  await page
    .locator("#photo")
    .setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("?") });
  await page.locator("form[action='/me/photo'] button").first().click();
  await page.locator(".notice.danger").waitFor();
  await look("personal data, no photo");
  await page.goto("/me/protection");
  await look("sign-in and protection");
  await page.goto("/me/sessions");
  await look("devices");
  await page.goto("/me/sessions/all");
  await look("sign out everywhere");
  await page.goto("/me/history");
  await look("history");
}
