/** The part of a walk that happens at an outside service, for people without a browser. */
import assert from "node:assert/strict";
import type { Page, Visitor } from "../walker.ts";

const MOST_HOPS = 10;

/** The address that our page goes on to by itself. */
export function onwardFrom(page: Page): string {
  const header = String(page.answer.headers.refresh ?? "");
  const address = header.slice("0; url=".length);
  assert.ok(header.startsWith("0; url="), `${page.path} (${page.status}) goes on nowhere: ${page.text}`);
  assert.equal(page.all("main a.button")[0]?.getAttribute("href"), address, "the button says the same");
  return address;
}

/**
 * A browser's dealings with one service: it keeps that service's cookies, and stops where the way leads back.
 */
export class Elsewhere {
  readonly #cookies = new Map<string, string>();

  /** Opens an address there; gives the page, or the address that leads away again. */
  async open(address: string, method = "GET"): Promise<{ page: string; at: string } | { back: string }> {
    let at = address;
    let how = method;
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      const answer = await fetch(at, {
        method: how,
        redirect: "manual",
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      });
      for (const line of answer.headers.getSetCookie()) {
        const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
        this.#cookies.set(name, value);
      }
      const location = answer.headers.get("location");
      if (location === null) return { page: await answer.text(), at };
      const next = new URL(location, at);
      if (next.origin !== new URL(address).origin) return { back: next.href };
      at = next.href;
      how = "GET";
    }
    throw new Error(`${address} redirects without end`);
  }

  /** Presses a button on a page there. */
  async press(shown: { page: string; at: string } | { back: string }, button: string) {
    assert.ok("page" in shown, "the service shows a page");
    const form = new RegExp(`action="([^"]+)"><button>${button}</button>`).exec(shown.page);
    assert.ok(form?.[1], `no button «${button}» there: ${shown.page}`);
    return this.open(new URL(form[1], shown.at).href, "POST");
  }
}

/** Presses this button of ours, then that one at the real provider, and comes back. */
export async function through(person: Visitor, ours: string, theirs: string): Promise<Page> {
  return person.visit(await wayBack(person, ours, theirs));
}

/** The same without coming back: the address that the provider sends the browser to. */
export async function wayBack(person: Visitor, ours: string, theirs: string): Promise<string> {
  await person.press(ours);
  const elsewhere = new Elsewhere();
  const left = await elsewhere.press(await elsewhere.open(onwardFrom(person.page)), theirs);
  assert.ok("back" in left, `the provider keeps them: ${JSON.stringify(left)}`);
  return left.back;
}
