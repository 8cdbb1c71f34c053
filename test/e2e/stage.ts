/**
 * The browser of one test file, and the visitors who come with it: each has a profile and a network address
 * of the own, and makes the test fail when a page is noisy.
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, before, type TestContext } from "node:test";
import type { Browser, BrowserContext, ConsoleMessage, LaunchOptions, Page, Request } from "playwright-core";
import { launchBrowser } from "../../scripts/browser.ts";
import type { Language } from "../../src/platform/language/language.ts";
import type { Letter, World } from "../world.ts";
import { type Labels, labels } from "./labels.ts";

/** Behind one trusted hop every visitor can have an address of the own, and with it budgets of the own. */
export const behindProxy = { TRUSTED_PROXY_HOPS: "1" };

export interface VisitorOptions {
  language?: Language;
  /** False: the browser runs no script at all. */
  scripts?: boolean;
  theme?: "light" | "dark";
  width?: number;
  height?: number;
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly say: Labels;
  readonly language: Language;
  readonly scripts: boolean;
  /** Shows the letter as a mail reader does, ready to be pressed in. */
  read(letter: Letter): Promise<void>;
  /** Types into the field of this label, after what stood in it is gone. */
  fill(label: string, text: string): Promise<void>;
  press(button: string): Promise<void>;
  follow(link: string): Promise<void>;
  /** Opens the menu behind photo and name, and leaves. */
  signOut(): Promise<void>;
  /** Waits for the page with this heading. */
  sees(heading: string): Promise<void>;
  /** What stands in the field of this label. */
  value(label: string): Promise<string>;
  /** Everything that can be read in the main part of the page. */
  text(): Promise<string>;
}

export interface Stage {
  /** Somebody with a fresh browser; leaves when the test ends, and has then heard no noise. */
  visit(t: TestContext, world: Pick<World, "url">, options?: VisitorOptions): Promise<Visitor>;
}

/** Launches one browser before the tests of the calling file and closes it after them. */
export function openStage(options: LaunchOptions = {}): Stage {
  const launched: { browser?: Browser } = {};
  before(async () => {
    launched.browser = await launchBrowser(options);
  });
  after(() => launched.browser?.close());
  return {
    async visit(t, { url }, wish = {}) {
      assert.ok(launched.browser, "the browser runs");
      const { language = "ru", scripts = true, theme = "light", width = 1280, height = 800 } = wish;
      const context = await launched.browser.newContext({
        baseURL: url,
        locale: language === "ru" ? "ru-RU" : "en-GB",
        javaScriptEnabled: scripts,
        colorScheme: theme,
        // Nobody waits for movements, and no press waits for a field to stand still.
        reducedMotion: "reduce",
        viewport: { width, height },
        extraHTTPHeaders: { "X-Forwarded-For": someAddress() },
      });
      context.setDefaultTimeout(5_000);
      const noise = listen(context);
      t.after(async () => {
        await context.close();
        assert.deepEqual(noise, [], "the pages made no noise");
      });
      const page = await context.newPage();
      return { page, context, language, scripts, say: labels[language], ...handsOn(page, labels[language]) };
    },
  };
}

function handsOn(page: Page, say: Labels) {
  return {
    async read(letter: Letter) {
      await page.goto("about:blank");
      await page.setContent(letter.html);
    },
    fill: (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text),
    press: (button: string) => page.getByRole("button", { name: button, exact: true }).click(),
    follow: (link: string) => page.getByRole("link", { name: link, exact: true }).first().click(),
    async signOut() {
      await page.locator("[data-menu] summary").click();
      await page.getByRole("button", { name: say.signOut, exact: true }).first().click();
    },
    sees: (heading: string) => page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor(),
    value: (label: string) => page.getByLabel(label, { exact: true }).inputValue(),
    async text() {
      return (await page.getByRole("main").innerText()).replaceAll("\u00a0", " ");
    },
  };
}

function someAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** Collects whatever the console says (blocked by CSP included), script errors and requests that failed. */
function listen(context: BrowserContext): string[] {
  const noise: string[] = [];
  context.on("page", (page) => {
    page.on("console", (message) => {
      if (!isAnswerOfPage(message) && !isQuickHand(message))
        noise.push(`${message.type()}: ${message.text()} ${page.url()}`);
    });
    page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
    page.on("requestfailed", (request) => {
      if (!wasLeftBehind(request)) noise.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    page.on("response", (response) => {
      const isPage = response.request().isNavigationRequest();
      if (!isPage && response.status() >= 400) noise.push(`${response.status()}: ${response.url()}`);
    });
  });
  return noise;
}

/**
 * What a page still waited for when its visitor went on: Chromium calls that, and a page that turns out to be
 * a file, aborted. Whatever is missing answers 404, and a service that is not there refuses; both are noise,
 * and so is something sent by a script that never arrived.
 */
function wasLeftBehind(request: Request): boolean {
  const isReading = request.isNavigationRequest() || request.method() === "GET";
  return isReading && request.failure()?.errorText === "net::ERR_ABORTED";
}

/** Chromium notes a page that answers 410 or 422 as a failed resource; those answers are ours to give. */
function isAnswerOfPage(message: ConsoleMessage): boolean {
  const { url } = message.location();
  const isPage = URL.canParse(url) && !new URL(url).pathname.startsWith("/assets/");
  return isPage && message.text().startsWith("Failed to load resource: the server responded with a status");
}

/** Whoever is in a field before the page has put the cursor there stays in it, and Chromium says so. */
function isQuickHand(message: ConsoleMessage): boolean {
  return message.type() === "info" && message.text().startsWith("Autofocus processing was blocked");
}
