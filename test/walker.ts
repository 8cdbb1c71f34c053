/**
 * A person without scripts: reads pages, fills fields by their labels, presses buttons by their text. What it
 * cannot find, such a person cannot find either, so it throws with what stands on the page.
 */
import assert from "node:assert/strict";
import { type IncomingHttpHeaders, request } from "node:http";
import { text as readAll } from "node:stream/consumers";
import { type HTMLElement, parse } from "node-html-parser";
import type { Clock } from "../src/platform/clock.ts";

export interface Answer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Wish {
  readonly method?: string;
  /** Goes over the wire as it stands, where an address would be tidied up. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

/** Where a person walks, and the clock that the browser's cookies live by. */
interface Place {
  readonly url: string;
  readonly clock: Clock;
}

export interface VisitorOptions {
  /** Another instance than the first. */
  readonly at?: string;
  /** What the proxy says where the person comes from; counts only with TRUSTED_PROXY_HOPS. */
  readonly address?: string;
  /** What else the browser sends with everything. */
  readonly headers?: Readonly<Record<string, string>>;
}

const FORM = "application/x-www-form-urlencoded";
const MOST_REDIRECTS = 5;
/** Shorter ones are refused, and may be a word of the page by chance. */
const SHORTEST_PASSWORD = 12;

/** One request over a real socket, with exactly these headers; follows nothing and keeps nothing. */
export async function send(url: string, wish: Wish = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body } = wish;
  const { pathname, search } = new URL(url);
  const path = wish.path ?? `${pathname}${search}`;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, path }, (response) => {
      const { statusCode: status = 0, headers } = response;
      readAll(response).then((body) => resolve({ method, path, status, headers, body }), reject);
    });
    // A server may answer a body that is too large before it has read it, and hang up.
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A person with a browser of their own. */
export function visitor(world: Place, options: VisitorOptions = {}): Visitor {
  return new Visitor(world, options);
}

export class Visitor {
  /** Every answer so far, redirects included. */
  readonly answers: Answer[] = [];
  readonly cookies = new Map<string, { value: string; until: number }>();
  readonly #world: Place;
  readonly #options: VisitorOptions;
  readonly #secrets = new Set<string>();
  #page: Page | undefined;
  #at: string;

  constructor(world: Place, options: VisitorOptions) {
    this.#world = world;
    this.#options = options;
    this.#at = options.at ?? world.url;
  }

