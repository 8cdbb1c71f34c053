/**
 * The pages of outside services in a browser, at their own addresses: it believes to be there, with all that
 * this means for cookies and origins, and nothing leaves the machine.
 */
import type { BrowserContext } from "playwright-core";

export interface OutsidePage {
  /** Where the service asks people. */
  readonly address: string;
  /** What it sends back beside the state, when the person agrees. */
  answer(asked: Readonly<Record<string, string>>): Record<string, string>;
  /** Posts the answer from its own site. */
  readonly posts?: boolean;
}

/** From now on this browser meets the pages there; `asked` gets what each was asked, newest last. */
export async function openOutsidePages(
  context: BrowserContext,
  pages: readonly OutsidePage[],
): Promise<Record<string, string>[]> {
  const asked: Record<string, string>[] = [];
  for (const { address, answer, posts = false } of pages) {
    await context.route(
      (url) => `${url.origin}${url.pathname}` === address,
      async (route) => {
        const sent = Object.fromEntries(new URL(route.request().url()).searchParams);
        asked.push(sent);
        const { redirect_uri: back = "", state = "" } = sent;
        const form = (label: string, fields: Record<string, string>) =>
          `<form action="${back}"${posts ? ' method="post"' : ""}>${Object.entries(fields)
            .map(([name, value]) => `<input type="hidden" name="${name}" value='${value}'>`)
            .join("")}<button>${label}</button></form>`;
        const agrees = form("anna", { ...answer(sent), state });
        const declines = form("cancel", { error: "access_denied", state });
        await route.fulfill({
          contentType: "text/html; charset=utf-8",
          body: `<!doctype html><html lang="en"><title>There</title><link rel="icon" href="data:,">
<h1>There</h1>${agrees}${declines}</html>`,
        });
      },
    );
  }
  return asked;
}