  get page(): Page {
    assert.ok(this.#page, "no page is open yet");
    return this.#page;
  }

  /** From now on the balancer sends this browser to another instance. */
  goTo(instance: { readonly url: string }): void {
    this.#at = instance.url;
  }

  /** Opens an address; a link of a letter may be given whole. */
  visit(address: string): Promise<Page> {
    return this.#open(address, {});
  }

  /** Types into the field that carries this label. */
  fill(label: string, text: string): void {
    const field = this.page.field(label);
    assert.equal(field.getAttribute("readonly"), undefined, `«${label}» cannot be changed`);
    if (field.getAttribute("type") === "password" && text.length >= SHORTEST_PASSWORD)
      this.#secrets.add(text);
    this.page.typed.set(field, text);
  }

  tick(label: string): void {
    this.page.field(label).setAttribute("checked", "");
  }

  /** Chooses a file for the field that carries this label. */
  attach(label: string, file: Buffer, name = "photo"): void {
    this.page.attached.set(this.page.field(label), new File([new Uint8Array(file)], name));
  }

  /** Sends the form that the button belongs to, with everything in it. */
  press(button: string): Promise<Page> {
    const { action, method, fields, files } = this.page.formOf(button);
    if (files) return this.#upload(action, fields, files);
    const sent = new URLSearchParams(fields).toString();
    return method === "post"
      ? this.#open(action, { method: "POST", body: sent, headers: { "Content-Type": FORM } })
      : this.#open(`${action}?${sent}`, {});
  }

  follow(link: string): Promise<Page> {
    return this.visit(this.page.link(link));
  }

  /** A request with this browser's cookies that no page of ours would make; the open page stays. */
  async raw(address: string, wish: Wish = {}): Promise<Answer> {
    const { pathname, search } = new URL(address, this.#at);
    const headers = { ...this.#headers(), ...this.#options.headers, ...wish.headers };
    const answer = await send(`${this.#at}${pathname}${search}`, { ...wish, headers });
    this.answers.push(answer);
    this.#keepCookies(answer);
    for (const secret of this.#secrets) {
      assert.ok(!answer.body.includes(secret), `${answer.path} gives a typed password back`);
    }
    return answer;
  }

  /** The same form once more, as after a double press or from a page that was left open. */
  formFor(button: string): Wish & { readonly address: string } {
    const { action, fields } = this.page.formOf(button);
    const body = new URLSearchParams(fields).toString();
    return { address: action, method: "POST", headers: { "Content-Type": FORM }, body };
  }

  async #open(address: string, first: Wish): Promise<Page> {
    let answer = await this.raw(address, first);
    for (let hop = 0; answer.status >= 300 && answer.status < 400; hop += 1) {
      assert.ok(hop < MOST_REDIRECTS, `${address} redirects without end`);
      answer = await this.raw(new URL(answer.headers.location ?? "", `${this.#at}${answer.path}`).href);
    }
    this.#page = new Page(answer);
    return this.#page;
  }

  /** As every browser that sends files, with the word where the form stands. */
  async #upload(action: string, fields: [string, string][], files: [string, File][]): Promise<Page> {
    const form = new FormData();
    for (const [name, value] of fields) form.set(name, value);
    for (const [name, file] of files) form.set(name, file);
    const sent = new Response(form);
    const headers = { "Content-Type": sent.headers.get("content-type") ?? "", Origin: this.#world.url };
    return this.#open(action, { method: "POST", body: Buffer.from(await sent.arrayBuffer()), headers });
  }

  #headers(): Record<string, string> {
    const now = this.#world.clock.now();
    const jar = [...this.cookies].filter(([, { until }]) => until > now);
    const { address } = this.#options;
    return {
      ...(jar.length > 0 && { Cookie: jar.map(([name, { value }]) => `${name}=${value}`).join("; ") }),
      ...(address !== undefined && { "X-Forwarded-For": address }),
    };
  }

  #keepCookies(answer: Answer): void {
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [pair = "", ...attributes] = line.split(/; */);
      const name = pair.slice(0, pair.indexOf("="));
      const age = attributes.find((each) => /^max-age=/i.test(each))?.slice("max-age=".length);
      const until =
        age === undefined ? Number.POSITIVE_INFINITY : this.#world.clock.now() + Number(age) * 1_000;
      this.cookies.set(name, { value: pair.slice(name.length + 1), until });
    }
  }
}

/** A page as it stands in front of the person. */
export class Page {
  readonly answer: Answer;
  /** What the person has typed over the values that came with the page. */
  readonly typed = new Map<HTMLElement, string>();
  /** The files chosen in its fields. */
  readonly attached = new Map<HTMLElement, File>();
  readonly #root: HTMLElement;

  constructor(answer: Answer) {
    this.answer = answer;
    this.#root = parse(answer.body);
  }

  get status(): number {
    return this.answer.status;
  }

  get path(): string {
    return this.answer.path;
  }

  get title(): string {
    return readable(this.#root.querySelector("title"));
  }

  get heading(): string {
    return readable(this.#root.querySelector("h1"));
  }

  /** Everything that can be read, with single spaces. */
  get text(): string {
    return oneLine(this.#root.querySelector("body")?.structuredText ?? "");
  }

  get language(): string {
    return this.#root.querySelector("html")?.getAttribute("lang") ?? "";
  }

  all(selector: string): HTMLElement[] {
    return this.#root.querySelectorAll(selector);
  }

  /** The input that a label with exactly this text belongs to. */
  field(label: string): HTMLElement {
    const labels = this.all("label").filter((each) => readable(each) === label);
    const id = labels[0]?.getAttribute("for");
    const field = id === undefined ? null : this.#root.querySelector(`[id="${id}"]`);
    assert.ok(field, `no field «${label}» on ${this.path} (${this.status}): ${this.text}`);
    return field;
  }

  has(label: string): boolean {
    return this.all("label").some((each) => readable(each) === label);
  }

  value(label: string): string {
    return initial(this.field(label));
  }

  /** What is wrong with the field, as a screen reader finds it: "" when nothing is. */
  problem(label: string): string {
    const field = this.field(label);
    if (field.getAttribute("aria-invalid") !== "true") return "";
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ");
    const id = described.find((each) => each.endsWith("-problem"));
    const told = this.#root.querySelector(`[id="${id}"] > span`);
    return readable(told).replace(/^(Ошибка:|Error:) /, "");
  }

  /** Where a link with exactly this text leads. */
  link(text: string): string {
    const found = this.all("a").find((each) => readable(each) === text);
    assert.ok(found, `no link «${text}» on ${this.path} (${this.status}): ${this.text}`);
    return found.getAttribute("href") ?? "";
  }

  buttons(): string[] {
    return this.all("button:not([hidden])").map(readable);
  }

  /** The form of the button with exactly this text, ready to be sent. */
  formOf(button: string): {
    action: string;
    method: string;
    fields: [string, string][];
    /** Only for a form that sends files. */
    files: [string, File][] | undefined;
  } {
    const pressed = this.all("button").find(
      (each) => (readable(each) === button || plainLabel(each) === button) && !each.hasAttribute("hidden"),
    );
    const elsewhere = pressed?.getAttribute("form");
    const form = elsewhere ? this.#root.querySelector(`form[id="${elsewhere}"]`) : pressed?.closest("form");
    assert.ok(pressed && form, `no button «${button}» on ${this.path} (${this.status}): ${this.text}`);
    const inputs = form.querySelectorAll("input, select, textarea");
    const fields = inputs.flatMap((input) => this.#sentBy(input));
    const name = pressed.getAttribute("name");
    if (name) fields.push([name, pressed.getAttribute("value") ?? ""]);
    return {
      action: form.getAttribute("action") ?? this.path,
      method: (form.getAttribute("method") ?? "get").toLowerCase(),
      fields,
      files: form.getAttribute("enctype") === "multipart/form-data" ? this.#filesOf(inputs) : undefined,
    };
  }

  /** What an input or a list adds to a sent form. */
  #sentBy(input: HTMLElement): [string, string][] {
    const name = input.getAttribute("name");
    const type = input.getAttribute("type");
    const choosable = type === "checkbox" || type === "radio";
    if (!name || type === "file" || (choosable && !input.hasAttribute("checked"))) return [];
    const list = input.querySelector("option[selected]") ?? input.querySelector("option");
    const typed = this.typed.get(input) ?? (input.tagName === "TEXTAREA" ? linesOf(input) : undefined);
    // A choice may be named by what stands in the list.
    const chosen = input.querySelectorAll("option").find((option) => readable(option) === typed);
    return [[name, chosen?.getAttribute("value") ?? typed ?? initial(list ?? input)]];
  }

  /** A file field without a file sends an empty one that has no name. */
  #filesOf(inputs: HTMLElement[]): [string, File][] {
    return inputs
      .filter((input) => input.getAttribute("type") === "file")
      .map((input) => [input.getAttribute("name") ?? "", this.attached.get(input) ?? new File([], "")]);
  }
}

/** What stands in the field before anybody types. */
function initial(field: HTMLElement): string {
  return field.tagName === "TEXTAREA" ? field.textContent : (field.getAttribute("value") ?? "");
}

/** A button that also says how long to wait: its label alone. */
function plainLabel(button: HTMLElement): string {
  return readable(button).replace(/ — .*$/, "");
}

function readable(element: HTMLElement | null): string {
  return oneLine(element?.textContent ?? "");
}

/** What stands in a field of several lines; the first line end after the tag is the browser's. */
function linesOf(area: HTMLElement): string {
  return area.textContent.replace(/^\n/, "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
